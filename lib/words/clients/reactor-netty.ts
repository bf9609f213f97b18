import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'reactor-netty',
  name: 'Netty and Reactor Netty',
  side: 'client',
  mark: /\breactor\.netty\b|\bio\.netty\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/reactor/reactor-netty/blob/main/reactor-netty-http/src/main/java/reactor/netty/http/client/PrematureCloseException.java',
      [
        {
          id: 'before-response',
          needle: 'Connection prematurely closed BEFORE response',
          pattern: /Connection prematurely closed BEFORE response/i,
          said: { means: 'closed-before-answer' },
          example:
            'reactor.netty.http.client.PrematureCloseException: Connection prematurely closed BEFORE response',
          explains: 'The server closed TCP without an answer.',
        },
        {
          id: 'during-response',
          needle: 'Connection prematurely closed DURING response',
          pattern: /Connection prematurely closed DURING response/i,
          said: { means: 'dropped' },
          example:
            'reactor.netty.http.client.PrematureCloseException: Connection prematurely closed DURING response',
          explains: 'The server ended TCP in the middle.',
        },
        {
          id: 'status',
          needle: 'Invalid handshake response',
          pattern: /Invalid handshake response (?:getStatus|status): (\d{3})/i,
          said: ([, status]) => saidOfStatus(status),
          example:
            'io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException: Invalid handshake response getStatus: 403 Forbidden',
          explains: 'The server answered the handshake with this HTTP status in place of 101.',
        },
        {
          id: 'header',
          needle: 'Invalid handshake response',
          pattern: /Invalid handshake response (?:upgrade|connection): \S{0,80}|Invalid challenge\. Actual:/i,
          said: { means: 'bad-101' },
          example: 'WebSocketClientHandshakeException: Invalid handshake response upgrade: null',
          explains: 'A 101 came whose headers are missing or wrong.',
        },
        {
          id: 'subprotocol',
          needle: 'Invalid subprotocol',
          pattern: /Invalid subprotocol\. Actual: [^\n]{0,120}\. Expected one of: [^\n]{0,200}/i,
          said: { means: 'subprotocol' },
          example:
            'WebSocketClientHandshakeException: Invalid subprotocol. Actual: null. Expected one of: chat',
          explains: 'The 101 names no subprotocol, or one that was not asked for.',
        },
        {
          id: 'handshake-timeout',
          needle: 'handshake timed out',
          pattern: /\bhandshake timed out\b/i,
          said: { means: 'handshake-timeout' },
          example: 'io.netty.handler.codec.http.websocketx.WebSocketHandshakeException: handshake timed out',
          explains: 'No answer to the handshake came in time.',
        },
        {
          id: 'frame-length',
          needle: 'Max frame length of',
          pattern: /Max frame length of (\d{1,12}) has been exceeded/i,
          said: ([, bytes]) => ({ means: 'too-big', limitBytes: Number(bytes) }),
          example:
            'io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException: Max frame length of 65536 has been exceeded.',
          explains: 'A frame was larger than this side accepts (maxFramePayloadLength, 64 KiB by default).',
        },
        {
          id: 'corrupted',
          needle: 'CorruptedWebSocketFrameException',
          pattern: /\bCorruptedWebSocketFrameException\b/i,
          said: { means: 'frame' },
          example:
            'io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException: RSV != 0 and no extension negotiated, RSV:4',
          explains: 'A frame broke the protocol.',
        },
        {
          id: 'read-timeout',
          needle: 'ReadTimeoutException',
          pattern: /\bio\.netty\.handler\.timeout\.ReadTimeoutException\b/i,
          said: { means: 'idle-timeout' },
          example: 'io.netty.handler.timeout.ReadTimeoutException',
          explains: 'This side’s own timer ended the connection: nothing was received in time.',
        },
      ],
    ),
  ],
})
