import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/theturtle32/WebSocket-Node/blob/master/lib'
const client = `${repository}/WebSocketClient.js`
const connection = `${repository}/WebSocketConnection.js`
const frame = `${repository}/WebSocketFrame.js`
const request = `${repository}/WebSocketRequest.js`
const server = `${repository}/WebSocketServer.js`

export default defineProgram({
  id: 'websocket-node',
  name: 'websocket (WebSocket-Node)',
  side: 'client',
  mark: /node_modules[\\/]websocket[\\/]/,
  phrases: [
    ...phrasesOf(client, [
      {
        id: 'status',
        needle: 'Server responded with a non-101 status',
        pattern: /Server responded with a non-101 status: (\d{3})/i,
        said: ([, status]) => saidOfStatus(status),
        example: 'Error: Server responded with a non-101 status: 403 Forbidden',
        explains: 'The handshake was answered with this HTTP status in place of 101.',
      },
      {
        id: 'subprotocol',
        needle: 'protocol',
        pattern: /Server did not respond with a requested protocol|Expected a Sec-WebSocket-Protocol header/i,
        said: { means: 'subprotocol' },
        example: 'Error: Expected a Sec-WebSocket-Protocol header.',
        explains: 'The client asked for a subprotocol, and the 101 names none or another.',
      },
      {
        id: 'bad-101',
        needle: 'header from',
        pattern:
          /Expected (?:a Connection: Upgrade|an Upgrade: websocket|Sec-WebSocket-Accept) header from (?:the )?server|Sec-WebSocket-Accept header from server didn't match expected value/i,
        said: { means: 'bad-101' },
        example: 'Error: Expected Sec-WebSocket-Accept header from server',
        explains: 'The 101 lacks a header, or has a wrong value.',
      },
      {
        id: 'invalid-url',
        needle: 'You must specify a full WebSocket URL',
        pattern: /You must specify a full WebSocket URL/i,
        said: { means: 'invalid-url' },
        example: 'Error: You must specify a full WebSocket URL, including protocol.',
        explains: 'The address is not a WebSocket URL: its scheme or host is missing.',
      },
      {
        id: 'invalid-subprotocol',
        needle: 'Protocol list contains invalid character',
        pattern: /Protocol list contains invalid character/i,
        said: { means: 'invalid-subprotocol' },
        example: 'Error: Protocol list contains invalid character " "',
        explains: 'A subprotocol must be a token.',
      },
    ]),
    ...phrasesOf(connection, [
      {
        id: 'dropped',
        needle: 'Connection dropped by remote peer',
        pattern: /Connection dropped by remote peer/i,
        said: { means: 'dropped' },
        example: 'Connection dropped by remote peer.',
        explains: 'The other side closed TCP without a Close frame.',
      },
      {
        id: 'reset',
        needle: 'Socket Error: ',
        pattern: /Socket Error: (?:read|write) (?:ECONNRESET|EPIPE|ETIMEDOUT)/i,
        said: { means: 'reset' },
        example: 'Socket Error: read ECONNRESET',
        explains: 'TCP failed under the open connection.',
      },
      {
        id: 'not-responding',
        needle: 'Peer not responding',
        pattern: /Peer not responding\./,
        said: { means: 'ping-timeout' },
        example: 'Peer not responding.',
        explains: 'No pong came within `keepaliveGracePeriod`, and this side dropped the connection.',
      },
      {
        id: 'not-connected',
        needle: 'while not connected',
        pattern: /cannot call send\(\) while not connected/i,
        said: { means: 'nothing-said' },
        example: 'Error: cannot call send() while not connected',
        explains: 'The program sent before the connection was open, or after it had ended.',
      },
      {
        id: 'invalid-utf8',
        needle: 'Invalid UTF-8 Data Received',
        pattern: /Invalid UTF-8 Data Received/i,
        said: { means: 'invalid-utf8' },
        example: 'Invalid UTF-8 Data Received',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'rsv',
        needle: 'Unsupported usage of rsv bits',
        pattern: /Unsupported usage of rsv bits without negotiated extension/i,
        said: { means: 'compression' },
        example: 'Unsupported usage of rsv bits without negotiated extension.',
        explains: 'A frame says that it is compressed. This library has no compression.',
      },
      {
        id: 'opcode',
        needle: 'opcode',
        pattern:
          /Illegal frame opcode 0x|Unrecognized Opcode: 0x|Unexpected first opcode in fragmentation sequence: 0x/i,
        said: { means: 'frame' },
        example: 'Unrecognized Opcode: 0x7',
        explains: 'Frames arrived that break the protocol, or bytes that are not frames.',
      },
      {
        id: 'continuation',
        needle: 'Unexpected Continuation Frame',
        pattern: /Unexpected Continuation Frame/i,
        said: { means: 'frame' },
        example: 'Unexpected Continuation Frame',
        explains: 'Frames arrived that break the protocol.',
      },
      {
        id: 'too-big',
        isOfBothEnds: true,
        needle: 'exceed',
        pattern:
          /Maximum message size exceeded\.|Frame size of \d{1,20} bytes exceeds maximum accepted frame size/i,
        said: { means: 'too-big' },
        example: 'Maximum message size exceeded.',
        explains:
          'A message is larger than `maxReceivedMessageSize` (8 MiB for a client, 1 MiB for a server).',
      },
      {
        id: 'invalid-code',
        needle: 'is not valid',
        pattern: /\bClose code (\d{1,9}) is not valid\b/,
        said: { means: 'nothing-said' },
        example: 'Error: Close code 1006 is not valid.',
        explains: 'The program gave close() a code that may not be sent. The connection did not fail.',
      },
      {
        id: 'sizes',
        isOfBothEnds: true,
        needle: 'exceeds maximum accepted message size',
        pattern: /\bMessage size of \d{1,12} bytes exceeds maximum accepted message size\b/,
        said: { means: 'too-big' },
        example: 'Message size of 2097152 bytes exceeds maximum accepted message size',
        explains: 'A message is larger than this end’s own maxReceivedMessageSize. It closes with 1009.',
      },
    ]),
    ...phrasesOf(frame, [
      {
        id: 'control-frame',
        needle: 'control frame',
        pattern: /Illegal control frame longer than 125 bytes|Control frames must not be fragmented/i,
        said: { means: 'frame' },
        example: 'Control frames must not be fragmented.',
        explains: 'Frames arrived that break the protocol.',
      },
    ]),
    ...phrasesOf(request, [
      {
        id: 'lost-in-handshake',
        needle: 'TCP connection lost before handshake completed',
        pattern: /TCP connection lost before handshake completed/i,
        said: { means: 'lost' },
        side: 'server',
        example: 'TCP connection lost before handshake completed.',
        explains: 'The client left before the server had answered.',
      },
      {
        id: 'missing-header',
        needle: 'Client must provide a',
        pattern: /Client must provide a (?:Host header|value for Sec-WebSocket-(?:Key|Version))/i,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Client must provide a value for Sec-WebSocket-Key.',
        explains: 'The request has an Upgrade header, and a proxy removed another header of the handshake.',
      },
      {
        id: 'version',
        needle: 'Unsupported websocket client version',
        pattern: /Unsupported websocket client version: /i,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'Unsupported websocket client version: 7Only versions 8 and 13 are supported.',
        explains: 'The client uses an old version of the protocol.',
      },
      {
        id: 'protocol-not-requested',
        needle: 'Specified protocol was not requested',
        pattern: /Specified protocol was not requested by the client/i,
        said: { means: 'subprotocol' },
        side: 'server',
        example: 'Error: Specified protocol was not requested by the client.',
        explains: 'The server accepts with a subprotocol that the client did not ask for.',
      },
      {
        id: 'answered-twice',
        needle: 'may only be accepted or rejected one time',
        pattern: /\bWebSocketRequest may only be accepted or rejected one time\b/,
        said: { means: 'upgrade-twice' },
        side: 'server',
        example: 'Error: WebSocketRequest may only be accepted or rejected one time.',
        explains: 'The program answered the same handshake twice.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'no-handler',
        needle: 'No handler is ',
        pattern: /No handler is (?:configured to accept the connection|available for the given request)/i,
        said: { means: 'no-route' },
        side: 'server',
        example: 'No handler is configured to accept the connection.',
        explains: 'The server has no handler for this path and subprotocol, and answers 404.',
      },
    ]),
  ],
})
