import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserEvent } from '#lib/evidence/schema.ts'
import { lifeOf } from '#lib/record/recorded.ts'

const lifeWith = (...events: BrowserEvent[]) => lifeOf({ browser: { events } })
const open = { ms: 10, type: 'open' }
const close = { ms: 8010, type: 'close', code: 1006, reason: '', was_clean: false }

for (const [phase, events] of [
  ['connecting', []],
  ['connecting', [{ ms: 5, type: 'still_open', ready_state: 0 }]],
  ['open', [open, { ms: 50, type: 'still_open', ready_state: 1 }]],
  ['closed', [open, close]],
  ['failed', [{ ms: 9, type: 'error' }, close]],
  // Blocked by a policy: no close event ever comes.
  ['failed', [{ ms: 9, type: 'error' }]],
  ['refused', [{ ms: 0, type: 'exception', name: 'SecurityError' }]],
  ['left', [open, { ms: 90, type: 'page_left' }]],
  ['closed', [open, { ms: 90, type: 'page_left' }, close]],
] as const satisfies [string, BrowserEvent[]][]) {
  test(`${events.map(({ type }) => type).join(', ') || 'nothing yet'} is ${phase}`, () => {
    assert.equal(lifeWith(...events).phase, phase)
  })
}

test('messages that the ring has lost are counted', () => {
  const life = lifeWith(
    open,
    { ms: 900, type: 'left_out', messages: 100, sent: 40 },
    { ms: 1000, type: 'message', length: 3 },
    { ms: 1001, type: 'sent', length: 3 },
    close,
  )
  assert.deepEqual(life, {
    phase: 'closed',
    duration_ms: 8000,
    close_code: 1006,
    messages_in: 101,
    messages_out: 41,
  })
})
