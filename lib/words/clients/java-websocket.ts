import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

export default defineProgram({
  id: 'java-websocket',
  name: 'Java-WebSocket',
  side: 'client',
  mark: /\borg\.java_websocket\b|\bonClose code=|\bWebSocketClient\b/,
  phrases: [
    ...phrasesOf(
      'https://github.com/TooTallNate/Java-WebSocket/blob/master/src/main/java/org/java_websocket/drafts/Draft_6455.java',
      [
        {
          id: 'invalid-status',
          needle: 'Invalid status code received',
          pattern: /Invalid status code received: (\d{3})(?: Status line: [^\n]{0,120}\d)?/i,
          said: ([, status]) => saidOfStatus(status),
          example:
            'onClose code=1002 reason=Invalid status code received: 404 Status line: HTTP/1.1 404 Not Found remote=false',
          explains:
            'The server answered the handshake with this HTTP status. 1002 is what this library reports for it, and was never sent.',
        },
        {
          id: 'handshake-refused',
          needle: 'refuses handshake',
          pattern:
            /\bdraft \S{1,200} refuses handshake|The connection was closed because the other endpoint did not respond with|refuses handshake/i,
          said: { means: 'bad-101' },
          example:
            'onClose code=1002 reason=draft org.java_websocket.drafts.Draft_6455@1a2b refuses handshake remote=false',
          explains:
            'The 101 was not acceptable: an accept value, a subprotocol or an extension that does not fit.',
        },
        {
          id: 'rsv',
          needle: 'bad rsv',
          pattern: /\bbad rsv RSV1?: \w{1,8}/i,
          said: { means: 'frame' },
          example: 'onClose code=1002 reason=bad rsv RSV1: true RSV2: false RSV3: false remote=false',
          explains: 'A frame had a reserved bit set. Compression that was not agreed does that.',
        },
      ],
    ),
    ...phrasesOf(
      'https://github.com/TooTallNate/Java-WebSocket/blob/master/src/main/java/org/java_websocket/AbstractWebSocket.java',
      [
        {
          id: 'no-pong',
          needle: 'did not respond with a pong',
          pattern:
            /The connection was closed because the other endpoint did not respond with a pong in time/i,
          said: { means: 'ping-timeout' },
          example:
            'onClose code=1006 reason=The connection was closed because the other endpoint did not respond with a pong in time. remote=false',
          explains:
            'This library’s own ping had no answer within connectionLostTimeout (60 s by default), so it ended the connection.',
        },
        {
          id: 'never-connected',
          needle: 'code=-1',
          pattern: /\bcode=-1\b|\bcode -1\b/i,
          said: { means: 'never-opened' },
          example: 'onClose code=-1 reason=Connection refused: connect remote=false',
          explains:
            '-1 is this library’s code for a connection that never opened. The reason names the mechanism.',
        },
      ],
    ),
  ],
})
