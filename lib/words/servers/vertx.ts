import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const sockets =
  'https://github.com/eclipse-vertx/vert.x/blob/master/vertx-core/src/main/java/io/vertx/core/http/impl/http1x/Http1xServerConnection.java'
const quarkus = 'https://quarkus.io/guides/websockets-next-reference'

export default defineProgram({
  id: 'vertx',
  name: 'Vert.x and Quarkus',
  mark: /\bio\.vertx\b|\bio\.quarkus\b/,
  phrases: [
    ...phrasesOf(sockets, [
      {
        id: 'rejected',
        needle: 'upgrade failure',
        pattern: /\bWebSocket upgrade failure: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'io.vertx.core.http.UpgradeRejectedException: WebSocket upgrade failure: 403 (Forbidden)',
        explains: 'The server answered the handshake with this status in place of 101.',
      },
      {
        id: 'http2',
        needle: 'cannot be upgraded to a WebSocket',
        pattern: /\bHTTP\/2 request cannot be upgraded to a WebSocket\b/,
        said: { means: 'http2' },
        side: 'server',
        example: 'HTTP/2 request cannot be upgraded to a WebSocket',
        explains: 'The request came as HTTP/2, and Vert.x upgrades HTTP/1.1 only.',
      },
      {
        id: 'upgrade-missing',
        needle: 'onnection',
        pattern:
          /\bWebSocketHandshakeException: Invalid connection header\b|"Connection" header must be "Upgrade"/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'io.vertx.core.http.WebSocketHandshakeException: Invalid connection header',
        explains: 'The request has no Connection: Upgrade. A proxy left it out.',
      },
      {
        id: 'closed-in-handshake',
        needle: 'handshake in process',
        pattern: /\bConnection closed while handshake in process\b/,
        said: { means: 'closed-before-answer' },
        example:
          'io.vertx.core.http.WebSocketHandshakeException: Connection closed while handshake in process',
        explains: 'The other end closed TCP before the handshake was over.',
      },
      {
        id: 'used-closed',
        needle: 'WebSocket is closed',
        pattern: /\bIllegalStateException: WebSocket is closed\b/,
        said: { means: 'lost' },
        example: 'java.lang.IllegalStateException: WebSocket is closed',
        explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'connect-timeout',
        needle: 'has been exceeded when getting',
        pattern: /\bThe timeout of (\d{1,9}) ms has been exceeded when getting a connection to\b/,
        said: ([, ms]) => ({ means: 'connect-timeout', limitMs: Number(ms) }),
        side: 'client',
        example: 'The timeout of 5000 ms has been exceeded when getting a connection to a.example:443',
        explains: 'No connection opened in time: TCP got no answer, or the pool has none free.',
      },
    ]),
    ...phrasesOf(quarkus, [
      {
        id: 'endpoint-error',
        needle: ['Unhandled', ' for Connection[', ' from Connection['],
        pattern:
          /\bUnable to (?:send|handle)[^\n]{0,60} (?:for|from) Connection\[|\bUnhandled error occurred[^\n]{0,120}\bWebSocket connection will be closed\b/,
        said: { means: 'handler-failed', phase: 'open' },
        side: 'server',
        example:
          'Unhandled error occurred: java.lang.IllegalStateException; the WebSocket connection will be closed',
        explains: 'A method of the endpoint threw, and Quarkus closes the connection.',
      },
    ]),
  ],
})
