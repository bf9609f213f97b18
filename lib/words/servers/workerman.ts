import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const server = 'https://github.com/walkor/workerman/blob/master/src/Protocols/Websocket.php'

export default defineProgram({
  id: 'workerman',
  name: 'Workerman',
  mark: /\bworkerman\b/i,
  phrases: [
    ...phrasesOf(server, [
      {
        id: 'mask',
        needle: 'so close the connection',
        pattern: /\bframe (?:not )?masked so close the connection\b/,
        said: { means: 'frame' },
        example: 'frame not masked so close the connection',
        explains: 'A frame breaks RFC 6455: clients mask what they send, servers do not.',
      },
      {
        id: 'opcode',
        needle: 'and close websocket connection',
        pattern: /\berror opcode \d{1,3} and close websocket connection\b/,
        said: { means: 'frame' },
        example: 'error opcode 11 and close websocket connection. Buffer:8b80',
        explains: 'A frame has an opcode that RFC 6455 does not know.',
      },
      {
        id: 'too-big',
        needle: ['error package. package_length', 'WebSocket inflate data exceeds maxPackageSize limit'],
        pattern:
          /\berror package\. package_length=\d{1,15}\b|\bWebSocket inflate data exceeds maxPackageSize limit\b/,
        said: { means: 'too-big' },
        example: 'error package. package_length=20971520',
        explains: 'A frame is longer than TcpConnection::$maxPackageSize.',
      },
      {
        id: 'early-data',
        needle: 'recv data before handshake',
        pattern: /\brecv data before handshake\b/,
        said: { means: 'frame' },
        example: 'recv data before handshake. Buffer:8180',
        explains: 'Frames came before the handshake.',
      },
      {
        id: 'accept',
        needle: 'Sec-WebSocket-Accept not',
        pattern: /\bSec-WebSocket-Accept not match\. Header:/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Sec-WebSocket-Accept not match. Header:',
        explains: 'The 101 does not belong to this handshake.',
      },
      {
        id: 'no-accept',
        needle: 'Sec-WebSocket-Accept not found',
        pattern: /\bSec-WebSocket-Accept not found\. Header:/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'Sec-WebSocket-Accept not found. Header:',
        explains: 'The server answered, and not with a 101.',
      },
    ]),
  ],
})
