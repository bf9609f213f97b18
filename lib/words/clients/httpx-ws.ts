import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const exceptions = 'https://github.com/frankie567/httpx-ws/blob/main/httpx_ws/_exceptions.py'

export default defineProgram({
  id: 'httpx-ws',
  name: 'httpx-ws (Python)',
  side: 'client',
  phrases: [
    ...phrasesOf(exceptions, [
      {
        id: 'not-upgraded',
        needle: 'WebSocketUpgradeError',
        pattern: /\bhttpx_ws(?:\._exceptions)?\.WebSocketUpgradeError\b/,
        said: { means: 'bad-answer' },
        example: 'httpx_ws._exceptions.WebSocketUpgradeError',
        explains: 'The handshake was answered, and not with 101. The exception has the answer in `response`.',
      },
      {
        id: 'disconnected',
        needle: 'WebSocketDisconnect',
        pattern: /\bhttpx_ws(?:\._exceptions)?\.WebSocketDisconnect: \((\d{4}), (?:'([^'\n]{0,123})'|None)\)/,
        said: ([, code, reason]) => ({
          means: 'close',
          close: { code: Number(code), reason: reason ?? '', way: 'received' },
        }),
        example: "httpx_ws._exceptions.WebSocketDisconnect: (1011, 'internal error')",
        explains: 'The server sent a Close frame with this code.',
      },
      {
        id: 'network',
        needle: 'WebSocketNetworkError',
        pattern: /\bhttpx_ws(?:\._exceptions)?\.WebSocketNetworkError\b/,
        said: { means: 'dropped' },
        example: 'httpx_ws._exceptions.WebSocketNetworkError',
        explains: 'The open connection ended without a Close frame.',
      },
    ]),
  ],
})
