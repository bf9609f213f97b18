import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import { createEventSlots } from '#lib/store/feed/event-slots.ts'
import type { FeedEntry } from '#lib/store/feed/feed-state.ts'
import { event } from './feed-scene.ts'

const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const id = fc.oneof(
  fc.constant('0mqvc1x2a-k3f9a0z-00000abc'),
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
)
const heartbeat = fc
  .record({
    id,
    at: number,
    ping_number: number,
    rtt_ms: fc.oneof(number, fc.constant('soon')),
    client_id: fc.constantFrom('c-1', 'c-2'),
    endpoint: fc.constantFrom('/ws', '/ws/echo'),
    // A newer server's fields, one of them with a name that entries have too.
    more: fc.constantFrom({}, { trace: 't-1' }, { type: 'pong' }, { nested: { a: 1 } }),
  })
  .chain(({ more, ...fields }) =>
    fc.shuffledSubarray(Object.entries({ ...event('a'), ...fields, ...more }), { minLength: 8 }),
  )
const entry: fc.Arbitrary<FeedEntry> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(heartbeat, number).map(([fields, at]) => entryOf(fields, at)) },
  fc.constant<FeedEntry>({
    ...{ type: 'gap', key: 'gap-1', at: 1, after: null, before: 'b', cause: 'slow-reader' },
    filling: { status: 'open' },
  }),
)

function entryOf(fields: [string, unknown][], at: number): FeedEntry {
  const made = Object.fromEntries(fields) as unknown as DiagnosticEvent
  return { type: 'event', key: made.id, event: made, at }
}

const eventText = (kept: FeedEntry | undefined) =>
  kept?.type === 'event' ? JSON.stringify(kept.event) : undefined

describe('event slots', () => {
  it('give back what was put there, field by field in its order', () => {
    const capacity = 4
    const step = fc.tuple(fc.nat(capacity - 1), fc.option(entry, { nil: undefined }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const slots = createEventSlots(capacity)
        const model: (FeedEntry | undefined)[] = []
        for (const [slot, put] of steps) {
          slots.set(slot, put)
          model[slot] = put
          for (let at = 0; at < capacity; at++) {
            assert.deepEqual(slots.get(at), model[at])
            assert.equal(eventText(slots.get(at)), eventText(model[at]))
          }
        }
        slots.clear()
        assert.equal(slots.get(0), undefined)
      }),
      { numRuns: 300 },
    )
  })

  it('keep no heartbeat of a connection but the one that the others repeat', () => {
    const slots = createEventSlots(2)
    const put = event('b', { at: 2 })
    slots.set(0, { type: 'event', key: 'a', event: event('a'), at: 1_000 })
    slots.set(1, { type: 'event', key: 'b', event: put, at: 2_000 })
    const read = slots.get(1)
    assert.ok(read?.type === 'event')
    assert.notEqual(read.event, put)
    assert.deepEqual(read.event, put)
  })
})
