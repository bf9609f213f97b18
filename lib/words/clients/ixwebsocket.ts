import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const handshake =
  'https://github.com/machinezone/IXWebSocket/blob/master/ixwebsocket/IXWebSocketHandshake.cpp'

export default defineProgram({
  id: 'ixwebsocket',
  name: 'IXWebSocket',
  side: 'client',
  phrases: [
    ...phrasesOf(handshake, [
      {
        id: 'status',
        needle: 'Expecting status 101',
        pattern: /\bExpecting status 101 \(Switching Protocol\), got (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'Expecting status 101 (Switching Protocol), got 403 status connecting to wss://app.example/ws, HTTP Status line: HTTP/1.1 403 Forbidden',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'not-http',
        needle: 'Rejecting connection to',
        pattern: /\bExpecting HTTP\/1\.1, got \S{0,60} Rejecting connection to\b/,
        said: { means: 'not-http' },
        example: 'Expecting HTTP/1.1, got SSH-2.0. Rejecting connection to ws://app.example:22, status: 0',
        explains: 'What came back is no HTTP/1.1.',
      },
      {
        id: 'no-answer',
        needle: 'Failed reading HTTP status line',
        pattern: /\bFailed reading HTTP status line from\b/,
        said: { means: 'closed-before-answer' },
        example: 'Failed reading HTTP status line from ws://app.example/ws',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'bad-101',
        needle: 'value',
        pattern:
          /\b(?:Missing connection value|Invalid connection value: |Invalid Sec-WebSocket-Accept value)/,
        said: { means: 'bad-101' },
        example: 'Invalid Sec-WebSocket-Accept value',
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
    ]),
  ],
})
