import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const protocol =
  'https://github.com/openresty/lua-resty-websocket/blob/master/lib/resty/websocket/protocol.lua'
const server = 'https://github.com/openresty/lua-resty-websocket/blob/master/lib/resty/websocket/server.lua'
const client = 'https://github.com/openresty/lua-resty-websocket/blob/master/lib/resty/websocket/client.lua'

/** What a cosocket calls the failure of a read or a write. */
function ofSocket(word: string | undefined, onTimeout: Said): Said {
  if (word === 'timeout') return onTimeout
  if (word === 'connection reset by peer') return { means: 'reset', phase: 'open' }
  return { means: 'dropped' }
}

const SOCKET = '(timeout|closed|connection reset by peer|broken pipe|client aborted)'

export default defineProgram({
  id: 'lua-resty-websocket',
  name: 'lua-resty-websocket (OpenResty, Kong, APISIX)',
  side: 'server',
  mark: /\bresty[./]websocket\b|\bfailed to new websocket\b/,
  phrases: [
    ...phrasesOf(protocol, [
      {
        id: 'receive',
        needle: ['failed to receive the', 'masking-len and payload'],
        pattern: new RegExp(
          `\\bfailed to (?:receive the (?:first 2 bytes|[28] byte payload length)|read masking-len and payload): ${SOCKET}`,
        ),
        // A handler may wait again after a timeout: that one says how long it was silent.
        said: ([, word]) => ofSocket(word, { means: 'idle-timeout', unsure: true }),
        example: 'failed to receive a frame: failed to receive the first 2 bytes: timeout',
        explains:
          'timeout: nothing came for as long as the handler waits (timeout of new() or set_timeout(), in milliseconds). closed: the other end is gone, without a Close frame.',
        fix: 'Let the handler send a ping after a timeout and wait again, in place of ending; raise its timeout above the longest silence.',
      },
      {
        id: 'send',
        needle: 'failed to send frame: ',
        pattern: new RegExp(`\\bfailed to send frame: ${SOCKET}`),
        said: ([, word]) => ofSocket(word, { means: 'not-reading' }),
        example: 'failed to send text: failed to send frame: closed',
        explains: 'closed, broken pipe: the other end is gone. timeout: it does not read what is sent.',
      },
      {
        id: 'frame',
        needle: [
          'bad RSV1, RSV2, or RSV3 bits',
          'reserved non-control frames',
          'reserved control frames',
          'frame unmasked',
          'too long payload for control frame',
          'must carry a 2-byte status code',
        ],
        pattern:
          /\bbad RSV1, RSV2, or RSV3 bits\b|\breserved (?:non-)?control frames\b|(?<=: )frame unmasked\b|\btoo long payload for control frame\b|\bclose frame with a body must carry a 2-byte status code\b/,
        said: { means: 'frame' },
        example: 'failed to receive a frame: bad RSV1, RSV2, or RSV3 bits',
        explains: 'A frame breaks the protocol, or is compressed, which this library does not read.',
      },
      {
        id: 'too-big',
        needle: ['exceeding max payload len', 'payload len too large'],
        pattern: /\bexceeding max payload len\b|\bpayload len too large\b/,
        said: { means: 'too-big' },
        example: 'failed to receive a frame: exceeding max payload len',
        explains: 'A message is larger than max_payload_len of new(): 65535 bytes, if it was not set.',
        fix: 'Raise max_payload_len in new(), which is 65535 bytes unless it was set, or send smaller messages.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'upgrade-missing',
        needle: ['bad "upgrade" request header', 'bad "connection" request header'],
        pattern: /\bbad "(?:upgrade" request header: \S{1,60}|connection" request header)/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'failed to new websocket: bad "upgrade" request header: nil',
        explains: 'The request asks for no upgrade: a proxy before this server left the header out.',
      },
      {
        id: 'handshake-header',
        needle: 'bad "sec-websocket-',
        pattern: /\bbad "sec-websocket-(?:key|version)" request header\b/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'failed to new websocket: bad "sec-websocket-key" request header',
        explains: 'The header is missing, or its value is not 13.',
      },
      {
        id: 'http-version',
        needle: 'bad http version',
        pattern: /\bwebsocket: bad http version\b/,
        said: { means: 'http-version' },
        side: 'server',
        example: 'failed to new websocket: bad http version',
        explains: 'The request came as HTTP/1.0 or HTTP/2; this library takes HTTP/1.1 alone.',
      },
      {
        id: 'answered-already',
        needle: 'response header already sent',
        pattern: /\bwebsocket: response header already sent\b/,
        said: { means: 'handler-failed', phase: 'handshake' },
        side: 'server',
        example: 'failed to new websocket: response header already sent',
        explains: 'An earlier phase of the same request, or another handler, has already answered.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'no-answer',
        needle: 'failed to receive response header: ',
        pattern: /\bfailed to receive response header: (timeout|closed|connection reset by peer)/,
        said: ([, word]) =>
          word === 'timeout' ? { means: 'handshake-timeout' } : { means: 'closed-before-answer' },
        side: 'client',
        example: 'failed to receive response header: closed',
        explains: 'The server did not answer the handshake.',
      },
      {
        id: 'status',
        needle: 'bad HTTP response status line: ',
        pattern: /\bbad HTTP response status line: (?:HTTP\/1\.0 101|(?!HTTP\/1\.1))/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'bad HTTP response status line: HTTP/1.0 200 OK',
        explains: 'What came back is not an answer of HTTP/1.1.',
      },
    ]),
  ],
})
