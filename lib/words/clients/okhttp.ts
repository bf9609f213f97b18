import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'okhttp',
  name: 'OkHttp',
  side: 'client',
  mark: /\bokhttp3\b|\bOkHttp\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/square/okhttp/blob/master/okhttp/src/commonJvmAndroid/kotlin/okhttp3/internal/ws/RealWebSocket.kt',
      [
        {
          id: 'status',
          needle: 'Expected HTTP 101 response',
          pattern: /Expected HTTP 101 response but was '(\d{3})[^'\n]{0,120}'/i,
          said: ([, status]) => saidOfStatus(status),
          example: "java.net.ProtocolException: Expected HTTP 101 response but was '502 Bad Gateway'",
          explains: 'The server answered the handshake with this HTTP status in place of 101.',
        },
        {
          id: 'upgrade-header',
          needle: "header value 'Upgrade'",
          pattern:
            /Expected '(?:Upgrade|Connection|Sec-WebSocket-Accept)' header value '[^'\n]{0,80}' but was '[^'\n]{0,80}'/i,
          said: { means: 'bad-101' },
          example: "java.net.ProtocolException: Expected 'Connection' header value 'Upgrade' but was 'null'",
          explains: 'A 101 came whose headers are missing or wrong.',
        },
        {
          id: 'no-pong',
          needle: "but didn't receive pong",
          pattern:
            /sent ping but didn't receive pong within \d{1,9}ms \(after \d{1,9} successful ping\/pongs\)/i,
          said: { means: 'ping-timeout' },
          example:
            "java.net.SocketTimeoutException: sent ping but didn't receive pong within 30000ms (after 4 successful ping/pongs)",
          explains: 'OkHttp’s own ping (pingInterval) had no answer, so it ended the connection.',
        },
        {
          id: 'canceled',
          needle: 'Canceled',
          pattern: /\bjava\.io\.IOException: Canceled\b/i,
          said: { means: 'closed-by-client' },
          example: 'java.io.IOException: Canceled',
          explains: 'The program itself canceled the connection.',
        },
        {
          id: 'unexpected-end',
          needle: 'unexpected end of stream',
          pattern: /unexpected end of stream(?: on \S{1,300})?/i,
          said: { means: 'closed-before-answer' },
          example: 'java.io.IOException: unexpected end of stream on https://app.example/...',
          explains: 'The server closed TCP without an answer.',
        },
        {
          id: 'control-frame',
          needle: 'Unexpected rsv',
          pattern:
            /\bProtocolException: (?:Unexpected rsv\d flag|Reserved flags are unsupported|Control frames must|Expected continuation opcode|Unknown opcode|Server-sent frames must not be masked|Frame length)/i,
          said: { means: 'frame' },
          example: 'java.net.ProtocolException: Unexpected rsv1 flag',
          explains: 'A frame broke the protocol.',
        },
      ],
    ),
  ],
})
