import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const socket = 'https://github.com/qt/qtwebsockets/blob/dev/src/websockets/qwebsocket_p.cpp'

export default defineProgram({
  id: 'qt',
  name: 'Qt WebSockets',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'status',
        needle: 'Unhandled http status code',
        pattern: /\bQWebSocketPrivate::processHandshake: Unhandled http status code: (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'QWebSocketPrivate::processHandshake: Unhandled http status code: 403 (Forbidden).',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'no-answer',
        needle: 'while reading header',
        pattern: /\bQWebSocketPrivate::processHandshake: Connection closed while reading header\b/,
        said: { means: 'closed-before-answer' },
        example: 'QWebSocketPrivate::processHandshake: Connection closed while reading header.',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'not-http',
        needle: 'Invalid statusline',
        pattern: /\bInvalid statusline in response: /,
        said: { means: 'not-http' },
        example: 'QWebSocketPrivate::processHandshake: Invalid statusline in response: SSH-2.0-OpenSSH_9.2',
        explains: 'What came back is no HTTP.',
      },
      {
        id: 'bad-101',
        needle: 'protocol upgrade',
        pattern:
          /\bAccept-Key received from server\b|\bInvalid parameter encountered during protocol upgrade: /,
        said: { means: 'bad-101' },
        example: 'Invalid parameter encountered during protocol upgrade: Accept-key size: 0',
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'has chosen protocol',
        pattern: /\bWebSocket server has chosen protocol \S{0,60} which has not been requested\b/,
        said: { means: 'subprotocol' },
        example: 'WebSocket server has chosen protocol chat which has not been requested',
        explains: 'The server chose a subprotocol that the client did not offer.',
      },
    ]),
  ],
})
