import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { conforms } from '#tests/server/journal/conformance.ts'

conforms('in memory', (capacity, now) =>
  createMemoryJournal({ capacity, instance: 'test', ...(now && { now }) }),
)

test('the ring keeps exactly the newest, whatever its capacity and however many came', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 120 }),
      async (capacity, count) => {
        const journal = createMemoryJournal({ capacity, instance: 'test' })
        const all = Array.from({ length: count }, () => journal.append({ kind: 'server', state: 'started' }))
        const { records } = await journal.read({ limit: 1_000 })
        assert.deepEqual(records, all.slice(-capacity))
      },
    ),
  )
})

test('a clock that goes back does not send cursors back', () => {
  let nowMs = 2_000
  const journal = createMemoryJournal({ capacity: 10, instance: 'test', now: () => nowMs })
  const first = journal.append({ kind: 'server', state: 'started' })
  nowMs = 1_000
  const second = journal.append({ kind: 'server', state: 'draining' })
  assert.ok(second.event.id > first.event.id)
})

test('an event is stringified once, however often its JSON is wanted', () => {
  const journal = createMemoryJournal({ capacity: 10, instance: 'test' })
  const record = journal.append({ kind: 'server', state: 'started' })
  assert.equal(record.json, JSON.stringify(record.event))
  assert.equal(Object.is(record.json, record.json), true)
})
