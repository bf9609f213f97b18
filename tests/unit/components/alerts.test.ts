import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countLosses, droppedRows, lostSince, titleWith } from '#components/shell/alerts.ts'
import { createScene } from '#tests/unit/store/scene.ts'

test('the title of any page carries the mark, once', () => {
  assert.equal(titleWith('Live · Why1006', 2), '(2) dropped · Live · Why1006')
  assert.equal(titleWith('(2) dropped · Live · Why1006', 3), '(3) dropped · Live · Why1006')
  assert.equal(titleWith('(2) dropped · Diagnose · Why1006', 0), 'Diagnose · Why1006')
})

test('a row is dropped while it is gone, and after that until somebody looked', () => {
  const { live, world, opened, lastSocket } = createScene()
  const { socket, id } = opened('/ws')
  const state = () => {
    world.advance(20)
    return live.store.getState()
  }
  const seen = countLosses(state())
  assert.equal(droppedRows(state(), seen), 0)
  socket.end(1006)
  assert.equal(droppedRows(state(), countLosses(state())), 1)
  live.actions.reconnect(id)
  lastSocket().open()
  assert.equal(droppedRows(state(), seen), 1)
  assert.equal(droppedRows(state(), countLosses(state())), 0)
  assert.deepEqual(
    lostSince(state(), seen).map((row) => row.id),
    [id],
  )
})

test('an experiment is made to be lost', () => {
  const { live, world, opened } = createScene()
  const { socket } = opened('/lab/crash/ws', { remember: false })
  socket.end(1006)
  world.advance(20)
  assert.equal(droppedRows(live.store.getState(), new Map()), 0)
})
