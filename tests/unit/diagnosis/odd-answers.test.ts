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

const logged = (status: number, rest = '') =>
  diagnose({
    proxy: {
      kind: 'nginx',
      access_log: [
        `10.0.0.1 - - [28/Nov/2026:10:00:00 +0000] "GET /ws HTTP/1.1" ${status} 0 "-" "Mozilla/5.0"${rest}`,
      ],
    },
  })

test('takes 499 for a client that left while it waited, not for an answer', () => {
  const { outcome, verdicts } = logged(499)
  assert.equal(outcome, 'undetermined')
  assert.deepEqual(verdicts.map(({ cause }) => cause).sort(), [
    'closed-by-page',
    'handshake-timeout',
    'page-left',
    'server-stalled',
    'slow-handshake',
  ])
})

test('takes a client that left at once for a page that closed or went, and for no timeout', () => {
  const causes = (rest: string) =>
    logged(499, rest)
      .verdicts.map(({ cause }) => cause)
      .sort()
  assert.deepEqual(causes(' rt=0.052'), ['closed-by-page', 'page-left'])
  assert.ok(causes(' rt=20.004').includes('handshake-timeout'))
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

/** A 101 as a recorder noted it whose own checks missed the second header. */
const switched = (headers: [string, string][], subprotocols: string[] = []) =>
  diagnose({
    target: { url: 'ws://app.example/ws', subprotocols },
    probe: {
      dns: { outcome: 'ok', ms: 1 },
      tcp: { outcome: 'connected', ms: 2 },
      http: {
        status: 101,
        version: '1.1',
        headers: [['Upgrade', 'websocket'], ['Connection', 'Upgrade'], ...headers],
        ms: 4,
      },
      checks: { accept: true, upgrade: true, connection: true, subprotocol: null, extensions: null },
      frames: [],
      end: { kind: 'open', ms: 5000 },
    },
  })
const ACCEPT: [string, string] = ['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=']
const CHAT: [string, string] = ['Sec-WebSocket-Protocol', 'chat']

test('calls a 101 healthy that carries each header once', () => {
  assert.equal(switched([ACCEPT]).outcome, 'healthy')
  assert.equal(switched([ACCEPT, CHAT], ['chat']).outcome, 'healthy')
})

const REPEATED: Record<string, [string, string][]> = {
  'two Sec-WebSocket-Accept': [ACCEPT, ACCEPT],
  'two Sec-WebSocket-Accept, joined by the recorder': [[ACCEPT[0], `${ACCEPT[1]}, ${ACCEPT[1]}`]],
  'two equal Sec-WebSocket-Protocol': [ACCEPT, CHAT, CHAT],
  'two different Sec-WebSocket-Protocol': [ACCEPT, CHAT, ['sec-websocket-protocol', 'v2']],
  'two Upgrade': [ACCEPT, ['upgrade', 'websocket']],
}
for (const [what, headers] of Object.entries(REPEATED)) {
  test(`confirms invalid-handshake-response for a 101 with ${what}`, () => {
    const { outcome, verdicts } = switched(headers, ['chat', 'v2'])
    assert.equal(outcome, 'fault')
    assert.deepEqual(
      verdicts.map(({ cause, certainty }) => [cause, certainty]),
      [['invalid-handshake-response', 'proven']],
    )
    assert.match(verdicts[0]?.because[0]?.says ?? '', /more than once/)
  })
}

test('takes the browser’s word for a header that came twice', () => {
  for (const name of ['Sec-WebSocket-Protocol', 'Sec-WebSocket-Accept', 'Upgrade']) {
    const { verdicts } = diagnose({
      target: { url: 'ws://app.example/ws', subprotocols: ['chat'] },
      browser: {
        events: [
          { ms: 20, type: 'error' },
          { ms: 20, type: 'close', code: 1006, reason: '', was_clean: false },
        ],
        console: [
          `WebSocket connection to 'ws://app.example/ws' failed: Error during WebSocket handshake: '${name}' header must not appear more than once in a response`,
        ],
      },
    })
    assert.deepEqual([verdicts[0]?.cause, verdicts.length], ['invalid-handshake-response', 1], name)
  }
})

test('takes a busy answer that comes and goes for no refusal of an Origin', () => {
  for (const status of [429, 503, 504]) {
    const refused = { status, end: { kind: 'http_response', ms: 3 } } as const
    const { outcome, verdicts } = diagnose({
      target: { url: 'ws://app.example/ws', page_origin: 'http://app.example' },
      probe: {
        origin: 'http://app.example',
        dns: { outcome: 'ok' },
        tcp: { outcome: 'connected' },
        http: { status, version: '1.1', headers: [['Retry-After', '1']], body_start: 'busy' },
        end: { kind: 'http_response' },
      },
      retries: [
        { vary: { origin: null }, status: 101, end: { kind: 'open', ms: 300 } },
        { vary: { again: true }, ...refused },
        { vary: { origin: 'https://foreign.example' }, status: 101, end: { kind: 'open', ms: 300 } },
      ],
    })
    assert.notDeepEqual([outcome, verdicts[0]?.cause], ['fault', 'origin-rejected'])
    const named = verdicts.find(({ cause }) => cause === 'origin-rejected')
    assert.equal(named?.certainty ?? 'possible', 'possible')
  }
})

test('speaks of Basic authentication only where it may be that', () => {
  const fixFor = (headers: [string, string][]) => judged(401, headers).verdicts[0]?.fix?.summary ?? ''
  assert.doesNotMatch(fixFor([['WWW-Authenticate', 'Bearer realm="api"']]), /Basic/)
  assert.match(fixFor([['WWW-Authenticate', 'Basic realm="staging"']]), /Exclude this path from Basic/)
  assert.match(fixFor([]), /Exclude this path from Basic/)
})

test('quotes the greeting of another protocol without its end of line', () => {
  const { verdicts } = diagnose({
    target: { url: 'ws://app.example/ws' },
    probe: {
      dns: { outcome: 'ok' },
      tcp: { outcome: 'connected' },
      http: { not_http: true, body_start: 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n' },
      end: { kind: 'no_answer', ms: 9 },
    },
  })
  assert.equal(verdicts[0]?.because[0]?.says, 'The peer speaks SSH: “SSH-2.0-OpenSSH_9.2p1 Debian-2”')
})
