/** What every store of links promises. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LinkRecord, LinkStore } from '#server/access/link-store.ts'

const record = (id: string, createdMs: number): LinkRecord => ({
  id,
  key: `key of ${id}`,
  shared: { kind: 'report', report: 'r' },
  createdMs,
  expiresMs: createdMs + 1000,
})

export function conforms(name: string, open: () => LinkStore): void {
  test(`${name}: a link is found by its key and listed, the newest first`, async () => {
    const store = open()
    const [a, b] = [
      record('a', 1),
      { ...record('b', 2), shared: { kind: 'connection', clientId: 'c' } as const },
    ]
    await store.add(a)
    await store.add(b)
    assert.deepEqual(await store.get('key of a'), a)
    assert.equal(await store.get('a'), undefined)
    assert.deepEqual(await store.list(), [b, a])
  })

  test(`${name}: one that is removed is gone, and can be removed once`, async () => {
    const store = open()
    await store.add(record('a', 1))
    assert.equal(await store.remove('a'), true)
    assert.equal(await store.remove('a'), false)
    assert.deepEqual([await store.get('key of a'), await store.list()], [undefined, []])
  })
}
