import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { BrowserEvent } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'

const open = { ms: 100, type: 'open' }
const message = (ms: number) => ({ ms, type: 'message', length: 10 })
const sent = (ms: number) => ({ ms, type: 'sent', length: 10 })
const dropped = (ms: number) => ({ ms, type: 'close', code: 1006, reason: '', was_clean: false })
const factsOf = (...events: BrowserEvent[]) =>
  readFacts({ target: { url: 'wss://app.test/ws' }, browser: { events } })

test('what the page sent ends a silence as much as what it received', () => {
  assert.equal(factsOf(open, message(200), dropped(60_200)).cuts.page?.silenceMs, 60_000)
  assert.equal(factsOf(open, message(200), sent(55_200), dropped(60_200)).cuts.page?.silenceMs, 5000)
})

test('messages that a recorder had no room for are counted, and their longest silence stands', () => {
  const leftOut = {
    ms: 500_000,
    type: 'left_out',
    messages: 900,
    sent: 300,
    longest_gap_ms: 70_000,
    longest_silence_ms: 20_000,
  }
  const { page } = factsOf(open, leftOut, message(501_000), dropped(502_000))
  assert.deepEqual(
    [page.messages, page.longestGapMs, page.longestSilenceMs, page.lastReceivedMs],
    [901, 70_000, 20_000, 501_000],
  )
  // Without it the time from the opening to the first message that was kept would pass for a silence.
  assert.equal(factsOf(open, message(501_000), dropped(502_000)).page.longestGapMs, 500_900)
})

test('a page that is left while its connection is open ended it itself', () => {
  const { outcome, verdicts } = diagnose({
    target: { url: 'wss://app.test/ws' },
    browser: { events: [open, message(200), { ms: 900, type: 'page_left' }] },
  })
  assert.deepEqual([outcome, verdicts[0]?.cause], ['fault', 'page-left'])
})
