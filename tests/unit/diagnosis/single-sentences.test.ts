/** One sentence of a server or proxy, and nothing else: what it names comes first, and no more surely than it is said. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Certainty } from '#lib/playbook/cause.ts'

const SENTENCES: readonly [text: string, cause: string, certainty: Certainty][] = [
  ['* TLS error from client: remote error: tls: unknown certificate authority', 'tls-untrusted', 'likely'],
  [
    '[error] Could not check Websocket subprotocols for Phoenix.Socket transport.',
    'subprotocol-mismatch',
    'likely',
  ],
  ['<center>The plain HTTP request was sent to HTTPS port</center>', 'plain-on-tls-port', 'likely'],
  [
    'HTTP parse error, malformed request: #<Puma::HttpParserError: Invalid HTTP format, parsing fails. Are you trying to open an SSL connection to a non-SSL Puma?>',
    'tls-on-plain-port',
    'likely',
  ],
  ['Kestrel has reached the maximum number of concurrent upgraded connections.', 'rate-limited', 'likely'],
  ['websocket: write timeout', 'peer-not-reading', 'likely'],
  [
    'java.util.concurrent.TimeoutException: No elements passed in the last 75 seconds.',
    'idle-timeout',
    'likely',
  ],
  ['[trace] Inactivity timeout.', 'idle-timeout', 'likely'],
  ['SocketException: mono-io-layer-error (111)', 'connection-refused', 'likely'],
  ['- Gracefully stopping, waiting for requests to finish', 'server-restarting', 'likely'],
  ['[CRITICAL] WORKER TIMEOUT (pid:12)', 'server-stalled', 'likely'],
  ['Wv2xY1pZ0aQ9LmNbAAAA: Client is gone, closing socket', 'pong-timeout', 'likely'],
  ['ERROR:    ASGI callable returned without sending handshake.', 'server-error', 'likely'],
  [
    'Exception during onMessage call to POJO of type [com.example.ChatEndpoint] in session [3f]',
    'backend-dropped',
    'likely',
  ],
  ['ERROR:websockets.server:connection handler failed', 'internal-error', 'proven'],
]

const NGINX: readonly [text: string, cause: string, certainty: Certainty][] = [
  [
    'upstream timed out (110: Connection timed out) while proxying upgraded connection',
    'idle-timeout',
    'proven',
  ],
  [
    'upstream timed out (110: Connection timed out) while reading response header from upstream',
    'gateway-timeout',
    'proven',
  ],
  [
    'upstream timed out (110: Connection timed out) while connecting to upstream',
    'backend-unreachable',
    'likely',
  ],
  [
    'upstream prematurely closed connection while reading response header from upstream',
    'backend-handshake-failure',
    'likely',
  ],
  [
    'upstream sent too big header while reading response header from upstream',
    'proxy-misconfigured',
    'proven',
  ],
]

describe('one sentence of nginx’s error log, without what stands before it there', () => {
  for (const [text, cause, certainty] of NGINX) {
    it(text, () => {
      const { outcome, verdicts } = readAndJudge({ text }).report
      assert.deepEqual([outcome, verdicts[0]?.cause, verdicts[0]?.certainty], ['fault', cause, certainty])
    })
  }

  it('proves nothing of a handshake where the answer had begun', () => {
    const text = 'upstream timed out (110: Connection timed out) while reading upstream'
    const { verdicts } = readAndJudge({ text }).report
    assert.ok(verdicts.every(({ certainty }) => certainty !== 'proven'))
  })
})

describe('one sentence of a server', () => {
  for (const [text, cause, certainty] of SENTENCES) {
    it(text.slice(0, 120), () => {
      const { outcome, verdicts } = readAndJudge({ text }).report
      assert.deepEqual([outcome, verdicts[0]?.cause, verdicts[0]?.certainty], ['fault', cause, certainty])
    })
  }
})

describe('an end that the server made, in somebody’s own words', () => {
  for (const text of [
    'websocket connection closed by server',
    '10:00:00 ws open\n10:01:00 ws closed by server',
    'server closed the connection',
  ]) {
    it(`is given no close code: ${text}`, () => {
      const { report, evidence } = readAndJudge({ text })
      assert.equal(report.outcome, 'undetermined')
      assert.doesNotMatch(JSON.stringify(evidence), /"code":1005/)
      assert.ok(report.verdicts.some(({ cause }) => cause === 'idle-timeout'))
    })
  }
})

describe('a line of another program about a connection of its own', () => {
  for (const text of [
    'ssh: connect to host web1 port 22: Connection timed out',
    'kex_exchange_identification: Connection closed by remote host',
    'kex_exchange_identification: read: Connection reset by peer',
    'client_loop: send disconnect: Broken pipe',
    'git@git.example: Permission denied (publickey).',
    'FetchError: request to https://cdn.example/a.json failed, reason: certificate has expired',
    'psql: error: connection to server at "db" (10.0.0.5), port 5432 failed: Connection refused',
  ]) {
    it(`is no evidence: ${text}`, () => {
      const { outcome, verdicts } = readAndJudge({ text }).report
      assert.deepEqual([outcome, verdicts], ['undetermined', []])
    })
    it(`proves nothing beside a 1006: ${text}`, () => {
      const { report } = readAndJudge({ text: `${text}\nsocket closed 1006` })
      assert.equal(report.outcome, 'undetermined')
    })
  }

  it('but a request that opens a session is: SignalR negotiates, Socket.IO and SockJS poll', () => {
    for (const path of [
      'chat/negotiate?negotiateVersion=1',
      'socket.io/?EIO=4&transport=polling',
      'sockjs/info',
    ]) {
      const text = `FetchError: request to https://app.example/${path} failed, reason: certificate has expired`
      assert.equal(readAndJudge({ text }).report.verdicts[0]?.cause, 'tls-expired')
    }
  })
})

describe('Odoo’s port for pages', () => {
  it('has no WebSocket, and the proxy is told to send the path to the port that has', () => {
    const text =
      "RuntimeError: Couldn't bind the websocket. Is the connection opened on the evented port (8172)?"
    const [first] = readAndJudge({ files: [{ file: 'odoo.log', text }] }).report.verdicts
    assert.equal(first?.cause, 'server-without-websocket')
    assert.match(first?.because.map(({ says }) => says).join() ?? '', /8172/)
    assert.match(first?.fix.summary ?? '', /evented port/)
  })
})
