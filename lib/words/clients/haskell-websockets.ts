import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handshake = 'https://github.com/jaspervdj/websockets/blob/master/src/Network/WebSockets/Hybi13.hs'
const limits =
  'https://github.com/jaspervdj/websockets/blob/master/src/Network/WebSockets/Hybi13/Demultiplex.hs'
const http = 'https://github.com/jaspervdj/websockets/blob/master/src/Network/WebSockets/Http.hs'
const types = 'https://github.com/jaspervdj/websockets/blob/master/src/Network/WebSockets/Types.hs'
const connect = 'https://github.com/jaspervdj/websockets/blob/master/src/Network/WebSockets/Client.hs'

export default defineProgram({
  id: 'haskell-websockets',
  name: 'websockets (Haskell)',
  phrases: [
    ...phrasesOf(handshake, [
      {
        id: 'status',
        needle: 'Wrong response status or message',
        pattern:
          /\bMalformedResponse\b[^\n]{0,1000}\bresponseCode = (\d{3})\b[^\n]{0,2000}"Wrong response status or message\./,
        said: ([, status]) => ({ means: 'status', status: Number(status) }),
        side: 'client',
        example:
          'MalformedResponse (ResponseHead {responseCode = 403, responseMessage = "Forbidden", responseHeaders = []}) "Wrong response status or message."',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'accept',
        needle: 'Challenge and response hashes do not match',
        pattern: /\bChallenge and response hashes do not match\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'MalformedResponse "Challenge and response hashes do not match."',
        explains: 'The 101 is not one for this handshake.',
      },
      {
        id: 'opcode',
        needle: 'Unknown opcode',
        pattern: /\bUnknown opcode: \d{1,3}"?$/,
        said: { means: 'frame' },
        example: 'ParseException "Unknown opcode: 11"',
        explains: 'A frame breaks RFC 6455.',
      },
    ]),
    ...phrasesOf(limits, [
      {
        id: 'too-big',
        needle: ' exceeded limit',
        pattern: /\b(?:Message|Frame) of size (\d{1,18}) exceeded limit\b/,
        said: { means: 'too-big' },
        example: 'ParseException "Frame of size 67108865 exceeded limit"',
        explains: 'A message is larger than the limit that the program set.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'request-header',
        needle: '"Header missing: ',
        pattern:
          /\brequestSecure = (?:True|False)\}\) "Header missing: (?:Upgrade|Connection|Sec-WebSocket-Key|Sec-WebSocket-Version)\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example:
          'MalformedRequest (RequestHead {requestPath = "/ws", requestHeaders = [], requestSecure = False}) "Header missing: Upgrade"',
        explains: 'A header of the handshake did not arrive.',
      },
      {
        id: 'not-supported',
        needle: 'NotSupported',
        pattern: /^\W{0,3}(?:\S{1,60}: )?NotSupported$/,
        said: { means: 'handshake-header', unsure: true },
        side: 'server',
        example: 'server: NotSupported',
        explains: 'No version of the protocol fits the request.',
      },
    ]),
    ...phrasesOf(types, [
      {
        id: 'closed',
        needle: 'ConnectionClosed',
        pattern: /^(?:\S{1,80}: )?ConnectionClosed$/,
        said: { means: 'dropped' },
        example: 'client: ConnectionClosed',
        explains: 'The connection ended without a Close frame.',
      },
      {
        id: 'close-request',
        needle: 'CloseRequest ',
        pattern: /\bCloseRequest (1\d{3}|[34]\d{3}) "([^"\n]{0,123})"/,
        said: ([, code, reason = '']) => ({
          means: 'close',
          close: { code: Number(code), reason, way: 'received' },
        }),
        example: 'client: CloseRequest 1001 "going away"',
        explains: 'The other end sent a Close frame with this code and reason.',
      },
      {
        id: 'pong-timeout',
        needle: 'PongTimeout',
        pattern: /\bPongTimeout\b/,
        said: { means: 'ping-timeout' },
        example: 'server: PongTimeout',
        explains: 'The other end did not answer a ping in time.',
      },
    ]),
    ...phrasesOf(connect, [
      {
        id: 'connect-timeout',
        needle: 'ConnectionTimeout',
        pattern: /^(?:\S{1,80}: )?ConnectionTimeout$/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'client: ConnectionTimeout',
        explains: 'The handshake was not answered in time.',
      },
    ]),
  ],
})
