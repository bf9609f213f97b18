/** What coder/websocket prints of a handshake, at either end. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/coder/websocket/blob/master'
const dial = `${repository}/dial.go`
const accept = `${repository}/accept.go`

export const handshake: readonly Phrase[] = [
  ...phrasesOf(dial, [
    {
      id: 'status',
      needle: 'expected handshake response status code',
      pattern: /\bexpected handshake response status code 101 but got (\d{3})/,
      said: ([, status]) => saidOfStatus(status),
      side: 'client',
      example: 'failed to WebSocket dial: expected handshake response status code 101 but got 403',
      explains:
        'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
    },
    {
      id: 'no-answer',
      needle: 'failed to send handshake request',
      pattern: /\bfailed to send handshake request: (?:Get|Head) "[^"\n]{1,2048}": (?:unexpected )?EOF/,
      said: { means: 'closed-before-answer' },
      side: 'client',
      example: 'failed to WebSocket dial: failed to send handshake request: Get "http://app.example/ws": EOF',
      explains: 'The server closed TCP without an answer to the handshake.',
    },
    {
      id: 'dial-deadline',
      needle: 'failed to send handshake request',
      pattern: /\bfailed to send handshake request: (?:Get|Head) "[^"\n]{1,2048}": context deadline exceeded/,
      said: { means: 'handshake-timeout' },
      side: 'client',
      example:
        'failed to WebSocket dial: failed to send handshake request: Get "http://app.example/ws": context deadline exceeded',
      explains: 'The context that the program gave to Dial ended before an answer came.',
    },
    {
      id: 'bad-101',
      needle: 'WebSocket protocol violation: ',
      pattern:
        /\bWebSocket dial: WebSocket protocol violation: (?:(?:Connection|Upgrade) header "|invalid Sec-WebSocket-Accept)/,
      said: { means: 'bad-101' },
      side: 'client',
      example:
        'failed to WebSocket dial: WebSocket protocol violation: invalid Sec-WebSocket-Accept "x", key "y"',
      explains: 'The 101 lacks a header, or has a wrong value.',
    },
    {
      id: 'subprotocol',
      needle: 'unexpected Sec-WebSocket-Protocol from server',
      pattern: /\bunexpected Sec-WebSocket-Protocol from server: "/,
      said: { means: 'subprotocol' },
      side: 'client',
      example:
        'failed to WebSocket dial: WebSocket protocol violation: unexpected Sec-WebSocket-Protocol from server: "chat"',
      explains: 'The 101 names a subprotocol that was not asked for.',
    },
    {
      id: 'extension',
      needle: ['extensions from server', 'unsupported permessage-deflate parameter: "'],
      pattern:
        /\bWebSocket proto?col violation: unsupported extensions from server|\bunsupported permessage-deflate parameter: "/,
      said: { means: 'extension' },
      side: 'client',
      example:
        'failed to WebSocket dial: WebSocket protcol violation: unsupported extensions from server: [x-webkit-deflate-frame]',
      explains: 'The 101 agrees to an extension that was not offered.',
    },
    {
      id: 'url-scheme',
      needle: 'unexpected url scheme',
      pattern: /\bunexpected url scheme: "/,
      said: { means: 'invalid-url' },
      side: 'client',
      example: 'failed to WebSocket dial: unexpected url scheme: "tcp"',
      explains: 'The address does not begin with ws://, wss://, http:// or https://.',
    },
    {
      id: 'deflate-parameter',
      needle: 'unsupported permessage-deflate parameter',
      pattern: /\bunsupported permessage-deflate parameter: "/,
      said: { means: 'extension' },
      side: 'client',
      example:
        'failed to WebSocket dial: unsupported permessage-deflate parameter: "server_max_window_bits=9"',
      explains: 'The 101 agrees to permessage-deflate with a parameter that this library does not take.',
    },
    {
      id: 'not-writable',
      needle: 'is not a io.ReadWriteCloser',
      pattern: /\bresponse body is not a io\.ReadWriteCloser\b/,
      said: { means: 'bad-101' },
      side: 'client',
      example: 'failed to WebSocket dial: response body is not a io.ReadWriteCloser: *http.body',
      explains:
        'The 101 came through an HTTP client or a middleware of the program that does not hand over the connection.',
    },
  ]),
  ...phrasesOf(accept, [
    {
      id: 'origin-refused',
      needle: 'is not authorized for Host',
      pattern: /\brequest Origin "?([^"\s]{1,512})"? is not authorized for Host\b/,
      said: ([, origin]) => ({ means: 'origin-refused', ...(origin !== undefined && { origin }) }),
      side: 'server',
      example:
        'failed to accept WebSocket connection: request Origin "app.example" is not authorized for Host "10.0.0.5:8080"',
      explains:
        'The Origin is neither the Host that arrived nor in OriginPatterns. A proxy that rewrites Host makes them differ. The server answers 403.',
    },
    {
      id: 'upgrade-missing',
      needle: 'WebSocket protocol violation: ',
      pattern:
        /\b(?:accept WebSocket connection: )?WebSocket protocol violation: (?:(?:Connection header "[^"\n]{0,200}" does not contain Upgrade|Upgrade header "[^"\n]{0,200}" does not contain websocket)|handshake request method is not GET)/,
      said: { means: 'upgrade-missing' },
      side: 'server',
      example:
        'failed to accept WebSocket connection: WebSocket protocol violation: Connection header "keep-alive" does not contain Upgrade',
      explains:
        'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP. The server answers 426.',
    },
    {
      id: 'http-version',
      needle: 'handshake request must be at least HTTP/1.1',
      pattern: /\bhandshake request must be at least HTTP\/1\.1: "/,
      said: { means: 'http-version' },
      side: 'server',
      example:
        'failed to accept WebSocket connection: WebSocket protocol violation: handshake request must be at least HTTP/1.1: "HTTP/1.0"',
      explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
    },
    {
      id: 'key-or-version',
      needle: 'WebSocket',
      pattern:
        /\b(?:WebSocket protocol violation: (?:missing|multiple|invalid) Sec-WebSocket-Key|unsupported WebSocket protocol version \(only 13 is supported\))/,
      said: { means: 'handshake-header' },
      side: 'server',
      example:
        'failed to accept WebSocket connection: WebSocket protocol violation: missing Sec-WebSocket-Key',
      explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
    },
    {
      id: 'no-hijacker',
      needle: 'ResponseWriter does not implement http.Hijacker',
      pattern: /\bhttp\.ResponseWriter does not implement http\.Hijacker\b/,
      said: { means: 'no-websocket-support', unsure: true },
      side: 'server',
      example: 'failed to accept WebSocket connection: http.ResponseWriter does not implement http.Hijacker',
      explains:
        'A middleware of the server wraps the response without Hijack, or the request came over HTTP/2. The server answers 501.',
    },
    {
      id: 'hijack-failed',
      needle: 'hijack',
      pattern: /\bfailed to hijack connection\b/,
      said: { means: 'no-websocket-support' },
      side: 'server',
      example: 'failed to accept WebSocket connection: failed to hijack connection: feature not supported',
      explains:
        'A middleware wraps the ResponseWriter and does not hand over the connection, or the request came over HTTP/2.',
    },
    {
      id: 'origin-not-a-url',
      needle: 'Origin',
      pattern: /\b(?:failed to parse Origin header|request Origin "[^"\n]{0,300}" is not a valid URL)/,
      said: { means: 'origin-refused' },
      side: 'server',
      example: 'failed to accept WebSocket connection: request Origin "null" is not a valid URL with a host',
      explains:
        'The request’s Origin has no host, like that of a file or of a sandboxed frame. The server answers 403.',
    },
  ]),
]
