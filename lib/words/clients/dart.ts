import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'dart',
  name: 'Dart and Flutter',
  side: 'client',
  mark: /\bWebSocketException: |\bWebSocketChannelException\b|\bdart:io\b/,
  phrases: [
    ...phrasesOf('https://github.com/dart-lang/sdk/blob/main/sdk/lib/_http/websocket_impl.dart', [
      {
        id: 'status',
        needle: 'was not upgraded to websocket',
        pattern: /Connection to '[^'\n]{1,400}' was not upgraded to websocket, HTTP status code: (\d{3})/i,
        said: ([, status]) => saidOfStatus(status),
        example:
          "WebSocketException: Connection to 'https://app.example:0/ws#' was not upgraded to websocket, HTTP status code: 403",
        explains: 'The server answered the handshake with this HTTP status. The :0 and the # are Dart’s own.',
      },
      {
        id: 'not-upgraded',
        needle: 'was not upgraded to websocket',
        pattern: /Connection to '[^'\n]{1,400}' was not upgraded to websocket/i,
        said: { means: 'bad-answer' },
        example:
          "WebSocketException: Connection to 'https://app.example:0/ws#' was not upgraded to websocket",
        explains: 'The handshake was answered, and not with a valid 101.',
      },
      {
        id: 'scheme',
        needle: 'Unsupported URL scheme',
        pattern: /Unsupported URL scheme '[^'\n]{0,40}'/i,
        said: { means: 'invalid-url' },
        example: "WebSocketException: Unsupported URL scheme 'ftp'",
        explains: 'The address does not begin with ws: or wss:.',
      },
      {
        id: 'closed-before-header',
        needle: 'Connection closed before full header was received',
        pattern: /Connection closed before full header was received/i,
        said: { means: 'closed-before-answer' },
        example:
          'HttpException: Connection closed before full header was received, uri = https://app.example:0/ws',
        explains: 'The server closed TCP without an answer.',
      },
      {
        id: 'invalid-header',
        needle: 'Bad handshake',
        pattern:
          /\bBad response '[^'\n]{0,80}' header|Invalid or missing Sec-WebSocket-Accept|Bad (?:response )?handshake/i,
        said: { means: 'bad-101' },
        example: 'WebSocketException: Bad response Sec-WebSocket-Accept header. Bad handshake',
        explains: 'A 101 came whose headers are missing or wrong.',
      },
    ]),
  ],
})
