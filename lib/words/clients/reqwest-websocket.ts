import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const native = 'https://github.com/jgraef/reqwest-websocket/blob/main/src/native.rs'
const reqwest = 'https://github.com/seanmonstar/reqwest/blob/master/src/error.rs'
const hyper = 'https://github.com/hyperium/hyper/blob/master/src/error.rs'

export default defineProgram({
  id: 'reqwest-websocket',
  name: 'reqwest-websocket, reqwest and hyper (Rust)',
  mark: /\breqwest(?:_websocket)?\b|\bhyper(?:_util)?::/,
  phrases: [
    ...phrasesOf(native, [
      {
        id: 'status',
        needle: 'unexpected status code: ',
        pattern: /\bunexpected status code: ([2-5]\d\d)\b/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'Error: unexpected status code: 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'header',
        needle: 'header',
        pattern:
          /\bmissing header (?:upgrade|connection|sec-websocket-accept)\b|\bunexpected value for header (?:upgrade|connection|sec-websocket-accept): expected\b/i,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'Error: unexpected value for header connection: expected upgrade, but got "close".',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'subprotocol',
        needle: 'protocol',
        pattern:
          /\bexpected the server to select a protocol\b|\b(?:Error: |HandshakeError: )unexpected protocol: \S{1,100}/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'Error: expected the server to select a protocol.',
        explains: 'The 101 names no subprotocol, or one that was not asked for.',
      },
      {
        id: 'http2',
        needle: 'http version',
        pattern:
          /\bthe server responded with a different http version\b|\bunsupported http version: HTTP\/[23]/,
        said: { means: 'http2' },
        side: 'client',
        example:
          'Error: the server responded with a different http version. this could be the case because reqwest silently upgraded the connection to http2.',
        explains:
          'TLS agreed on HTTP/2, and this client opens WebSockets over HTTP/1.1 only: http1_only() on its builder.',
      },
    ]),
    ...phrasesOf(reqwest, [
      {
        id: 'connect',
        needle: 'client error (Connect)',
        pattern: /\bclient error \(Connect\)$/,
        said: { means: 'no-connection' },
        side: 'client',
        example: 'error sending request for url (https://app.example/ws): client error (Connect)',
        explains: 'DNS, TCP or TLS failed. The error under it says which.',
      },
      {
        id: 'sending',
        needle: 'error sending request for url (',
        pattern: /\berror sending request for url \(\S{1,1000}\)$/,
        said: { means: 'nothing-said' },
        side: 'client',
        example: 'error sending request for url (https://app.example/ws)',
        explains: 'The handshake was not answered. The error under it says why.',
      },
    ]),
    ...phrasesOf(hyper, [
      {
        id: 'incomplete',
        needle: 'connection closed before message completed',
        pattern: /\bconnection closed before message completed\b/,
        said: { means: 'closed-before-answer' },
        example: 'client error (SendRequest): connection closed before message completed',
        explains: 'TCP ended where the answer, or on a server the request, was expected.',
      },
      {
        id: 'version',
        needle: ['invalid HTTP version parsed', 'invalid HTTP status-code parsed'],
        pattern: /\binvalid HTTP version parsed\b|\binvalid HTTP status-code parsed\b/,
        said: { means: 'not-http' },
        example: 'client error (SendRequest): invalid HTTP version parsed',
        explains: 'What arrived is not HTTP/1.1.',
      },
      {
        id: 'upgrade',
        needle: 'upgrade expected but ',
        pattern: /\bupgrade expected but (?:low level API in use|not completed)\b/,
        said: { means: 'no-websocket-support', unsure: true },
        example: 'upgrade expected but not completed',
        explains:
          'The connection was served without upgrades (hyper’s with_upgrades), or ended before it switched.',
      },
    ]),
  ],
})
