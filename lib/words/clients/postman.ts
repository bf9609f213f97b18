import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const documentation = 'https://learning.postman.com/docs/sending-requests/websocket/websocket/'

export default defineProgram({
  id: 'postman',
  name: 'Postman',
  side: 'client',
  phrases: [
    ...phrasesOf(documentation, [
      {
        id: 'could-not-connect',
        needle: 'Could not connect to ',
        pattern: /\bCould not connect to (wss?:\/\/[!-~]{1,1900})/,
        said: ([, url = '']) => ({ means: 'never-opened', url }),
        example: 'Could not connect to wss://app.example/ws',
        explains: 'The connection failed before it opened. The row opens, and its details have the error.',
      },
      {
        id: 'disconnected',
        needle: 'Disconnected from ',
        pattern: /\bDisconnected from (wss?:\/\/[!-~]{1,1900})/,
        said: ([, url = '']) => ({ means: 'lost', url }),
        example: 'Disconnected from wss://app.example/ws',
        explains: 'The connection ended. The row opens, and its details have the close code.',
      },
      {
        id: 'connected',
        needle: 'Connected to ',
        pattern: /(?<![a-z] )\bConnected to (wss?:\/\/[!-~]{1,1900})/,
        said: ([, url = '']) => ({ means: 'opened', url }),
        example: 'Connected to wss://app.example/ws',
        explains: 'The WebSocket opened.',
      },
    ]),
  ],
})
