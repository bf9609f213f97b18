import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const xnet = 'https://github.com/golang/net/blob/master/websocket/websocket.go'
const gobwas = 'https://github.com/gobwas/ws/blob/master'
const check = `${gobwas}/check.go`

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
      {
        id: 'protocol-version',
        needle: 'websocket.Dial ',
        pattern:
          /\bwebsocket\.Dial \S{1,1000}: (?:bad protocol version|bad method|missing or bad WebSocket Version|unsupported extensions|not (?:implemented|supported))$/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'websocket.Dial ws://app.example/ws: missing or bad WebSocket Version',
        explains:
          'What was asked for, or what came back, is not what this library takes. The status of the answer is not printed.',
      },
      {
        id: 'origin',
        needle: 'WebSocket-Origin',
        pattern: /\bmissing or bad WebSocket-(?:Origin|Location)\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'websocket.Dial ws://app.example/ws: missing or bad WebSocket-Origin',
        explains: 'The answer’s headers do not belong to this handshake.',
      },
      {
        id: 'frames',
        needle: 'websocket.Dial ',
        pattern:
          /\bwebsocket\.Dial \S{1,1000}: (?:bad frame|not on frame boundary|bad (?:masking key|pong message|closing status))$/,
        said: { means: 'frame' },
        example: 'websocket.Dial ws://app.example/ws: bad frame',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'null-origin',
        needle: 'null origin',
        pattern: /^(?:[^\n]{0,40}: )?null origin$/,
        said: { means: 'origin-missing' },
        side: 'server',
        example: 'null origin',
        explains: 'The request has no Origin, and the library’s default server wants one. It answers 403.',
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
      {
        id: 'gobwas-answer',
        needle: 'Sec-WebSocket-Protocol" header',
        pattern: /\bunexpected (?:protocol|extensions) in "Sec-WebSocket-(?:Protocol|Extensions)" header/i,
        said: ([text]) => ({ means: text.includes('extensions') ? 'extension' : 'subprotocol' }),
        side: 'client',
        example: 'unexpected protocol in "Sec-WebSocket-Protocol" header',
        explains: 'The 101 names a subprotocol, or an extension, that was not asked for.',
      },
      {
        id: 'gobwas-scheme',
        needle: 'unexpected websocket scheme',
        pattern: /\bunexpected websocket scheme: "/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'unexpected websocket scheme: "http"',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'gobwas-status-alone',
        needle: 'unexpected http status',
        pattern: /^(?:[^\n]{0,60}: )?unexpected http status$/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'unexpected http status',
        explains: 'The handshake was answered with an HTTP status other than 101, which is not printed here.',
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
      {
        id: 'gobwas-request',
        needle: 'HTTP request',
        pattern: /\bbad HTTP request (?:protocol version|method)\b|\bmalformed HTTP request\b/,
        said: ([text]) => ({ means: text.includes('version') ? 'http-version' : 'plain-request' }),
        side: 'server',
        example: 'bad HTTP request protocol version',
        explains:
          'The request is not a GET over HTTP/1.1: a proxy that speaks HTTP/1.0 to backends, a health check, or no HTTP at all.',
      },
      {
        id: 'gobwas-hijacker',
        needle: 'is not a http.Hijacker',
        pattern: /\bgiven http\.ResponseWriter is not a http\.Hijacker\b/,
        said: { means: 'no-websocket-support' },
        side: 'server',
        example: 'given http.ResponseWriter is not a http.Hijacker',
        explains:
          'A middleware wraps the ResponseWriter and does not hand over the connection, or the request came over HTTP/2.',
      },
    ]),
    ...phrasesOf(check, [
      {
        id: 'gobwas-frames',
        needle: 'frame',
        pattern:
          /\bcontrol frame payload (?:limit exceeded|overflow)\b|\bcontrol frame is not final\b|\bunexpected (?:non-)?continuation data frame\b|\bframes from (?:client to server must be masked|server to client must be not masked)\b|\bheader error: (?:the most significant bit must be 0|unexpected payload length bits)(?= |$)/,
        said: { means: 'frame' },
        example: 'frames from client to server must be masked',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'gobwas-bits',
        needle: 'rsv bits',
        pattern: /\bnon-zero rsv bits with no extension negotiated\b/,
        said: { means: 'frame' },
        example: 'non-zero rsv bits with no extension negotiated',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'gobwas-status-codes',
        needle: 'status code ',
        pattern:
          /\bstatus code (?:is not in use|is only application level|has no meaning yet|is not defined in spec)\b/,
        said: { means: 'frame' },
        example: 'status code is only application level',
        explains: 'The other end’s Close frame has a code that may not be sent.',
      },
      {
        id: 'gobwas-op-code',
        needle: 'use of reserved op code',
        pattern: /\buse of reserved op code\b/,
        said: { means: 'frame' },
        example: 'use of reserved op code',
        explains: 'A frame breaks the protocol.',
      },
    ]),
  ],
})
