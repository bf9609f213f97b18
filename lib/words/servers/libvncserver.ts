import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const sockets = 'https://github.com/LibVNC/libvncserver/blob/master/src/libvncserver/websockets.c'
const server = 'https://github.com/LibVNC/libvncserver/blob/master/src/libvncserver/rfbserver.c'
const kasm = 'https://github.com/kasmtech/KasmVNC/blob/master/common/network/websocket.c'

export default defineProgram({
  id: 'libvncserver',
  name: 'libvncserver, x11vnc and KasmVNC',
  side: 'server',
  mark: /\brfbProcess\w{1,40}:|\bwebSocketsHandshake:|\bWebSockets handshake\b/,
  phrases: [
    ...phrasesOf(sockets, [
      {
        id: 'opened',
        needle: 'WebSockets handshake',
        pattern: /\bGot '(?:ws|wss)' WebSockets handshake\b/,
        said: { means: 'opened' },
        example: "01/05/2026 10:00:00 Got 'ws' WebSockets handshake",
        explains: 'A client asked for a WebSocket.',
      },
      {
        id: 'not-a-handshake',
        needle: 'webSocketsHandshake: ',
        pattern:
          /\bwebSocketsHandshake: (?:incomplete client handshake|client gone|unknown connection error|header read timeout)/i,
        said: { means: 'lost', phase: 'handshake' },
        example: 'webSocketsHandshake: incomplete client handshake',
        explains: 'The request ended before it was whole.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'client-gone',
        needle: 'client gone',
        pattern: /\brfb\w{1,60}: client gone\b/,
        said: { means: 'ended' },
        example: '01/05/2026 10:01:00 rfbProcessClientNormalMessage: client gone',
        explains: 'TCP ended. It is printed for those who leave, too.',
      },
      {
        id: 'gone',
        needle: 'Client ',
        pattern: /\bClient [\d.:a-fA-F]{3,45} gone\b/,
        said: { means: 'ended' },
        example: '01/05/2026 10:01:00 Client 192.0.2.7 gone',
        explains: 'A client is gone. It is printed for every one.',
      },
    ]),
    ...phrasesOf(kasm, [
      {
        id: 'checks-failed',
        needle: 'failed websocket checks',
        pattern: /\brequest failed websocket checks, not a GET request, or missing Upgrade header\b/,
        said: { means: 'upgrade-missing' },
        example:
          'websocket 2: /websockify request failed websocket checks, not a GET request, or missing Upgrade header',
        explains: 'The request has no Upgrade: websocket. A proxy left it out, or it is plain HTTP.',
      },
      {
        id: 'basic-auth',
        needle: 'Basic auth required',
        pattern: /\bAuthentication attempt failed, Basic auth required, but client didn't send any\b/i,
        said: { means: 'unauthorized', status: 401 },
        example: "Authentication attempt failed, Basic auth required, but client didn't send any",
        explains: 'The handshake came without a user and a password, and was answered 401.',
      },
    ]),
  ],
})
