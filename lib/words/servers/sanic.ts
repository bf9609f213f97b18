import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const sockets = 'https://github.com/sanic-org/sanic/blob/main/sanic/server/websockets/impl.py'
const handshake = 'https://github.com/sanic-org/sanic/blob/main/sanic/server/protocols/websocket_protocol.py'

export default defineProgram({
  id: 'sanic',
  name: 'Sanic',
  side: 'server',
  mark: /\bsanic(?:\.|\b)/,
  phrases: [
    ...phrasesOf(sockets, [
      {
        id: 'pong-late',
        needle: 'waiting for pong',
        pattern: /\bWebsocket timed out waiting for pong\b/,
        said: { means: 'ping-timeout' },
        example: '[WARNING] Websocket timed out waiting for pong',
        explains: 'A ping was not answered within WEBSOCKET_PING_TIMEOUT, and Sanic closes with 1011.',
      },
      {
        id: 'closed',
        needle: 'websocket interface',
        pattern: /\bCannot (?:receive from|write to|send a ping when the) websocket interface\b[^\n]{0,40}/,
        said: { means: 'lost' },
        example: 'sanic.exceptions.WebsocketClosed: Cannot write to websocket interface after it is closed.',
        explains: 'The program uses a connection that has ended.',
      },
      {
        id: 'tcp-left-open',
        needle: 'waiting for TCP connection to close',
        pattern: /\bTimeout waiting for TCP connection to close\. Aborting\b/,
        said: { means: 'close-unanswered' },
        example: 'Timeout waiting for TCP connection to close. Aborting',
        explains: 'The Close frame was sent, and the other end did not end TCP.',
      },
    ]),
    ...phrasesOf(handshake, [
      {
        id: 'failed',
        needle: 'Failed to open a WebSocket connection',
        pattern: /\bFailed to open a WebSocket connection\.\s{0,4}See server log for more information\b/,
        said: { means: 'bad-answer' },
        example: 'Failed to open a WebSocket connection. See server log for more information.',
        explains: 'The body of Sanic’s refusal: its log has the reason.',
      },
      {
        id: 'header-too-large',
        needle: 'Request header exceeds',
        pattern: /\bRequest header exceeds the size limit\b/,
        said: { means: 'request-too-large', status: 413 },
        example: 'Request header exceeds the size limit',
        explains: 'The headers of the request, mostly cookies, are longer than REQUEST_MAX_HEADER_SIZE.',
      },
    ]),
  ],
})
