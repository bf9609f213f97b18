import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const repository = 'https://github.com/gorilla/websocket/blob/main'
const connection = `${repository}/conn.go`
const client = `${repository}/client.go`
const server = `${repository}/server.go`

export default defineProgram({
  id: 'gorilla',
  name: 'gorilla/websocket and fasthttp/websocket (Go)',
  mark: /\bwebsocket: /,
  phrases: [
    ...phrasesOf(connection, [
      {
        id: 'dropped',
        needle: 'websocket: close 1006',
        pattern: /\bwebsocket: close 1006 \(abnormal closure\)(?:: unexpected EOF)?/,
        said: { means: 'dropped', close: { code: 1006, reason: '' } },
        example: 'read: websocket: close 1006 (abnormal closure): unexpected EOF',
        explains: 'The connection was open, and TCP ended without a Close frame.',
      },
      {
        id: 'closed',
        needle: 'websocket: close ',
        pattern: /\bwebsocket: close (?!1006)(\d{4})(?: \([^()\n]{1,60}\))?(?:: ([^\n"]{0,123}))?/,
        said: ([, code, reason]) => ({
          means: 'close',
          close: { code: Number(code), reason: reason?.trim() ?? '', way: 'received' },
        }),
        example: 'read: websocket: close 1001 (going away)',
        explains:
          'The other end closed the connection with this code and reason. 1005: its Close frame had none.',
      },
      {
        id: 'close-sent',
        needle: ['websocket: close sent', 'websocket: write closed'],
        pattern: /\bwebsocket: (?:close sent|write closed)\b/,
        said: { means: 'lost', phase: 'open', isOwnEnd: true },
        example: 'websocket: close sent',
        explains: 'The program wrote after it had sent its own Close frame, or answered one.',
      },
      {
        id: 'read-limit',
        needle: 'websocket: read limit exceeded',
        pattern: /\bwebsocket: read limit exceeded\b/,
        said: { means: 'too-big' },
        example: 'websocket: read limit exceeded',
        explains: 'A message is larger than this end’s own SetReadLimit. It closes with 1009.',
      },
      {
        id: 'write-timeout',
        needle: 'websocket: write timeout',
        pattern: /\bwebsocket: write timeout\b/,
        said: { means: 'not-reading' },
        example: 'websocket: write timeout',
        explains: 'The other end did not take what was sent before the program’s own write deadline.',
      },
      {
        id: 'protocol-error',
        needle: 'websocket: ',
        pattern:
          /\bwebsocket: (?:[\w >]{1,60}, )?(?:bad opcode \d{1,3}|RSV[123] set|bad MASK|incorrect mask flag|MASK (?:not )?set|len > 125 for control|FIN not set on control|data before FIN|continuation after FIN|bad close code \d|invalid control frame|unexpected reserved bits|unknown opcode|invalid payload length|final flag not set|message start before final|control frame (?:not final|length)|invalid close payload)/,
        said: { means: 'frame' },
        example: 'websocket: bad opcode 7',
        explains: 'A frame breaks the protocol. gorilla closes with 1002.',
      },
      {
        id: 'invalid-utf8',
        needle: 'websocket: invalid utf8',
        pattern: /\bwebsocket: invalid utf8 payload in close frame\b/,
        said: { means: 'invalid-utf8' },
        example: 'websocket: invalid utf8 payload in close frame',
        explains: 'The reason of a Close frame is not UTF-8.',
      },
      {
        id: 'concurrent-write',
        needle: 'concurrent write to websocket connection',
        pattern: /(?:^|(?<!http: )\b)(panic: )?\bconcurrent write to websocket connection\b/,
        // Nobody caught it: Go ends the process over it.
        said: ([, uncaught]) =>
          uncaught === undefined
            ? { means: 'handler-failed', phase: 'open', unsure: true, isOverlapping: true }
            : { means: 'process-ended', unsure: true, isOverlapping: true },
        example: 'panic: concurrent write to websocket connection',
        explains:
          'Two goroutines of the program wrote at once, and it panicked. One writer at a time is allowed. Where nothing recovers, the process ends, and all its connections with it.',
      },
      {
        id: 'repeated-read',
        needle: 'repeated read on failed websocket connection',
        pattern: /\brepeated read on failed websocket connection\b/,
        said: { means: 'lost' },
        example: 'panic: repeated read on failed websocket connection',
        explains: 'The program went on reading after the connection had failed. The first error says why.',
      },
      {
        id: 'invalid-message-type',
        needle: 'websocket: ',
        pattern:
          /\bwebsocket: (?:bad write message type|invalid control frame|invalid compression level|internal error, )/,
        said: { means: 'nothing-said' },
        example: 'websocket: bad write message type',
        explains: 'The program gave the library what cannot be sent. The connection did not fail.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'bad-handshake',
        needle: 'websocket: bad handshake',
        pattern: /\bwebsocket: bad handshake\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'dial: websocket: bad handshake',
        explains:
          'The server’s answer is not a good 101. The response that Dial returns beside the error has the status.',
      },
      {
        id: 'malformed-url',
        needle: 'malformed ws or wss URL',
        pattern: /\bmalformed ws or wss URL\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: 'dial: malformed ws or wss URL',
        explains: 'The address does not begin with ws:// or wss://.',
      },
      {
        id: 'compression',
        needle: 'websocket: invalid compression negotiation',
        pattern: /\bwebsocket: invalid compression negotiation\b/,
        said: { means: 'extension' },
        side: 'client',
        example: 'dial: websocket: invalid compression negotiation',
        explains: 'The 101 agrees to permessage-deflate with parameters that this client does not do.',
      },
      {
        id: 'http2',
        needle: 'websocket: protocol "',
        pattern: /\bwebsocket: protocol "[^"\n]{1,40}" was given but is not supported/,
        said: { means: 'http2' },
        side: 'client',
        example:
          'websocket: protocol "h2" was given but is not supported;sharing tls.Config with net/http Transport can cause this error',
        explains: 'TLS agreed on HTTP/2, which this client cannot upgrade.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'origin-refused',
        needle: 'websocket: ',
        pattern:
          /\bwebsocket: (?:request origin not allowed by (?:Fast)?(?:HTTP)?Upgrader\.CheckOrigin|'Origin' header value not allowed|origin not allowed)/,
        said: { means: 'origin-refused' },
        side: 'server',
        example: 'websocket: request origin not allowed by Upgrader.CheckOrigin',
        explains:
          'CheckOrigin refused. By default the Origin must be the Host that arrived: a proxy that rewrites Host makes them differ. The server answers 403.',
      },
      {
        id: 'upgrade-missing',
        needle: 'websocket',
        pattern:
          /\bwebsocket: (?:(?:the client is not using the websocket protocol|not a websocket handshake):? '(?:upgrade|websocket)' token not found in '(?:Connection|Upgrade)' header|could not find (?:connection|upgrade) header with token '\w{1,20}')/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example:
          "websocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header",
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'method',
        needle: 'request method is not GET',
        pattern:
          /\bwebsocket: (?:the client is not using the websocket protocol|not a websocket handshake):? request method is not GET/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'websocket: the client is not using the websocket protocol: request method is not GET',
        explains:
          'The request is not a handshake: a health check, or a form, came to the address of the WebSocket.',
      },
      {
        id: 'key-or-version',
        needle: 'websocket: ',
        pattern:
          /\bwebsocket: (?:unsupported version: 13 not found|version != 13|not a websocket handshake: [`']Sec-WebSocket-Key'|key missing or blank)/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: "websocket: unsupported version: 13 not found in 'Sec-Websocket-Version' header",
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
      },
      {
        id: 'no-hijacker',
        needle: ['Hijacker', 'websocket: hijack: '],
        pattern: /\bwebsocket: (?:response does not implement http\.Hijacker|hijack: )/,
        said: { means: 'no-websocket-support', unsure: true },
        side: 'server',
        example: 'websocket: response does not implement http.Hijacker',
        explains:
          'A middleware of the server wraps the response without Hijack, or the request came over HTTP/2. The server answers 500.',
      },
      {
        id: 'data-before-handshake',
        needle: 'websocket: client sent data before handshake',
        pattern: /\bwebsocket: client sent data before handshake(?: is complete)?/,
        said: { means: 'frame' },
        side: 'server',
        example: 'websocket: client sent data before handshake is complete',
        explains: 'Bytes followed the request before it was answered.',
      },
      {
        id: 'extensions-header',
        needle: "application specific 'Sec-WebSocket-Extensions'",
        pattern: /\bapplication specific 'Sec-WebSocket-Extensions' headers are unsupported\b/,
        said: { means: 'extension' },
        side: 'server',
        example: "websocket: application specific 'Sec-WebSocket-Extensions' headers are unsupported",
        explains:
          'The program itself sets Sec-WebSocket-Extensions in the answer. The handshake fails with 500.',
      },
      {
        id: 'hijacked',
        needle: ['hijacked connection', 'http: connection has been hijacked'],
        pattern:
          /\bhttp: response\.Write(?:Header)? on hijacked connection\b|\bhttp: connection has been hijacked\b/,
        said: { means: 'upgrade-twice' },
        side: 'server',
        example: 'http: response.WriteHeader on hijacked connection from main.serve (main.go:21)',
        explains:
          'The handler answered as for a page after the upgrade: its text goes into the stream of frames.',
      },
    ]),
  ],
})
