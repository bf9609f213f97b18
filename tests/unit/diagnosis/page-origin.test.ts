/** The page and the probe may send different Origins: then a retry with the page's own one tells why only one opened. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Evidence, RetryEvidence } from '#lib/evidence/schema.ts'

const PAGE = 'http://localhost:9000'

const evidence = (url: string, retries: RetryEvidence[]): Evidence => ({
  target: { url, subprotocols: [], page_origin: PAGE },
  browser: {
    events: [
      { ms: 9, type: 'error' },
      { ms: 9, type: 'close', code: 1006, reason: '', was_clean: false },
    ],
    online: true,
  },
  probe: {
    origin: 'https://app.example',
    dns: { outcome: 'ok', ms: 1 },
    tcp: { outcome: 'connected', ms: 2 },
    http: { status: 101, version: '1.1', headers: [], ms: 5 },
    checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
    frames: [],
    // biome-ignore lint/suspicious/noThenProperty: the field's name is fixed by the evidence document
    end: { kind: 'close_frame', code: 1000, by: 'probe', then: 'fin', ms: 2010 },
  },
  retries,
})
const first = (document: Evidence) => diagnose(document).verdicts[0]

test('proves that the page is refused for its origin', () => {
  const verdict = first(evidence('ws://app.example/ws', [{ vary: { origin: PAGE }, status: 403 }]))
  assert.deepEqual([verdict?.cause, verdict?.certainty], ['origin-rejected', 'proven'])
  assert.match(verdict?.because[0]?.says ?? '', /localhost:9000 the handshake is refused with 403/)
  assert.match(verdict?.fix.summary ?? '', /localhost:9000/)
})

test('only finds it likely where the browser might also have distrusted the certificate', () => {
  const verdict = first(evidence('wss://app.example/ws', [{ vary: { origin: PAGE }, status: 403 }]))
  assert.deepEqual([verdict?.cause, verdict?.certainty], ['origin-rejected', 'likely'])
})

test('does not when the page’s origin is accepted, or was refused for something else', () => {
  for (const status of [101, 502]) {
    const report = diagnose(evidence('ws://app.example/ws', [{ vary: { origin: PAGE }, status }]))
    assert.notEqual(report.verdicts.find(({ cause }) => cause === 'origin-rejected')?.certainty, 'proven')
  }
})

test('reads a refusal by the Origin that the probe sent, not by the page’s', () => {
  const refused = evidence('ws://app.example/ws', [])
  const body = 'Origin https://app.example is not allowed'
  const http = { status: 403, version: '1.1', headers: [], body_start: body, ms: 5 }
  const { verdicts } = diagnose({
    ...refused,
    probe: {
      ...refused.probe,
      http,
      checks: undefined,
      frames: undefined,
      end: { kind: 'http_response', ms: 5 },
    },
  })
  const named = verdicts.find(({ cause }) => cause === 'origin-rejected')
  assert.match(named?.fix.summary ?? '', /Allow https:\/\/app\.example /)
  assert.equal(
    verdicts.some(({ because }) => because.some(({ says }) => says.includes('another origin than'))),
    false,
  )
})
