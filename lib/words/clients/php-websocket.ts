import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const pawl = 'https://github.com/ratchetphp/Pawl/blob/master/src/Connector.php'
const textalk = 'https://github.com/sirn-se/websocket-php/blob/v3-main/src/Client.php'

export default defineProgram({
  id: 'php-websocket',
  name: 'PHP clients (Pawl, websocket-php)',
  side: 'client',
  phrases: [
    ...phrasesOf(pawl, [
      {
        id: 'closed',
        needle: 'closed before handshake',
        pattern: /\bConnection closed before handshake\b/,
        said: { means: 'closed-before-answer' },
        example: 'Connection closed before handshake',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'subprotocol',
        needle: 'Sec-WebSocket-Protocol',
        pattern: /\bServer did not respond with an expected Sec-WebSocket-Protocol\b/,
        said: { means: 'subprotocol' },
        example: 'Server did not respond with an expected Sec-WebSocket-Protocol',
        explains: 'The server chose no subprotocol, or one that was not offered.',
      },
      {
        id: 'dropped',
        needle: 'Underlying connection closed',
        pattern: /\bUnderlying connection closed\b/,
        said: { means: 'dropped' },
        example: 'Connection closed (1006 - Underlying connection closed)',
        explains: 'The open connection ended without a Close frame.',
      },
    ]),
    ...phrasesOf(textalk, [
      {
        id: 'status',
        needle: 'Invalid status code ',
        pattern: /\bInvalid status code (\d{3})\.?$/,
        said: ([, status]) => saidOfStatus(status),
        example: 'WebSocket\\Exception\\HandshakeException: Invalid status code 403.',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'bad-answer',
        needle: 'invalid upgrade response',
        pattern: /\bServer sent (?:invalid|bad) upgrade response\b/,
        said: { means: 'bad-answer' },
        example: "Connection to 'ws://app.example/ws' failed: Server sent invalid upgrade response.",
        explains: 'The answer is no 101 with an accept key.',
      },
      {
        id: 'dropped-read',
        needle: 'connection dead?',
        pattern: /\bEmpty read; connection dead\?/,
        said: { means: 'dropped' },
        example: 'Empty read; connection dead?',
        explains: 'The open connection ended without a Close frame.',
      },
    ]),
  ],
})
