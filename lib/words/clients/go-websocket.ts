import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const xnet = 'https://github.com/golang/net/blob/master/websocket/websocket.go'
const gobwas = 'https://github.com/gobwas/ws/blob/master'

export default defineProgram({
  id: 'go-websocket',
  name: 'golang.org/x/net/websocket and gobwas/ws (Go)',
  mark: /\bwebsocket\.Dial \S{1,2048}: |\bws closed: \d{4}|\bhandshake error: bad "/,
  phrases: [
    ...phrasesOf(xnet, [
      {
        id: 'bad-status',
        needle: 'websocket.Dial ',
        pattern: /\bwebsocket\.Dial \S{1,2048}: bad status\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'websocket.Dial wss://app.example/ws: bad status',
        explains: 'The server did not answer with 101. This package leaves the status out.',
      },
      {
        id: 'bad-101',
        needle: 'websocket.Dial ',
        pattern:
          /\bwebsocket\.Dial \S{1,2048}: (?:missing or bad upgrade|mismatch challenge\/response|unexpected challenge)/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'websocket.Dial wss://app.example/ws: missing or bad upgrade',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'websocket.Dial ',
        pattern: /\bwebsocket\.Dial \S{1,2048}: (?:missing or )?bad WebSocket-Protocol\b/i,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'websocket.Dial wss://app.example/ws: missing or bad WebSocket-Protocol',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'bad-scheme',
        needle: 'websocket.Dial ',
        pattern: /\bwebsocket\.Dial \S{1,2048}: (?:bad scheme|invalid URI)/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'websocket.Dial http://app.example/ws: bad scheme',
        explains: 'The address does not begin with ws:// or wss://.',
      },
      {
        id: 'no-answer',
        needle: 'websocket.Dial ',
        pattern: /\bwebsocket\.Dial \S{1,2048}: (?:unexpected )?EOF\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'websocket.Dial ws://app.example/ws: EOF',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'too-big',
        needle: 'websocket: frame payload size exceeds limit',
        pattern: /\bwebsocket: frame payload size exceeds limit\b/,
        said: { means: 'too-big' },
        example: 'websocket: frame payload size exceeds limit',
        explains: 'A message is larger than this end’s own MaxPayloadBytes (32 MiB).',
      },
      {
        id: 'not-websocket',
        needle: 'not websocket protocol',
        pattern: /(?:^|: )not websocket protocol$/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'not websocket protocol',
        explains: 'The request has no Upgrade: websocket and Connection: Upgrade. The server answers 400.',
      },
    ]),
    ...phrasesOf(`${gobwas}/dialer.go`, [
      {
        id: 'gobwas-status',
        needle: 'unexpected HTTP response status',
        pattern: /\bunexpected HTTP response status: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'unexpected HTTP response status: 403',
        explains: 'gobwas/ws: the server answered the handshake with this status in place of 101.',
      },
    ]),
    ...phrasesOf(`${gobwas}/wsutil/handler.go`, [
      {
        id: 'gobwas-closed',
        needle: 'ws closed: ',
        pattern: /\bws closed: (\d{4}) ?([^\n]{0,123})/,
        said: ([, code, reason = '']) => ({
          means: 'close',
          close: { code: Number(code), reason: reason.trim(), way: 'received' },
        }),
        example: 'ws closed: 1001 going away',
        explains: 'gobwas/ws: the other end closed the connection with this code and reason.',
      },
    ]),
    ...phrasesOf(`${gobwas}/http.go`, [
      {
        id: 'gobwas-upgrade',
        needle: 'handshake error: bad "',
        pattern: /\bhandshake error: bad "(?:Upgrade|Connection)" header/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'handshake error: bad "Upgrade" header',
        explains: 'gobwas/ws: the request has no Upgrade: websocket and Connection: Upgrade.',
      },
      {
        id: 'gobwas-header',
        needle: 'handshake error: bad "',
        pattern: /\bhandshake error: bad "Sec-WebSocket-(?:Key|Version|Accept)" header/i,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'handshake error: bad "Sec-WebSocket-Version" header',
        explains: 'gobwas/ws: a header that belongs to the handshake is missing or wrong.',
      },
      {
        id: 'gobwas-protocol',
        needle: 'handshake error: bad ',
        pattern: /\bhandshake error: bad HTTP (?:protocol version|request method)/,
        said: { means: 'http-version' },
        side: 'server',
        example: 'handshake error: bad HTTP protocol version',
        explains:
          'gobwas/ws: the request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
      },
    ]),
  ],
})
