import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'dotnet-websocket',
  name: '.NET ClientWebSocket and Kestrel',
  side: 'client',
  mark: /\bSystem\.Net\.WebSockets\b|\bWebSocketException\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.WebSockets.Client/src/Resources/Strings.resx',
      [
        {
          id: 'status',
          needle: 'The server returned status code',
          pattern: /The server returned status code '(\d{3})' when status code '(?:101|200)' was expected/i,
          said: ([, status]) => saidOfStatus(status),
          example:
            "System.Net.WebSockets.WebSocketException (0x80004005): The server returned status code '403' when status code '101' was expected.",
          explains: 'The server answered the handshake with this HTTP status in place of 101.',
        },
        {
          id: 'header',
          needle: 'header value',
          pattern:
            /The '(?:Upgrade|Connection|Sec-WebSocket-Accept)' header value '[^'\n]{0,80}' is invalid/i,
          said: { means: 'bad-101' },
          example:
            "System.Net.WebSockets.WebSocketException: The 'Connection' header value 'keep-alive' is invalid.",
          explains: 'A 101 came whose headers are missing or wrong.',
        },
        {
          id: 'subprotocol',
          needle: 'The WebSocket client request requested',
          pattern:
            /The WebSocket client request requested '[^'\n]{0,200}' protocol\(s\), but server is only accepting '[^'\n]{0,200}' protocol\(s\)/i,
          said: { means: 'subprotocol' },
          example:
            "System.Net.WebSockets.WebSocketException: The WebSocket client request requested 'chat' protocol(s), but server is only accepting '' protocol(s).",
          explains: 'The server agreed to none of the subprotocols that were asked for.',
        },
        {
          id: 'unable',
          needle: 'Unable to connect to the remote server',
          pattern: /\bUnable to connect to the remote server\b/i,
          said: { means: 'never-opened' },
          example:
            'System.Net.WebSockets.WebSocketException (0x80004005): Unable to connect to the remote server',
          explains: 'The connection never opened. The inner exception has the reason.',
        },
      ],
    ),
    ...phrasesOf(
      'https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.WebSockets/src/Resources/Strings.resx',
      [
        {
          id: 'premature',
          needle: 'without completing the close handshake',
          pattern: /The remote party closed the WebSocket connection without completing the close handshake/i,
          said: { means: 'dropped' },
          example:
            'System.Net.WebSockets.WebSocketException (0x80004005): The remote party closed the WebSocket connection without completing the close handshake.',
          explains: 'It was open, and the other end ended TCP without a Close frame.',
        },
        {
          id: 'keepalive',
          needle: 'a Pong frame in response',
          pattern:
            /The WebSocket didn't receive(?:d)? a Pong frame in response to a Ping frame within the configured KeepAliveTimeout/i,
          said: { means: 'ping-timeout' },
          example:
            "System.Net.WebSockets.WebSocketException: The WebSocket didn't receive a Pong frame in response to a Ping frame within the configured KeepAliveTimeout.",
          explains: 'This side’s own ping had no answer within KeepAliveTimeout.',
        },
        {
          id: 'invalid-state',
          needle: 'The WebSocket is in an invalid state',
          pattern: /The WebSocket is in an invalid state \('(\w{1,20})'\) for this operation/i,
          said: { means: 'lost' },
          example:
            "System.Net.WebSockets.WebSocketException (0x80004005): The WebSocket is in an invalid state ('Aborted') for this operation. Valid states are: 'Open, CloseReceived'",
          explains: 'The program used a connection that had ended. Why it ended is printed before.',
        },
        {
          id: 'frame',
          needle: 'The WebSocket received a frame',
          pattern:
            /The WebSocket (?:server|client) (?:sent|received) (?:a masked|an unmasked|an invalid) frame|The WebSocket received (?:a frame with|a continuation frame|compressed frame|an? (?:unknown|invalid))/i,
          said: { means: 'frame' },
          example:
            'System.Net.WebSockets.WebSocketException: The WebSocket received a frame with one or more reserved bits set.',
          explains: 'A frame broke the protocol.',
        },
      ],
    ),
  ],
})
