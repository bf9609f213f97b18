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

describe('one sentence of a server', () => {
  for (const [text, cause, certainty] of SENTENCES) {
    it(text.slice(0, 120), () => {
      const { outcome, verdicts } = readAndJudge({ text }).report
      assert.deepEqual([outcome, verdicts[0]?.cause, verdicts[0]?.certainty], ['fault', cause, certainty])
    })
  }
})
