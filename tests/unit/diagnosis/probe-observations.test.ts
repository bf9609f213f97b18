/** What only a live probe observes: its pings, its own close, bytes that are no UTF-8, and what deserves a warning. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence, ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'

const OPENED: ProbeEvidence = {
  dns: { outcome: 'ok', ms: 1 },
  tcp: { outcome: 'connected', ms: 3 },
  http: { status: 101, version: '1.1', headers: [], ms: 8 },
  checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
  frames: [],
  ping: { rtt_ms: 2 },
  last_ping: { rtt_ms: 2 },
  close: { sent_ms: 2010, answer: 'close_frame' },
  // biome-ignore lint/suspicious/noThenProperty: the field's name is fixed by the evidence document
  end: { kind: 'close_frame', code: 1000, by: 'probe', then: 'fin', ms: 2011 },
}

const STALLED = { close: { sent_ms: 2010, answer: null }, end: { kind: 'open', ms: 2010 } }

const judged = (probe: Partial<ProbeEvidence>, retries: RetryEvidence[] = []) => {
  const evidence: Evidence = {
    target: { url: 'wss://app.example/ws', page_origin: 'https://app.example' },
    probe: { ...OPENED, ...probe },
    retries,
  }
  return diagnose(evidence)
}
const likely = (probe: Partial<ProbeEvidence>) =>
  judged(probe)
    .verdicts.filter(({ certainty }) => certainty !== 'possible')
    .map(({ cause }) => cause)
const warned = (...args: Parameters<typeof judged>) => judged(...args).warnings.map(({ id }) => id)

test('a connection that the probe closed in order is healthy', () => {
  assert.deepEqual([judged({}).outcome, warned({})], ['healthy', []])
})

test('confirms close-handshake-stalled when a ping is answered and the Close frame is not', () => {
  assert.deepEqual(likely(STALLED), ['close-handshake-stalled'])
})

test('an unanswered Close frame is never healthy, however long the handshake took', () => {
  for (let ms = 0; ms <= 6_000; ms += 100) {
    for (const ping of [{ rtt_ms: 2 }, { rtt_ms: null }]) {
      const late = {
        ...STALLED,
        ping,
        last_ping: ping,
        http: { status: 101, version: '1.1', headers: [], ms },
      }
      assert.notEqual(judged(late).outcome, 'healthy', `101 after ${ms} ms, ping ${ping.rtt_ms}`)
    }
  }
})

test('leaves half-open and a stalled server level when neither is answered any more', () => {
  const report = judged({ ...STALLED, last_ping: { rtt_ms: null } })
  assert.equal(report.outcome, 'undetermined')
  assert.deepEqual(likely({ ...STALLED, last_ping: { rtt_ms: null } }).sort(), [
    'half-open',
    'server-stalled',
  ])
})

test('leaves them level where nothing was ever answered', () => {
  const none = { ...STALLED, ping: { rtt_ms: null }, last_ping: { rtt_ms: null }, frames: [] }
  assert.equal(judged(none).outcome, 'undetermined')
  assert.deepEqual(likely(none).sort(), ['half-open', 'server-stalled'])
})

test('confirms close-handshake-stalled where TCP ended long after the Close frame, and not where it did at once', () => {
  const ended = (answered_ms: number) => ({
    close: { sent_ms: 2010, answer: 'fin', answered_ms },
    end: { kind: 'open', ms: 2010 },
  })
  assert.deepEqual(likely(ended(6020)), ['close-handshake-stalled'])
  assert.deepEqual([judged(ended(2015)).outcome, warned(ended(2015))], ['healthy', ['close-not-answered']])
})

test('a server that ends each connection within a second or so has no timer', () => {
  const cut = { close: undefined, end: { kind: 'rst', ms: 1010 } }
  const retries: RetryEvidence[] = [
    {
      vary: { heartbeat_seconds: 0.3 },
      status: 101,
      checks: OPENED.checks,
      frames: [],
      end: { kind: 'rst', ms: 1012 },
    },
  ]
  const [first] = judged(cut, retries).verdicts
  assert.deepEqual([first?.cause, first?.certainty], ['backend-dropped', 'likely'])
})

test('confirms slow-round-trip when both pings are late and TCP was quick', () => {
  assert.deepEqual(likely({ ping: { rtt_ms: 320 }, last_ping: { rtt_ms: 300 } }), ['slow-round-trip'])
})

test('rules it out when one ping was quick, or when TCP is as slow as the pings', () => {
  assert.deepEqual(likely({ ping: { rtt_ms: 320 }, last_ping: { rtt_ms: 3 } }), [])
  const far = { tcp: { outcome: 'connected', ms: 301 }, ping: { rtt_ms: 320 }, last_ping: { rtt_ms: 300 } }
  assert.deepEqual(likely(far), [])
})

test('rules it out for a slow connection when anything was answered sooner, or DNS took the time', () => {
  const http = { ...OPENED.http, ms: 1500 }
  const ping = { ping: { rtt_ms: 700 }, last_ping: { rtt_ms: 650 } }
  const slow = { tcp: { outcome: 'connected', ms: 701 }, http, ...ping }
  assert.deepEqual(likely(slow), ['slow-round-trip'])
  assert.deepEqual(likely({ ...slow, ping: { rtt_ms: 2 } }), [])
  assert.deepEqual(likely({ ...slow, http: { ...http, ms: 705 } }), [])
  assert.deepEqual(likely({ ...slow, dns: { outcome: 'ok', ms: 690 }, ping: { rtt_ms: 12 } }), [])
})

test('confirms slow-handshake although the connection ended well', () => {
  assert.deepEqual(
    likely({ http: { ...OPENED.http, ms: 2500 }, end: { ...OPENED.end, kind: 'close_frame', ms: 4500 } }),
    ['slow-handshake'],
  )
})

test('confirms protocol-error for text that is not UTF-8', () => {
  assert.deepEqual(
    likely({ frames: [{ ms: 9, opcode: 1, fin: true, rsv: 0, masked: false, length: 2, utf8: false }] }),
    ['protocol-error'],
  )
})

const foreign = (retry: Partial<RetryEvidence>): RetryEvidence => ({
  vary: { origin: 'https://foreign.example' },
  ...retry,
})

test('warns that any origin is accepted', () => {
  assert.deepEqual(warned({}, [foreign({ status: 101, end: { kind: 'open' } })]), ['any-origin-accepted'])
})

test('does not when the foreign origin is refused, closed with 1008, or is the own one', () => {
  assert.deepEqual(warned({}, [foreign({ status: 403, end: { kind: 'http_response' } })]), [])
  assert.deepEqual(warned({}, [foreign({ status: 101, end: { kind: 'close_frame', code: 1008 } })]), [])
  assert.deepEqual(warned({}, [{ vary: { origin: 'https://app.example' }, status: 101 }]), [])
})

const compressed = (agreed: string): RetryEvidence => ({
  vary: { extensions: 'permessage-deflate' },
  status: 101,
  headers: [['Sec-WebSocket-Extensions', agreed]],
})

test('warns of compression without limits, not of one with limits or of none', () => {
  assert.deepEqual(warned({}, [compressed('permessage-deflate')]), ['compression-without-limits'])
  assert.deepEqual(warned({}, [compressed('permessage-deflate; server_no_context_takeover')]), [])
  assert.deepEqual(warned({}, [{ vary: { extensions: 'permessage-deflate' }, status: 101, headers: [] }]), [])
})

test('warns of a certificate that ends within a fortnight', () => {
  const tls = (days: number) => ({ tls: { outcome: 'ok', valid_for_seconds: days * 86_400 } })
  assert.deepEqual(warned(tls(3)), ['certificate-ends-soon'])
  assert.deepEqual(warned(tls(60)), [])
})

test('warns when nothing arrived of itself for half a minute, not when a heartbeat did', () => {
  const long = { end: { ...OPENED.end, kind: 'close_frame', ms: 60_000 } }
  const beat = { ms: 30_000, opcode: 9, fin: true, rsv: 0, masked: false, length: 0 }
  const pong = { ms: 12, opcode: 10, fin: true, rsv: 0, masked: false, length: 8 }
  assert.deepEqual(warned({ ...long, frames: [pong] }), ['no-heartbeat-seen'])
  assert.deepEqual(warned({ ...long, frames: [pong, beat] }), [])
  assert.deepEqual(warned({ frames: [pong] }), [], 'two seconds say nothing of a heartbeat')
})

test('warns of a flood: one that was listed in part, and one that made the probe leave', () => {
  assert.deepEqual(warned({ more_frames: 9_500 }), ['many-frames'])
  const left = judged({ end: { kind: 'open', stopped: 'too-much-data', ms: 300 }, close: undefined })
  assert.deepEqual(
    [left.outcome, left.warnings.map(({ id }) => id)],
    ['undetermined', ['too-much-data']],
    'what was not watched to its end is not healthy',
  )
})

test('warnings never change the outcome', () => {
  const report = judged({}, [
    foreign({ status: 101, end: { kind: 'open' } }),
    compressed('permessage-deflate'),
  ])
  assert.deepEqual([report.outcome, report.warnings.length], ['healthy', 2])
})

test('an origin is proven to be rejected only by another one that is accepted', () => {
  const refused = {
    http: { status: 403, version: '1.1', headers: [], body_start: '', ms: 5 },
    end: { kind: 'http_response', ms: 5 },
  }
  const certainty = (retries: RetryEvidence[]) =>
    judged({ ...refused, checks: undefined, frames: undefined }, retries).verdicts.find(
      ({ cause }) => cause === 'origin-rejected',
    )?.certainty
  assert.equal(certainty([{ vary: { origin: 'https://other.example' }, status: 101 }]), 'proven')
  assert.equal(certainty([{ vary: { origin: null }, status: 101 }]), 'likely')
})

const refusedWith = (status: number, retries: RetryEvidence[]) =>
  judged(
    {
      http: { status, version: '1.1', headers: [], body_start: '', ms: 5 },
      end: { kind: 'http_response', ms: 5 },
      checks: undefined,
      frames: undefined,
    },
    retries,
  )

test('confirms path-not-found by the trailing slash with which the probe is let in', () => {
  const because = (retry: RetryEvidence) =>
    refusedWith(404, [retry]).verdicts.find(({ cause }) => cause === 'path-not-found')?.because[0]?.says
  assert.equal(because({ vary: { path: '/ws/' }, status: 101 }), 'At /ws/ the same handshake is accepted')
  assert.notEqual(because({ vary: { path: '/ws/' }, status: 404 }), 'At /ws/ the same handshake is accepted')
})

test('a retry whose 101 no browser would accept proves nothing of origins', () => {
  const certainty = (checks: RetryEvidence['checks']) =>
    refusedWith(403, [{ vary: { origin: 'https://other.example' }, status: 101, checks }]).verdicts.find(
      ({ cause }) => cause === 'origin-rejected',
    )?.certainty
  assert.equal(certainty({ accept: true }), 'proven')
  assert.notEqual(certainty({ accept: false }), 'proven')
})

const refused403 = (body: string): Evidence => ({
  target: { url: 'ws://app.example/ws', page_origin: 'http://app.example' },
  probe: {
    origin: 'http://app.example',
    dns: { outcome: 'ok' },
    tcp: { outcome: 'connected' },
    http: { status: 403, version: '1.1', headers: [], body_start: body },
    end: { kind: 'http_response' },
  },
  retries: [{ vary: { origin: null }, status: 403 }],
})

test('confirms origin-rejected by the words of a server that refuses clients without an Origin too', () => {
  const { outcome, verdicts } = diagnose(refused403('Origin http://app.example is not on the list'))
  assert.deepEqual(
    [outcome, verdicts[0]?.cause, verdicts[0]?.certainty],
    ['fault', 'origin-rejected', 'likely'],
  )
})

test('leaves it behind other rules where the words name none', () => {
  const causes = diagnose(refused403('Forbidden')).verdicts.map(({ cause }) => cause)
  assert.equal(causes[0], 'forbidden')
  assert.ok(causes.includes('origin-rejected'))
})

test('a server that closes at once is not blamed for the pong that it had no time for', () => {
  const closedAt = (ms: number) => ({ ping: { rtt_ms: null }, end: { kind: 'close_frame', code: 1008, ms } })
  assert.deepEqual(warned(closedAt(60)), [])
  assert.deepEqual(warned(closedAt(1500)), ['ping-not-answered'])
})
