/** What every store of watches promises. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WatchRecord, WatchStore } from '#server/watch/store.ts'

const record = (id: string, change: Partial<WatchRecord> = {}): WatchRecord => ({
  id,
  created: 1000,
  order: { url: 'wss://app.example/ws', headers: ['Authorization: Bearer secret'] },
  caller: 'local',
  isRunning: true,
  attempts: 0,
  lost: 0,
  refused: 0,
  seen: 1000,
  ...change,
})

export function conforms(name: string, open: () => WatchStore): void {
  test(`${name}: what is put is listed as it is now, the newest first`, () => {
    const store = open()
    store.put(record('a'))
    store.put(record('b', { created: 2000 }))
    store.put(record('a', { isRunning: false, lost: 3 }))
    assert.deepEqual(store.list(), [
      record('b', { created: 2000 }),
      record('a', { isRunning: false, lost: 3 }),
    ])
  })

  test(`${name}: a loss of the same moment takes the place of the one before; others are added`, () => {
    const store = open()
    store.put(record('a'))
    store.putLoss('a', { at: 1, how: 'lost', says: 'reset' })
    store.putLoss('a', { at: 2.5, how: 'refused', says: 'refused' })
    store.putLoss('a', { at: 2.5, how: 'refused', says: 'refused', down_ms: 12, attempts: 2 })
    store.putLoss('b', { at: 9, how: 'lost', says: 'reset' })
    assert.deepEqual(store.losses('a'), [
      { at: 1, how: 'lost', says: 'reset' },
      { at: 2.5, how: 'refused', says: 'refused', down_ms: 12, attempts: 2 },
    ])
  })

  test(`${name}: the newest thousand losses stay`, () => {
    const store = open()
    for (let at = 1; at <= 1003; at += 1) store.putLoss('a', { at, how: 'lost', says: 'reset' })
    const kept = store.losses('a')
    assert.deepEqual([kept.length, kept[0]?.at, kept.at(-1)?.at], [1000, 4, 1003])
  })

  test(`${name}: one that is removed is gone with its losses`, () => {
    const store = open()
    store.put(record('a'))
    store.putLoss('a', { at: 1, how: 'lost', says: 'reset' })
    store.remove('a')
    assert.deepEqual([store.list(), store.losses('a')], [[], []])
  })
}
