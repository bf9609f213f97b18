import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const fsm =
  'https://github.com/gatling/gatling/tree/main/gatling-http/src/main/scala/io/gatling/http/action/ws/fsm'
const ahc =
  'https://github.com/AsyncHttpClient/async-http-client/blob/main/client/src/main/java/org/asynchttpclient/netty/handler/WebSocketHandler.java'

export default defineProgram({
  id: 'gatling',
  name: 'Gatling and AsyncHttpClient',
  side: 'client',
  mark: /\bio\.gatling\b|\bi\.g\.h\.|\basynchttpclient\b/,
  phrases: [
    ...phrasesOf(fsm, [
      {
        id: 'remotely-closed',
        needle: 'WebSocket remotely closed (',
        pattern: /\bWebSocket remotely closed \((\d{4})\/([^)\n]{0,123})\)/,
        said: ([, code, reason]) => ({
          means: 'close',
          close: { code: Number(code), reason: reason ?? '', way: 'received' },
        }),
        example: 'WebSocket remotely closed (1001/bye) while in Idle state',
        explains: 'The server closed the connection with this code and reason.',
      },
      {
        id: 'acked-closing',
        needle: 'Server has acked closing: ',
        pattern: /\bServer has acked closing: (\d{4})\/([^\n]{0,123})/,
        said: ([, code, reason]) => ({
          means: 'close',
          close: { code: Number(code), reason: reason ?? '', way: 'received', clean: true },
        }),
        example: 'Server has acked closing: 1000/',
        explains: 'The server answered this client’s own Close frame.',
      },
      {
        id: 'closing-unanswered',
        needle: 'while waiting for close ack',
        pattern: /\bWebSocket (timed out|crashed) while waiting for close ack\b/,
        said: ([, how]) => ({ means: how === 'crashed' ? 'lost' : 'close-unanswered' }),
        example: 'WebSocket timed out while waiting for close ack',
        explains: 'This client closed, and the server did not answer with its own Close frame.',
      },
      {
        id: 'check-timeout',
        needle: 'Check ',
        pattern: /\bCheck [^\n]{1,200} timeout$/,
        said: { means: 'nothing-said' },
        example: 'Check ws.checkTextMessage timeout',
        explains:
          'The message that the scenario waits for did not come in time. The connection did not fail.',
      },
      {
        id: 'reconnects-used-up',
        needle: 'max reconnects is reached',
        pattern: /\bserver has closed the WebSocket and max reconnects is reached\b/,
        said: { means: 'closed-by-server' },
        example: 'Client issued message but server has closed the WebSocket and max reconnects is reached',
        explains: 'The server closed the connection, and the scenario allows no further reconnect.',
      },
      {
        id: 'crashed',
        needle: 'WebSocket crashed',
        pattern:
          /\bWebSocket crashed(?: by the server)? while (?:in \w{1,40} state|trying to reconnect|waiting for check)/,
        said: { means: 'lost' },
        example: 'WebSocket crashed by the server while in Idle state',
        explains: 'TCP ended or failed under the connection. The exception beside it says how.',
      },
    ]),
    ...phrasesOf(ahc, [
      {
        id: 'status',
        needle: 'Invalid Status code=',
        pattern: /\bInvalid Status code=(\d{3}) text=/,
        said: ([, status]) => saidOfStatus(status),
        example: 'java.io.IOException: Invalid Status code=403 text=Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'challenge',
        needle: 'Invalid challenge. Actual: ',
        pattern: /\bInvalid challenge\. Actual: \S{0,100}\. Expected: /,
        said: { means: 'bad-101' },
        example: 'java.io.IOException: Invalid challenge. Actual: x. Expected: y',
        explains: 'The 101 does not answer the key of this handshake.',
      },
      {
        id: 'scheme',
        needle: 'WebSocketUpgradeHandler but scheme',
        pattern: /\bWebSocketUpgradeHandler but scheme (?:isn't ws or wss|is wss?)/,
        said: { means: 'invalid-url' },
        example:
          "java.lang.IllegalArgumentException: WebSocketUpgradeHandler but scheme isn't ws or wss: http",
        explains: 'The program’s handler and its address do not fit: a WebSocket needs ws:// or wss://.',
      },
    ]),
  ],
})
