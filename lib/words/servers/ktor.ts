import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const shared = 'https://github.com/ktorio/ktor/blob/main/ktor-shared/ktor-websockets/'
const client =
  'https://github.com/ktorio/ktor/tree/main/ktor-client/ktor-client-core/common/src/io/ktor/client/plugins/websocket'

export default defineProgram({
  id: 'ktor',
  name: 'Ktor',
  mark: /\bio\.ktor\b/,
  phrases: [
    ...phrasesOf(shared, [
      {
        id: 'no-close-frame',
        needle: 'without close frame',
        pattern: /\bConnection was closed without close frame\b/,
        said: { means: 'dropped' },
        example:
          'kotlinx.coroutines.channels.ClosedReceiveChannelException: Connection was closed without close frame',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'too-big',
        needle: 'Frame is too big',
        pattern: /\bFrame is too big: \d{1,15}\. Max size is (\d{1,15})\b/,
        said: ([, limit]) => ({ means: 'too-big', limitBytes: Number(limit) }),
        example: 'io.ktor.websocket.FrameTooBigException: Frame is too big: 70000. Max size is 65536',
        explains: 'A frame is longer than maxFrameSize.',
      },
      {
        id: 'violation',
        needle: [
          'illegal frame',
          "control frames can't be fragmented",
          "control frames can't be larger than",
        ],
        pattern:
          /\bReceived illegal frame: [^\n]{1,160}|\bcontrol frames can't be (?:fragmented|larger than)/,
        said: { means: 'frame' },
        example:
          "io.ktor.websocket.ProtocolViolationException: Received illegal frame: control frames can't be fragmented",
        explains: 'A frame breaks RFC 6455.',
      },
      {
        id: 'opcode',
        needle: 'Unsupported opcode',
        pattern: /\bUnsupported opcode:? [0-9a-f]{1,3}\b/,
        said: { means: 'frame' },
        example: 'java.lang.IllegalStateException: Unsupported opcode: b',
        explains: 'A frame has an opcode that RFC 6455 does not know.',
      },
      {
        id: 'pinger',
        needle: 'pinger has timed out',
        pattern: /\bWebSocket pinger has timed out\b/,
        said: { means: 'ping-timeout' },
        example: 'WebSocket pinger has timed out',
        explains: 'A ping was not answered within timeoutMillis.',
      },
      {
        id: 'handler-failed',
        needle: 'handler failed',
        pattern: /\bWebsocket handler failed\b/,
        said: { means: 'handler-failed', phase: 'open' },
        side: 'server',
        example: 'ERROR io.ktor.server.Application - Websocket handler failed',
        explains: 'The handler threw, and Ktor closes with 1011.',
      },
      {
        id: 'stopping',
        needle: 'due to application stop',
        pattern: /\bShutdown WebSockets due to application stop\b/,
        said: { means: 'shutting-down' },
        side: 'server',
        example: 'Shutdown WebSockets due to application stop',
        explains: 'The application stops.',
      },
      {
        id: 'channel-closed',
        needle: 'Closed',
        pattern: /\bClosed(?:Receive|Send)ChannelException: Channel was closed\b/,
        said: { means: 'lost' },
        example: 'kotlinx.coroutines.channels.ClosedReceiveChannelException: Channel was closed',
        explains: 'The program read or wrote after the connection had ended. Its closeReason has the code.',
      },
      {
        id: 'write-failed',
        needle: ['Failed to write to WebSocket', 'Failed to send frame'],
        pattern: /\bFailed to write to WebSocket\b|\bFailed to send frame\b/,
        said: { means: 'lost' },
        example: 'CancellationException: Failed to write to WebSocket.',
        explains: 'TCP ended under the connection while the program wrote.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'Handshake exception',
        pattern: /\bHandshake exception, expected status code 101 but was (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example:
          'io.ktor.client.plugins.websocket.WebSocketException: Handshake exception, expected status code 101 but was 403',
        explains: 'The server answered the handshake with this status in place of 101.',
      },
      {
        id: 'not-upgraded',
        needle: 'expected `WebSocketSession`',
        pattern: /\bHandshake exception, expected `WebSocketSession` content\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example:
          'Handshake exception, expected `WebSocketSession` content but was class io.ktor.utils.io.ByteChannel',
        explains: 'The server answered, and not with a 101.',
      },
      {
        id: 'accept',
        needle: 'verify server accept header',
        pattern: /\bFailed to verify server accept header\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Failed to verify server accept header. Expected: abc, received: def',
        explains: 'The 101 does not belong to this handshake: Sec-WebSocket-Accept has another value.',
      },
      {
        id: 'no-accept',
        needle: 'Server should specify header',
        pattern: /\bServer should specify header Sec-WebSocket-Accept\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Server should specify header Sec-WebSocket-Accept',
        explains: 'The 101 has no Sec-WebSocket-Accept.',
      },
      {
        id: 'closed-before-answer',
        needle: 'prematurely closed the connection',
        pattern: /\bFailed to parse HTTP response: the server prematurely closed the connection\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'Failed to parse HTTP response: the server prematurely closed the connection',
        explains: 'The server closed TCP before it had answered the handshake.',
      },
      {
        id: 'connect-timeout',
        needle: 'timeout has expired',
        pattern: /\bConnect timeout has expired \[url=[^\],\n]{1,1000}/,
        said: { means: 'connect-timeout' },
        side: 'client',
        example:
          'io.ktor.client.network.sockets.ConnectTimeoutException: Connect timeout has expired [url=ws://app.example/ws, connect_timeout=unknown ms]',
        explains: 'TCP was not connected within this client’s own timeout.',
      },
      {
        id: 'request-timeout',
        needle: 'timeout has expired',
        pattern:
          /\b(?:Request|Socket) timeout has expired \[url=[^\],\n]{1,1000}(?:, (?:request|socket)_timeout=(\d{1,9}))?/,
        said: ([, ms]) => ({ means: 'handshake-timeout', ...(ms !== undefined && { limitMs: Number(ms) }) }),
        side: 'client',
        example:
          'io.ktor.client.plugins.HttpRequestTimeoutException: Request timeout has expired [url=ws://app.example/ws, request_timeout=15000 ms]',
        explains: 'No answer, or no message, came within this client’s own HttpTimeout.',
      },
    ]),
  ],
})
