import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/tokio-rs/axum/blob/main/axum/src/extract/ws.rs'

export default defineProgram({
  id: 'axum',
  name: 'axum and warp',
  side: 'server',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'connection',
        needle: 'Connection header did not include',
        pattern: /\bConnection header did not include 'upgrade'/,
        said: { means: 'upgrade-missing' },
        example: "Connection header did not include 'upgrade'",
        explains: 'The request has no Connection: Upgrade.',
      },
      {
        id: 'upgrade',
        needle: [
          'header did not include',
          'Missing request header upgrade',
          'Missing request header "upgrade',
        ],
        pattern: /`Upgrade` header did not include 'websocket'|\bMissing request header "?upgrade\b/i,
        said: { means: 'upgrade-missing' },
        example: "`Upgrade` header did not include 'websocket'",
        explains: 'The request has no Upgrade: websocket.',
      },
      {
        id: 'header',
        needle: 'Sec-WebSocket-',
        pattern: /`Sec-WebSocket-Version` header did not include '13'|`Sec-WebSocket-Key` header missing/,
        said: { means: 'handshake-header' },
        example: '`Sec-WebSocket-Key` header missing',
        explains: 'Sec-WebSocket-Key or Sec-WebSocket-Version is missing or not acceptable.',
      },
    ]),
  ],
})
