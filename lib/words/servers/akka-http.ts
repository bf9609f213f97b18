import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client =
  'https://github.com/akka/akka-http/blob/main/akka-http-core/src/main/scala/akka/http/impl/engine/ws/WebSocketClientBlueprint.scala'
const server =
  'https://github.com/akka/akka-http/blob/main/akka-http-core/src/main/scala/akka/http/impl/engine/ws/WebSocket.scala'

export default defineProgram({
  id: 'akka-http',
  name: 'Akka HTTP and Pekko',
  side: 'server',
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'unexpected status code',
        pattern:
          /\bWebSocket (?:server at \S{1,300} returned|upgrade did not finish because of) '?unexpected status code: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: "WebSocket upgrade did not finish because of 'unexpected status code: 403 Forbidden'",
        explains: 'The handshake was answered with this HTTP status.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'upgrade-missing',
        needle: 'Expected WebSocket',
        pattern: /\bExpected WebSocket (?:Upgrade )?request\b/i,
        said: { means: 'upgrade-missing' },
        example: 'Expected WebSocket Upgrade request',
        explains: 'The request has no Upgrade: websocket or no Connection: Upgrade.',
      },
      {
        id: 'handler',
        needle: 'Websocket handler failed',
        pattern: /\bWebsocket handler failed (?:with|while) /,
        said: { means: 'handler-failed' },
        example: 'Websocket handler failed with Processor actor terminated abruptly',
        explains: 'An exception in the server’s handler ended the connection.',
      },
      {
        id: 'idle',
        needle: 'TCP idle-timeout',
        pattern: /\bTCP idle-timeout encountered\b/,
        said: { means: 'idle-timeout' },
        example:
          'TCP idle-timeout encountered on connection to [10.0.0.9:51442], no bytes passed in the last 60 seconds',
        explains: 'Nothing came or went for idle-timeout (60 s, if it was not set), and Akka closed.',
      },
      {
        id: 'idle-stream',
        needle: 'No elements passed in the last',
        pattern: /\bNo elements passed in the last \d{1,9}(?:\.\d{1,6})? (?:\w{2,12})\b/,
        said: { means: 'idle-timeout', unsure: true },
        example: 'java.util.concurrent.TimeoutException: No elements passed in the last 45 seconds.',
        explains: 'Nothing came or went for the stream’s idleTimeout, and this end closed the connection.',
      },
    ]),
  ],
})
