import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const upgrade = 'https://github.com/mattermost/mattermost/blob/master/server/channels/api4/websocket.go'
const conn = 'https://github.com/mattermost/mattermost/blob/master/server/channels/app/platform/web_conn.go'

export default defineProgram({
  id: 'mattermost',
  name: 'Mattermost',
  side: 'server',
  mark: /\bapi4\/websocket\.go\b|\bplatform\/web_(?:conn|hub)\.go\b|\bURL Blocked because of CORS\b/,
  phrases: [
    ...phrasesOf(upgrade, [
      {
        id: 'origin',
        needle: 'URL Blocked because of CORS',
        pattern: /\bURL Blocked because of CORS\b/,
        // The same words come with any other fault of the handshake.
        said: { means: 'origin-refused', status: 400, unsure: true },
        example: 'URL Blocked because of CORS. Url: https://chat.example',
        explains:
          'Mattermost answered 400: the Origin is neither SiteURL nor in AllowCorsFrom. Where the address behind “Url:” is empty, the handshake failed for another reason, such as a proxy that left out Upgrade.',
      },
    ]),
    ...phrasesOf(conn, [
      {
        id: 'read-ended',
        needle: 'websocket.NextReader: ',
        pattern: /\bwebsocket\.NextReader: (?:closing|client side closed) (?:web)?socket\b/,
        said: { means: 'nothing-said' },
        example: 'websocket.NextReader: closing websocket',
        explains: 'Reading ended. The error beside it says how.',
      },
      {
        id: 'slow',
        needle: ['websocket.slow: ', 'websocket.full: '],
        pattern: /\bwebsocket\.(?:slow|full): (?:dropping message|closing)/,
        said: { means: 'not-reading' },
        example: 'websocket.slow: dropping message',
        explains: 'The client takes its messages too slowly, and its queue at the server is full.',
      },
    ]),
  ],
})
