/** Refusals that look like another one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'

const judged = (status: number, headers: [string, string][] = []) =>
  diagnose({
    target: { url: 'wss://app.example/ws', page_origin: 'https://app.example' },
    probe: {
      origin: 'https://app.example',
      dns: { outcome: 'ok' },
      tcp: { outcome: 'connected' },
      tls: { outcome: 'ok' },
      http: { status, version: '1.1', headers, body_start: '' },
      end: { kind: 'http_response' },
    },
  })
const causesOf = (report: ReturnType<typeof judged>) => report.verdicts.map(({ cause }) => cause)

test('confirms forbidden when Cloudflare says that it set a challenge', () => {
  const [first] = judged(403, [['cf-mitigated', 'challenge']]).verdicts
  assert.deepEqual([first?.cause, first?.certainty], ['forbidden', 'proven'])
})

test('leaves it open for a 403 of Cloudflare without one', () => {
  assert.equal(judged(403, [['server', 'cloudflare']]).verdicts[0]?.certainty, 'possible')
})

test('rules redirected out for 304, which sends nobody elsewhere', () => {
  assert.equal(causesOf(judged(304)).includes('redirected'), false)
  assert.deepEqual(causesOf(judged(302, [['location', '/login']])), ['redirected'])
})

const logged = (status: number) =>
  diagnose({
    proxy: {
      kind: 'nginx',
      access_log: [
        `10.0.0.1 - - [28/Nov/2026:10:00:00 +0000] "GET /ws HTTP/1.1" ${status} 0 "-" "Mozilla/5.0"`,
      ],
    },
  })

test('takes 499 for a client that left while it waited, not for an answer', () => {
  const { outcome, verdicts } = logged(499)
  assert.equal(outcome, 'undetermined')
  assert.deepEqual(verdicts.map(({ cause }) => cause).sort(), [
    'handshake-timeout',
    'server-stalled',
    'slow-handshake',
  ])
})

test('takes the status of other lines for the answer', () => {
  assert.equal(logged(404).verdicts[0]?.cause, 'path-not-found')
})

const gateway = (ms: number) =>
  diagnose({
    target: { url: 'ws://app.example/ws' },
    probe: {
      dns: { outcome: 'ok', ms: 1 },
      tcp: { outcome: 'connected', ms: 2 },
      http: { status: 502, version: '1.1', headers: [['Server', 'Apache']], body_start: '', ms },
      end: { kind: 'http_response', ms },
    },
  })

test('takes a 502 that comes late for a wait in vain, as Apache tells it', () => {
  const { outcome, verdicts } = gateway(6010)
  assert.deepEqual(
    [outcome, verdicts[0]?.cause, verdicts[0]?.certainty],
    ['fault', 'gateway-timeout', 'likely'],
  )
})

test('leaves a 502 that comes at once open', () => {
  assert.equal(gateway(8).outcome, 'undetermined')
})
