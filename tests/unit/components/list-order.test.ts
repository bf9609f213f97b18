import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countGroups, held, inOrder, listed, matches } from '#components/live/connections/list/list-order.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { createScene } from '#tests/unit/store/scene.ts'

/** One row of each kind, in this order of opening: open, dropped and back, orderly closed, dropped, never opened, connecting. */
function oneOfEach() {
  const scene = createScene()
  scene.world.setRandom(0)
  const { live, lastSocket, opened, connection } = scene
  const open = opened('/ws').id
  const back = opened('/ws', { autoReconnect: true })
  back.socket.end(1006)
  scene.world.advance(1)
  lastSocket().open()
  const orderly = opened('/ws/echo')
  live.actions.close(orderly.id)
  orderly.socket.end(1000, true)
  const dropped = opened('ws://127.0.0.1:8080/feed')
  dropped.socket.end(1006)
  const failed = live.actions.open({ url: 'ws://127.0.0.1:1/ws' })
  lastSocket().fail()
  const connecting = live.actions.open({ url: 'ws://127.0.0.1:2/ws' })
  const ids = { open, back: back.id, orderly: orderly.id, dropped: dropped.id, failed, connecting }
  const rows = Object.values(ids).map((id) => connection(id))
  return { ids, rows, of: (id: string) => connection(id) }
}

describe('the list of connections', () => {
  it('has what failed first where there are many, and keeps the order of opening between equals', () => {
    const { ids, rows } = oneOfEach()
    assert.deepEqual(inOrder(rows.map(listed)), [
      ids.dropped,
      ids.failed,
      ids.back,
      ids.connecting,
      ids.open,
      ids.orderly,
    ])
  })

  it('keeps the order of opening where there are few', () => {
    const { ids, rows } = oneOfEach()
    const few = rows.slice(1)
    assert.deepEqual(inOrder(few.map(listed))[0], ids.back)
  })

  it('is counted by what failed, what is open and what was closed in order', () => {
    assert.deepEqual(countGroups(oneOfEach().rows.map(listed)), { failed: 2, open: 3, closed: 1 })
  })

  it('is found by URL, by close code, and by having been dropped', () => {
    const { ids, rows } = oneOfEach()
    const found = (typed: string) => rows.filter((row: Connection) => matches(row, typed)).map(({ id }) => id)
    assert.deepEqual(found('feed'), [ids.dropped])
    assert.deepEqual(found('1006'), [ids.dropped, ids.failed])
    assert.deepEqual(found('dropped'), [ids.back, ids.dropped])
    assert.equal(found(' ').length, rows.length)
  })

  it('stands still while somebody points at it: what is new comes last, what is gone leaves', () => {
    assert.deepEqual(held(['a', 'b', 'c'], ['c', 'd', 'a']), ['a', 'c', 'd'])
  })
})
