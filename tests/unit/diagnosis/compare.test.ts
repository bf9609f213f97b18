/** Did the fix work? Two reports of one address, told in one sentence and a list of what differs. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareReports } from '#lib/diagnosis/compare/compare.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { Evidence, ProbeEvidence } from '#lib/evidence/schema.ts'

const judged = (evidence: Evidence) => ({ evidence, report: diagnose(evidence) })
const target = { url: 'ws://app.example/ws', page_origin: 'http://app.example' }
const probed = (probe: ProbeEvidence, rest: Partial<Evidence> = {}) => judged({ target, probe, ...rest })

const REACHED: ProbeEvidence = {
  dns: { outcome: 'ok', addresses: [{ address: '192.0.2.1', family: 4 }], ms: 1 },
  tcp: { outcome: 'connected', ms: 3 },
}
const OPENED: ProbeEvidence = {
  ...REACHED,
  http: { status: 101, version: '1.1', headers: [['Server', 'nginx/1.22.1']], ms: 8 },
  checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
  frames: [],
  ping: { rtt_ms: 2 },
  last_ping: { rtt_ms: 2 },
}
const watched = (ms: number): ProbeEvidence => ({
  ...OPENED,
  close: { sent_ms: ms, answer: 'close_frame' },
  // biome-ignore lint/suspicious/noThenProperty: the field's name is fixed by the evidence document
  end: { kind: 'close_frame', code: 1000, by: 'probe', then: 'fin', ms },
})
const answered = (status: number, server = 'nginx/1.22.1'): ProbeEvidence => ({
  ...REACHED,
  http: { status, version: '1.1', headers: [['Server', server]], body_start: '', ms: 9 },
  end: { kind: 'http_response', ms: 9 },
})
const limited = answered(429)
const cut: ProbeEvidence = { ...OPENED, end: { kind: 'fin', ms: 60_012 } }

const progress = (before: ReturnType<typeof judged>, now: ReturnType<typeof judged>) =>
  compareReports(before, now).progress
const whats = (before: ReturnType<typeof judged>, now: ReturnType<typeof judged>) =>
  compareReports(before, now).changes.map(({ what }) => what)

describe('what became of the fault', () => {
  it('fixed: it failed and is healthy now', () => {
    const { progress, says, changes } = compareReports(probed(limited), probed(watched(2010)))
    assert.equal(progress, 'fixed')
    assert.match(says, /the fault is gone\. It was: .*\(rate-limited\)/)
    assert.deepEqual(
      changes.map(({ what, before, after }) => [what, before, after]),
      [
        ['outcome', 'fault', 'healthy'],
        ['cause', 'rate-limited', undefined],
        ['stage', 'the upgrade request', 'an open connection'],
        ['status', '429', '101'],
        ['close', 'an answer over HTTP', undefined],
      ],
    )
  })

  it('the same fault, different cause, a fault where there was none', () => {
    assert.equal(progress(probed(limited), probed(limited)), 'same-fault')
    assert.equal(
      progress(probed(limited), probed({ dns: { outcome: 'error', code: 'ENOTFOUND' } })),
      'other-fault',
    )
    assert.equal(progress(probed(watched(2010)), probed(limited)), 'broken')
    assert.equal(progress(probed(watched(2010)), probed(watched(2011))), 'still-healthy')
  })

  it('unclear while one of the two is undetermined', () => {
    const silent = judged({
      target,
      browser: {
        events: [
          { ms: 0, type: 'open' },
          { ms: 9, type: 'close', code: 1006 },
        ],
      },
    })
    assert.equal(silent.report.outcome, 'undetermined')
    for (const [before, now] of [
      [silent, probed(limited)],
      [probed(limited), silent],
      [probed(watched(2010)), silent],
    ] as const) {
      assert.equal(progress(before, now), 'unclear')
    }
  })

  it('is not called fixed before it was watched as long as it lived', () => {
    const before = probed(cut, {
      retries: [{ vary: { heartbeat_seconds: 20 }, status: 101, end: { kind: 'open', ms: 130_000 } }],
    })
    assert.equal(before.report.outcome, 'fault')
    const { progress, says } = compareReports(before, probed(watched(2010)))
    assert.equal(progress, 'unclear')
    assert.match(says, /dropped after 60 s last time; this run watched for 2 s/)
    assert.equal(compareReports(before, probed(watched(61_000))).progress, 'fixed')
  })

  it('is not called fixed, or the same, by a report about another URL', () => {
    const other = { target: { ...target, url: 'ws://app.example/other?token=a' } }
    const { progress, says } = compareReports(probed(limited), probed(watched(2010), other))
    assert.equal(progress, 'unclear')
    assert.match(says, /about ws:\/\/app\.example\/ws, and this one is about ws:\/\/app\.example\/other\./)
    assert.equal(compareReports(probed(limited), probed(limited, other)).progress, 'unclear')
    assert.equal(compareReports(probed(watched(2010)), probed(limited, other)).progress, 'unclear')
    const newToken = { target: { ...target, url: 'ws://app.example/ws?token=b' } }
    assert.equal(compareReports(probed(limited), probed(watched(2010), newToken)).progress, 'fixed')
  })

  it('is not called fixed by the probe alone where a browser had failed', () => {
    const before = probed(limited, {
      browser: {
        events: [
          { ms: 9, type: 'error' },
          { ms: 9, type: 'close', code: 1006 },
        ],
      },
    })
    assert.equal(progress(before, probed(watched(2010))), 'unclear')
    const tried = {
      browser: {
        events: [
          { ms: 9, type: 'open' },
          { ms: 2000, type: 'still_open', ready_state: 1 },
        ],
      },
    }
    assert.equal(progress(before, probed(watched(2010), tried)), 'fixed')
  })
})

describe('what differs', () => {
  it('nothing between a report and itself', () => {
    for (const same of [probed(limited), probed(cut), probed(watched(2010)), judged({})]) {
      assert.deepEqual(whats(same, same), [])
    }
  })

  it('a header that tells who answered, not one that differs every time', () => {
    const headers = (server: string, date: string): [string, string][] => [
      ['Server', server],
      ['Date', date],
    ]
    const at = (server: string, date: string) =>
      probed({ ...limited, http: { ...limited.http, headers: headers(server, date) } })
    assert.deepEqual(whats(at('nginx', 'Mon'), at('nginx', 'Tue')), [])
    assert.deepEqual(compareReports(at('nginx', 'Mon'), at('envoy', 'Tue')).changes, [
      { what: 'header', before: 'nginx', after: 'envoy', says: 'Header Server: now envoy, before nginx.' },
    ])
  })

  it('a handshake or a life that is several times as long, not one a little longer', () => {
    const slow = (ms: number) => probed({ ...watched(ms + 2000), http: { ...OPENED.http, ms } })
    assert.deepEqual(whats(slow(20), slow(90)), [])
    assert.deepEqual(whats(slow(20), slow(900)), ['timing'])
    const lost = (ms: number) => probed({ ...cut, end: { kind: 'fin', ms } })
    assert.deepEqual(whats(lost(60_000), lost(60_900)), [])
    assert.ok(whats(lost(60_000), lost(300_000)).includes('timing'))
  })

  it('warnings that came and went, but not that secrets were masked', () => {
    const open: Partial<Evidence> = {
      retries: [{ vary: { origin: 'https://foreign.example' }, status: 101, end: { kind: 'open' } }],
    }
    const masked: Partial<Evidence> = { masked: ['header cookie'] }
    const changes = compareReports(probed(watched(2010), open), probed(watched(2010), masked)).changes
    assert.deepEqual(
      changes.map(({ what, before }) => [what, before]),
      [['warning', 'any-origin-accepted']],
    )
  })
})

it('a kept report as Markdown says what it is about and what changed, without acting on foreign text', () => {
  const before = probed(answered(429, 'nginx'))
  const now = probed(answered(429, '<b>x</b>'))
  const markdown = storedToMarkdown({
    id: 'a',
    created: 1_795_422_765.5,
    url: 'ws://app.example/*_ws',
    ...now,
    previous: { id: 'b', created: 1, outcome: 'fault', ...compareReports(before, now) },
  })
  assert.match(
    markdown,
    /^# Diagnosis of `ws:\/\/app\.example\/\*_ws`\n\n2026-11-23T\d\d:\d\d:\d\dZ, by Why1006\n\n## Rate limit/,
  )
  assert.match(markdown, /### Since the last report\n\nStill the same fault/)
  assert.match(markdown, /### Path\n\n- .*\n(- .*\n)*- Upgrade: failed, 429\n/)
  assert.match(markdown, /### Ruled out\n\n(- .*\n)*- \d+ others: The handshake was answered with HTTP 429/)
  assert.match(markdown, /- Header Server: now \\<b\\>x/)
})
