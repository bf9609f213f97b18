import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/warmcat/libwebsockets/blob/main/lib/roles/ws/client-ws.c'
const http = 'https://github.com/warmcat/libwebsockets/blob/main/lib/roles/http/client/client-http.c'

export default defineProgram({
  id: 'libwebsockets',
  name: 'libwebsockets',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'not-101',
        needle: 'HS: ws upgrade response',
        pattern: /\bHS: ws upgrade response not (?:101|200)\b/,
        said: { means: 'bad-answer' },
        example: 'HS: ws upgrade response not 101',
        explains: 'The handshake was answered, and not with 101.',
      },
      {
        id: 'bad-101',
        needle: 'HS: ',
        pattern:
          /\bHS: (?:ACCEPT missing|Accept hash wrong|UPGRADE (?:missing|malformed)|Upgrade to something other than websocket)/,
        said: { means: 'bad-101' },
        example: 'HS: ACCEPT missing',
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'protocol',
        pattern: /\bHS: (?:Cannot match protocol|PROTOCOL malformed)|\bws protocol no match\b/,
        said: { means: 'subprotocol' },
        example: 'HS: Cannot match protocol',
        explains: 'The server chose a subprotocol that the client did not offer or does not have.',
      },
      {
        id: 'extension',
        needle: 'HS: EXT: ',
        pattern: /\bHS: EXT: /,
        said: { means: 'extension' },
        example: 'HS: EXT: unknown ext',
        explains: 'The server chose an extension, or options of one, that the client does not take.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'redirect',
        needle: 'HS: Redirect',
        pattern: /\bHS: Redirect /,
        said: { means: 'redirect' },
        example: 'HS: Redirect code but no Location',
        explains: 'The server redirects the handshake, and the redirect leads nowhere.',
      },
      {
        id: 'hung-up',
        needle: 'Peer hung up',
        pattern: /\bPeer hung up\b/,
        said: { means: 'closed-before-answer' },
        example: 'Peer hung up',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'connect',
        needle: 'conn fail: ',
        pattern: /\bconn fail: (?:errno )?\d{1,3}\b/,
        said: { means: 'no-connection' },
        example: 'conn fail: 111',
        explains: 'TCP did not connect.',
      },
    ]),
  ],
})
