import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://github.com/uNetworking/uWebSockets/blob/master/src/WebSocketProtocol.h'
const pages = 'https://github.com/uNetworking/uWebSockets/blob/master/src/HttpErrors.h'
const bun = 'https://bun.com/docs/api/websockets'

export default defineProgram({
  id: 'uwebsockets',
  name: 'uWebSockets, Bun and hyper-express',
  side: 'server',
  mark: /\buWebSockets\b|\bBun\b/,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'too-big',
        needle: 'too big message',
        pattern: /\bReceived too big message\b(?:, or other inflation error)?/,
        said: { means: 'too-big' },
        example: 'Received too big message',
        explains: 'A message is longer than maxPayloadLength: 16 KiB in uWebSockets, 16 MiB in Bun.',
      },
      {
        id: 'dropped',
        needle: 'TCP FIN before',
        pattern: /\bReceived TCP FIN before WebSocket close frame\b/,
        said: { means: 'dropped' },
        example: 'Received TCP FIN before WebSocket close frame',
        explains: 'The client, or a device on the way, ended TCP without a Close frame.',
      },
      {
        id: 'frame',
        needle: 'Received invalid',
        pattern: /\bReceived invalid (?:WebSocket frame|close payload)\b/,
        said: { means: 'frame' },
        example: 'Received invalid WebSocket frame',
        explains: 'A frame breaks RFC 6455.',
      },
      {
        id: 'utf8',
        needle: 'Received invalid UTF-8',
        pattern: /\bReceived invalid UTF-8\b/,
        said: { means: 'invalid-utf8' },
        example: 'Received invalid UTF-8',
        explains: 'A text message is not UTF-8.',
      },
      {
        id: 'idle',
        needle: 'timed out from inactivity',
        pattern: /\bWebSocket timed out from inactivity\b/,
        said: { means: 'idle-timeout' },
        example: 'WebSocket timed out from inactivity',
        explains: 'The client sent nothing, and answered no ping, for idleTimeout: 120 s unless it was set.',
      },
    ]),
    ...phrasesOf(pages, [
      {
        id: 'http-version',
        needle: 'does not support HTTP/1.0',
        pattern: /\bThis server does not support HTTP\/1\.0\b/,
        said: { means: 'http-version', status: 505 },
        example:
          '<h1>HTTP Version Not Supported</h1><p>This server does not support HTTP/1.0.</p><hr><i>uWebSockets/20 Server</i>',
        explains: 'The request came as HTTP/1.0. A proxy before this server has to speak HTTP/1.1 to it.',
      },
      {
        id: 'header-too-large',
        needle: 'uWebSockets',
        pattern: /\bRequest Header Fields Too Large<[^\n]{0,40}\buWebSockets\b/,
        said: { means: 'request-too-large', status: 431 },
        example: '<h1>Request Header Fields Too Large</h1><hr><i>uWebSockets/20 Server</i>',
        explains: 'The headers of the request, mostly cookies, are longer than 4 KiB.',
      },
    ]),
    ...phrasesOf(bun, [
      {
        id: 'not-enabled',
        needle: 'websocket',
        pattern: /\bTo enable websocket support, set the "websocket" object in Bun\.serve\b/,
        said: { means: 'no-websocket-support' },
        example: 'To enable websocket support, set the "websocket" object in Bun.serve({})',
        explains: 'server.upgrade() was called, and Bun.serve() has no websocket handlers.',
      },
    ]),
  ],
})
