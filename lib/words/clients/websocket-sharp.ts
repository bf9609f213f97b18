import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/sta/websocket-sharp/blob/master/websocket-sharp/WebSocket.cs'
const frame = 'https://github.com/sta/websocket-sharp/blob/master/websocket-sharp/WebSocketFrame.cs'

export default defineProgram({
  id: 'websocket-sharp',
  name: 'websocket-sharp (.NET and Unity)',
  mark: /\bWebSocketSharp\b|\bWebSocket\.(?:connect|open|close|doHandshake|startReceiving|fatal|send)\b/,
  phrases: [
    ...phrasesOf(frame, [
      {
        id: 'ended-in-header',
        needle: 'The header part of a frame',
        pattern: /\bThe header part of a frame (?:cannot be read from the data source|could not be read)\b/,
        said: { means: 'dropped' },
        example: 'WebSocketException: The header part of a frame cannot be read from the data source.',
        explains: 'The connection was open, and TCP ended without a Close frame.',
      },
      {
        id: 'ended-in-frame',
        needle: [
          'of a frame could',
          'The extended payload length of a frame cannot be read from t',
          'The masking key of a frame cannot be read from the data sour',
          'The payload data of a frame cannot be read from the data sou',
        ],
        pattern:
          /\bThe (?:extended payload length|masking key|payload data) of a frame (?:cannot be read from the data source|could not be read)\b/,
        said: { means: 'dropped' },
        example: 'The payload data of a frame could not be read.',
        explains: 'The connection was open, and TCP ended in the middle of a frame.',
      },
      {
        id: 'frame',
        needle: ' frame ',
        pattern:
          /\b(?:The RSV[123] of a frame is non-zero without any negotiation|A (?:control frame is fragmented|data frame was received while receiving continuation frames|frame from (?:a client is not|the server is) masked|frame is compressed without any agreement|non data frame is compressed)|The opcode of a frame is not supported|An unsupported frame was received)\b/,
        said: { means: 'frame' },
        example: 'The RSV2 of a frame is non-zero without any negotiation for it.',
        explains: 'A frame breaks the protocol. websocket-sharp closes with 1002.',
      },
      {
        id: 'too-big',
        needle: 'payload data of a frame is too big',
        pattern: /\bThe payload data of a frame is too big\b/,
        said: { means: 'too-big' },
        example: 'The payload data of a frame is too big.',
        explains: 'A message is larger than websocket-sharp takes.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'not-a-response',
        needle: 'Not a WebSocket handshake response',
        pattern: /\bNot a WebSocket handshake response\b/,
        said: { means: 'bad-answer' },
        side: 'client',
        example: 'Not a WebSocket handshake response.',
        explains: 'The handshake was answered, and not with a 101. The status is in the log at level Debug.',
      },
      {
        id: 'bad-101',
        needle: 'Sec-WebSocket-Accept header',
        pattern:
          /\bThe Sec-WebSocket-Accept header is (?:invalid|non-existent)\b|\bIncludes no Sec-WebSocket-Accept header, or it has an invalid value\b/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'The Sec-WebSocket-Accept header is invalid.',
        explains: 'A 101 came, and its Sec-WebSocket-Accept does not fit the key.',
      },
      {
        id: 'subprotocol',
        needle: 'Sec-WebSocket-Protocol header',
        pattern: /\bThe Sec-WebSocket-Protocol header is (?:invalid|non-existent)\b/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'The Sec-WebSocket-Protocol header is non-existent.',
        explains: 'The client asked for a subprotocol, and the server agreed to none of them.',
      },
      {
        id: 'not-a-request',
        needle: 'Not a WebSocket handshake request',
        pattern: /\bNot a WebSocket handshake request\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'Not a WebSocket handshake request.',
        explains: 'The request arrived without its Upgrade or Connection header.',
      },
      {
        id: 'authentication',
        needle: 'The authentication is required',
        pattern: /\bThe authentication is required\b/,
        said: { means: 'authentication', status: 401 },
        side: 'client',
        example: 'The authentication is required.',
        explains: 'The handshake was answered with 401.',
      },
      {
        id: 'redirected',
        needle: 'The redirection is indicated',
        pattern: /\bThe redirection is indicated\b/,
        said: { means: 'redirect' },
        side: 'client',
        example: 'The redirection is indicated.',
        explains: 'The handshake was answered with a redirect, and EnableRedirection is off.',
      },
      {
        id: 'connect-failed',
        needle: [
          'An exception has occurred while connecting',
          'An exception has occurred while attempting to connect',
          'An error has occurred while attempting to connect',
          'An error has occurred while connecting',
        ],
        pattern: /\bAn (?:exception|error) has occurred while (?:attempting to connect|connecting)\b/,
        said: { means: 'never-opened' },
        side: 'client',
        example: 'An exception has occurred while connecting.',
        explains: 'The connection did not open. The exception beside it has the reason.',
      },
      {
        id: 'receive-failed',
        needle: 'has occurred while receiving',
        pattern: /\bAn (?:exception|error) has occurred while receiving\b/,
        said: { means: 'dropped' },
        example: 'An exception has occurred while receiving.',
        explains: 'The connection was open and failed. The exception beside it has the reason.',
      },
      {
        id: 'not-open',
        needle: 'The current state of the',
        pattern: /\bThe current state of the (?:interface|connection) is not Open\b/,
        said: { means: 'used-too-early' },
        example: 'The current state of the interface is not Open.',
        explains: 'The program sent before the connection was open, or after it had ended.',
      },
      {
        id: 'reconnecting-failed',
        needle: 'reconnect',
        pattern:
          /\b(?:A series of reconnecting has failed|Reconnection attempts have failed|An opportunity for reconnecting has been lost)\b/,
        said: { means: 'nothing-said' },
        example: 'A series of reconnecting has failed.',
        explains: 'The client gave up reconnecting. Each attempt has a reason of its own.',
      },
      {
        id: 'closed',
        needle: 'The connection has ',
        pattern: /(?:^|\| |: )The connection has already been closed\.$/,
        said: { means: 'lost' },
        example: 'The connection has already been closed.',
        explains: 'The program used a connection that had ended.',
      },
      {
        id: 'closing-was-clean',
        needle: 'The closing was clean?',
        pattern: /\bThe closing was clean\? (True|False)\b/i,
        said: ([, clean]) => ({ means: clean?.toLowerCase() === 'true' ? 'lost' : 'dropped' }),
        example: 'The closing was clean? False (sent: True received: False)',
        explains: 'The end of the connection. “False”: the Close frames were not exchanged.',
      },
      {
        id: 'close-words',
        needle: ' error has occurred',
        pattern:
          /(?:^|[:|] )(?:A protocol|A policy violation|An abnormal|An) error has occurred(?: during a TLS handshake)?\.$/,
        said: ([text]) => ({
          means: text.includes('TLS') ? 'tls-garbled' : text.includes('protocol') ? 'frame' : 'lost',
        }),
        example: 'An error has occurred during a TLS handshake.',
        explains: 'The words that this library has for a close code: the reason of CloseEventArgs.',
      },
      {
        id: 'extensions-header',
        needle: 'header is ',
        pattern: /\bThe Sec-WebSocket-(Extensions|Version|Key|Protocol) header is (?:invalid|non-existent)\b/,
        said: ([, name]) => ({
          means:
            name === 'Extensions' ? 'extension' : name === 'Protocol' ? 'subprotocol' : 'handshake-header',
        }),
        example: 'The Sec-WebSocket-Extensions header is invalid.',
        explains: 'The other end’s header is missing or does not fit what was asked for.',
      },
      {
        id: 'proxy',
        needle: 'proxy',
        pattern:
          /\bThe proxy has failed a connection to the requested URL\b|\bThe proxy authentication is required\b|\bproxy authentication challenge is specified\b/,
        said: ([text]) => ({
          means: text.includes('authentication') ? 'proxy-authentication' : 'forward-proxy',
        }),
        side: 'client',
        example: 'The proxy has failed a connection to the requested URL.',
        explains: 'The forward proxy could not make the tunnel, or wants a name and a password.',
      },
      {
        id: 'redirect',
        needle: 'to redirect is located',
        pattern: /\b(?:No|An invalid) URL to redirect is located\b/,
        said: { means: 'redirect' },
        side: 'client',
        example: 'An invalid URL to redirect is located.',
        explains: 'The handshake was answered with a redirect that leads to no WebSocket.',
      },
      {
        id: 'handler',
        needle: 'An exception has occurred during ',
        pattern:
          /\bAn exception has occurred during (?:an On\w{1,12} event|the On\w{1,12} event|the callback for an async send)\b/,
        said: { means: 'nothing-said' },
        example: 'An exception has occurred during an OnMessage event.',
        explains: 'The program’s own handler raised an exception. The connection did not fail.',
      },
      {
        id: 'send-failed',
        needle: 'has occurred during a send',
        pattern: /\bAn exception has occurred during a send\b/,
        said: { means: 'lost' },
        example: 'An exception has occurred during a send.',
        explains: 'TCP ended under the connection while the program wrote.',
      },
    ]),
  ],
})
