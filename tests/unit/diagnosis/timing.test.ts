/** What beats, answers and ends tell where page and server recorded their times, each from a beginning of its own. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { BrowserEvent, Evidence, ServerEvent } from '#lib/evidence/schema.ts'

const target = { url: 'ws://app.example/ws', page_origin: 'http://app.example' }
const each = (times: readonly number[], type: string) => times.map((ms) => ({ ms, type }))

function open({
  received = [],
  server = [],
}: {
  received?: BrowserEvent[]
  server?: ServerEvent[]
}): Evidence {
  const events = [{ ms: 20, type: 'open' }, ...received, { ms: 12_000, type: 'still_open', ready_state: 1 }]
  return { target, browser: { events }, server: [{ ms: 0, type: 'upgraded' }, ...server] }
}

/** Open, and lost without a Close frame after three seconds. */
function lost(server: ServerEvent[]): Evidence {
  const events = [
    { ms: 20, type: 'open' },
    { ms: 3020, type: 'close', code: 1006, reason: '', was_clean: false },
  ]
  return { target, browser: { events }, server: [{ ms: 0, type: 'upgraded' }, ...server] }
}

const told = (evidence: Evidence) => {
  const { outcome, verdicts } = diagnose(evidence)
  return { outcome, cause: verdicts[0]?.cause }
}
const stands = (evidence: Evidence, cause: string): number =>
  diagnose(evidence).verdicts.findIndex((verdict) => verdict.cause === cause)

const regular = [0, 1000, 2000, 3000, 7000, 8000, 9000]

describe('beats of the server', () => {
  test('a pause in regular beats is a server that stood still', () => {
    const beats = each(regular, 'sent')
    assert.deepEqual(told(open({ server: beats })), { outcome: 'fault', cause: 'server-stalled' })
  })

  test('a pause among irregular messages is none', () => {
    const talk = each([0, 300, 2100, 2900, 7000, 7100, 9000], 'sent')
    assert.equal(told(open({ server: talk })).outcome, 'healthy')
  })

  test('few beats are no rhythm', () => {
    assert.equal(told(open({ server: each([0, 1000, 5000], 'sent') })).outcome, 'healthy')
  })
})

describe('messages of the server', () => {
  const sent = each([0, 1000, 2000, 3000, 4000, 5000], 'sent')
  const arriving = (times: readonly number[]) => open({ server: sent, received: each(times, 'message') })

  test('they arrive in bursts', () => {
    const bursts = arriving([3000, 3001, 3002, 6000, 6001, 6002])
    assert.deepEqual(told(bursts), { outcome: 'fault', cause: 'delayed-delivery' })
  })

  test('clocks that began at different times are no delay', () => {
    assert.equal(told(arriving([2500, 3500, 4500, 5500, 6500, 7500])).outcome, 'healthy')
  })
})

describe('answers to the page', () => {
  const answered = (rttMs: number) =>
    open({ received: [1, 2, 3].map((n) => ({ ms: n * 3000, type: 'message', length: 40, rtt_ms: rttMs })) })

  test('slow ones are slow round trips, where nobody pings', () => {
    assert.deepEqual(told(answered(1400)), { outcome: 'fault', cause: 'slow-round-trip' })
  })

  test('quick ones are none', () => {
    assert.equal(told(answered(90)).outcome, 'healthy')
  })
})

describe('what the server wrote of the end', () => {
  const end = { ms: 3000, type: 'close', code: 1006, reason: '' }

  test('a server that was cut off is the last that let go', () => {
    const cutOff = lost([{ ...end, by: 'network' }])
    assert.ok(stands(cutOff, 'backend-dropped') > stands(cutOff, 'idle-timeout'))
    assert.ok(stands(cutOff, 'pong-timeout') > stands(cutOff, 'idle-timeout'))
  })

  test('a server that wrote nothing more may have died', () => {
    assert.equal(stands(lost([]), 'backend-dropped'), 0)
  })
})

describe('a refusal that names what it compared', () => {
  const refused = (message: string): Evidence => ({
    target,
    browser: {
      events: [
        { ms: 9, type: 'error' },
        { ms: 9, type: 'close', code: 1006, reason: '', was_clean: false },
      ],
    },
    probe: {
      origin: target.page_origin,
      dns: { outcome: 'ok', ms: 1 },
      tcp: { outcome: 'connected', ms: 1 },
      http: { status: 403, version: '1.1', headers: [], body_start: message, ms: 4 },
      end: { kind: 'http_response', ms: 4 },
    },
    retries: [{ vary: { origin: null }, status: 101, end: { kind: 'open', ms: 150 } }],
  })

  test('another host than the one that was asked for was put in on the way', () => {
    const words = `Origin ${target.page_origin} does not match Host backend.internal:8080`
    assert.deepEqual(told(refused(words)), { outcome: 'fault', cause: 'origin-rewritten' })
  })

  test('a list alone is the server’s own', () => {
    assert.equal(told(refused('Origin not in allowed list')).cause, 'origin-rejected')
  })
})
