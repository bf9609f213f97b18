import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const exceptions = 'https://github.com/frankie567/httpx-ws/blob/main/httpx_ws/_exceptions.py'
const transport = 'https://github.com/frankie567/httpx-ws/blob/main/httpx_ws/transport.py'
const httpcore = 'https://github.com/encode/httpx/blob/master/httpx/_transports/default.py'

export default defineProgram({
  id: 'httpx-ws',
  name: 'httpx-ws (Python)',
  side: 'client',
  phrases: [
    ...phrasesOf(exceptions, [
      {
        id: 'not-upgraded',
        needle: 'WebSocketUpgradeError',
        pattern: /\bhttpx_ws(?:\._exceptions)?\.WebSocketUpgradeError\b/,
        said: { means: 'bad-answer' },
        example: 'httpx_ws._exceptions.WebSocketUpgradeError',
        explains: 'The handshake was answered, and not with 101. The exception has the answer in `response`.',
      },
      {
        id: 'disconnected',
        needle: 'WebSocketDisconnect',
        pattern: /\bhttpx_ws(?:\._exceptions)?\.WebSocketDisconnect: \((\d{4}), (?:'([^'\n]{0,123})'|None)\)/,
        said: ([, code, reason]) => ({
          means: 'close',
          close: { code: Number(code), reason: reason ?? '', way: 'received' },
        }),
        example: "httpx_ws._exceptions.WebSocketDisconnect: (1011, 'internal error')",
        explains: 'The server sent a Close frame with this code.',
      },
      {
        id: 'network',
        needle: 'WebSocketNetworkError',
        pattern: /\bhttpx_ws(?:\._exceptions)?\.WebSocketNetworkError\b/,
        said: { means: 'dropped' },
        example: 'httpx_ws._exceptions.WebSocketNetworkError',
        explains: 'The open connection ended without a Close frame.',
      },
      {
        id: 'status',
        needle: 'WebSocketUpgradeError',
        pattern: /\bWebSocketUpgradeError: <Response \[(\d{3})[^\]\n]{0,60}\]>/,
        said: ([, status]) => saidOfStatus(status),
        example: 'httpx_ws._exceptions.WebSocketUpgradeError: <Response [403 Forbidden]>',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'other-type',
        needle: 'WebSocketInvalidTypeReceived',
        pattern: /\bWebSocketInvalidTypeReceived\b/,
        said: { means: 'nothing-said' },
        example: 'httpx_ws._exceptions.WebSocketInvalidTypeReceived',
        explains: 'The program asked for text and got bytes, or the reverse. The connection did not fail.',
      },
    ]),
    ...phrasesOf(transport, [
      {
        id: 'not-accepted',
        needle: 'accept the connection in time',
        pattern: /\bWebSocket didn't accept the connection in time\b/,
        said: { means: 'handshake-timeout' },
        example: "WebSocket didn't accept the connection in time. Did you forget to call accept()?",
        explains: 'A test against the application itself: its handler did not accept the connection.',
      },
    ]),
    ...phrasesOf(httpcore, [
      {
        id: 'no-connection',
        needle: 'All connection attempts failed',
        pattern: /\bConnectError: All connection attempts failed\b/,
        said: { means: 'no-connection' },
        example: 'httpx.ConnectError: All connection attempts failed',
        explains: 'TCP did not connect: refused, unreachable or without an answer.',
      },
      {
        id: 'connect-timeout',
        needle: 'ConnectTimeout',
        pattern: /\b(?:httpx|httpcore)\.(?:_exceptions\.)?ConnectTimeout\b/,
        said: { means: 'connect-timeout' },
        example: 'httpx.ConnectTimeout: timed out',
        explains: 'TCP and TLS were not finished within the client’s timeout.',
      },
      {
        id: 'read-timeout',
        needle: 'ReadTimeout',
        pattern: /\b(?:httpx|httpcore)\.(?:_exceptions\.)?ReadTimeout\b(?:: The read operation timed out)?/,
        said: { means: 'handshake-timeout' },
        example: 'httpx.ReadTimeout: The read operation timed out',
        explains: 'TCP was open and no answer came within the client’s timeout.',
      },
      {
        id: 'no-answer',
        needle: 'Server disconnected without sending a response',
        pattern: /\bServer disconnected without sending a response\b/,
        said: { means: 'closed-before-answer' },
        example: 'httpx.RemoteProtocolError: Server disconnected without sending a response.',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'scheme',
        needle: 'UnsupportedProtocol: ',
        pattern:
          /\bUnsupportedProtocol: Request URL (?:is missing an 'https?:\/\/'|has an unsupported protocol)/,
        said: { means: 'invalid-url' },
        example: "httpx.UnsupportedProtocol: Request URL has an unsupported protocol 'ws://'.",
        explains:
          'httpx itself knows http:// and https:// only: a WebSocket is opened by httpx-ws’s connect_ws.',
      },
    ]),
  ],
})
