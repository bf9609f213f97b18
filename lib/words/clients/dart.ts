import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const socket = 'https://github.com/dart-lang/sdk/blob/main/sdk/lib/_http/websocket_impl.dart'
const http = 'https://github.com/dart-lang/sdk/blob/main/sdk/lib/_http/http_parser.dart'
const io = 'https://api.dart.dev/dart-io/SocketException-class.html'
const tls = 'https://api.dart.dev/dart-io/HandshakeException-class.html'
const channel = 'https://pub.dev/packages/web_socket_channel'

export default defineProgram({
  id: 'dart',
  name: 'Dart and Flutter',
  side: 'client',
  mark: /\bWebSocket(?:Channel)?Exception: |\bSocketException: |\bOS Error: |\bHandshakeException: /,
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'status',
        needle: 'was not upgraded to websocket',
        pattern: /\bConnection to '[^'\n]{1,2048}' was not upgraded to websocket, HTTP status code: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        example:
          "WebSocketException: Connection to 'https://app.example:0/ws#' was not upgraded to websocket, HTTP status code: 403",
        explains:
          'The server answered the handshake with this HTTP status. The :0 and the # are Dart’s own way to print the URL.',
      },
      {
        id: 'not-upgraded',
        needle: 'was not upgraded to websocket',
        pattern: /\bConnection to '[^'\n]{1,2048}' was not upgraded to websocket(?!, HTTP)/,
        said: { means: 'bad-answer' },
        example:
          "WebSocketException: Connection to 'https://app.example:0/ws#' was not upgraded to websocket",
        explains: 'The server’s answer is not a good 101. This version of Dart leaves the status out.',
      },
      {
        id: 'bad-101',
        needle: "'Sec-WebSocket-Accept'",
        pattern:
          /\b(?:Response did not contain a|Bad response) 'Sec-WebSocket-Accept' header|\bResponse header 'Sec-WebSocket-Accept' is the wrong length/,
        said: { means: 'bad-101' },
        example: "WebSocketException: Bad response 'Sec-WebSocket-Accept' header",
        explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
      },
      {
        id: 'scheme',
        needle: 'Unsupported URL scheme',
        pattern: /\bUnsupported URL scheme '[^'\n]{0,40}'/,
        said: { means: 'invalid-url' },
        example: "WebSocketException: Unsupported URL scheme 'http'",
        explains: 'The address does not begin with ws:// or wss://.',
      },
      {
        id: 'upgrade-missing',
        needle: 'Invalid WebSocket upgrade request',
        pattern: /\bInvalid WebSocket upgrade request\b/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'WebSocketException: Invalid WebSocket upgrade request',
        explains: 'A Dart server got a request without Upgrade: websocket and Connection: Upgrade.',
      },
      {
        id: 'close-arguments',
        needle: 'close code must be 1000',
        pattern: /\bclose code must be 1000 or in the range 3000-4999\b/,
        said: { means: 'used-too-early' },
        example: 'Invalid argument: 1006, close code must be 1000 or in the range 3000-4999',
        explains: 'The program gave close() a code that may not be sent. The connection did not fail.',
      },
      {
        id: 'browser-failed',
        needle: 'Failed to connect WebSocket',
        pattern: /\bWebSocketException: Failed to connect WebSocket\b/,
        said: { means: 'never-opened' },
        example: 'WebSocketException: Failed to connect WebSocket',
        explains: 'In a browser: the connection failed before it opened. The browser’s own line says why.',
      },
      {
        id: 'redirects',
        needle: 'Redirect limit exceeded',
        pattern: /\bHttpException: Redirect limit exceeded\b/,
        said: { means: 'redirect' },
        example: 'HttpException: Redirect limit exceeded',
        explains: 'The handshake was answered with one redirect after the other.',
      },
      {
        id: 'peer-subprotocol',
        needle: 'unexpected protocol selected by peer',
        pattern: /\bunexpected protocol selected by peer\b/,
        said: { means: 'subprotocol' },
        example: 'unexpected protocol selected by peer: chat',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'closed-package',
        needle: 'WebSocketConnectionClosed',
        pattern: /\bWebSocketConnectionClosed\b/,
        said: { means: 'lost' },
        example: 'WebSocketConnectionClosed: Connection Closed',
        explains: 'The program used a connection of package:web_socket that had ended.',
      },
      {
        id: 'listened-twice',
        needle: 'Stream has already been listened to',
        pattern: /\bBad state: Stream has already been listened to\b/,
        said: { means: 'nothing-said' },
        example: 'Bad state: Stream has already been listened to.',
        explains: 'The program listens twice to one channel’s stream. The connection did not fail.',
      },
      {
        id: 'reserved-status',
        needle: 'Reserved status code',
        pattern: /\bWebSocketException: Reserved status code \d{1,6}\b/,
        said: { means: 'nothing-said' },
        example: 'WebSocketException: Reserved status code 1006',
        explains: 'The program gave close() a code that may not be sent. The connection did not fail.',
      },
    ]),
    ...phrasesOf(tls, [
      {
        id: 'tls-failed',
        needle: 'Handshake error in client',
        pattern: /\bHandshakeException: Handshake error in client\b/,
        said: { means: 'nothing-said' },
        example: 'HandshakeException: Handshake error in client (OS Error: ',
        explains: 'TLS failed, for the reason that OpenSSL gives in the same line or the next.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'no-answer',
        needle: 'Connection closed ',
        pattern:
          /\bHttpException: Connection closed (?:before full header was received|while receiving data)/,
        said: { means: 'closed-before-answer' },
        example:
          'HttpException: Connection closed before full header was received, uri = https://app.example:0/ws',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'not-http',
        needle: 'HttpException: Invalid ',
        pattern:
          /\bHttpException: Invalid (?:response line|response status code|request|header field name|HTTP version)/i,
        said: { means: 'not-http' },
        example: 'HttpException: Invalid response line, uri = http://app.example:0/ws',
        explains: 'What came back is not HTTP.',
      },
    ]),
    ...phrasesOf(io, [
      {
        id: 'refused',
        needle: 'SocketException: ',
        pattern: /\bSocketException: [^\n]{0,80}\(OS Error: [^\n]{0,120}, errno = (?:111|61|10061|1225)\)/,
        said: { means: 'refused' },
        example:
          'SocketException: Connection refused (OS Error: Connection refused, errno = 111), address = localhost, port = 40112',
        explains:
          'No program accepts connections at this address and port. The port that Dart prints is its own.',
      },
      {
        id: 'lookup',
        needle: 'Failed host lookup',
        pattern: /\bSocketException: Failed host lookup: '[^'\n]{1,255}'/,
        said: { means: 'dns-failure' },
        example:
          "SocketException: Failed host lookup: 'app.example' (OS Error: No address associated with hostname, errno = 7)",
        explains: 'The host name has no address in DNS, or this device has no network.',
      },
      {
        id: 'unreachable',
        needle: 'SocketException: ',
        pattern:
          /\bSocketException: [^\n]{0,80}\(OS Error: [^\n]{0,120}, errno = (?:113|101|65|51|10065|10051)\)/,
        said: { means: 'unreachable' },
        example:
          'SocketException: Connection failed (OS Error: Network is unreachable, errno = 101), address = app.example, port = 443',
        explains: 'There is no way to this address, or this device has no network.',
      },
      {
        id: 'timed-out',
        needle: 'onnection timed out',
        pattern:
          /\bSocketException: (?:HTTP connection timed out after [\d:.]{1,20}|Connection timed out)(?:, host: \S{1,255}| \(OS Error)/,
        said: { means: 'connect-timeout' },
        example:
          'SocketException: HTTP connection timed out after 0:00:10.000000, host: app.example, port: 443',
        explains: 'TCP got no answer in time. A firewall drops the packets, or the host is down.',
      },
      {
        id: 'reset',
        needle: 'SocketException: ',
        pattern:
          /\bSocketException: [^\n]{0,80}\(OS Error: [^\n]{0,120}, errno = (?:104|103|54|53|10054|10053)\)/,
        said: { means: 'reset' },
        example:
          'SocketException: Read failed (OS Error: Connection reset by peer, errno = 104), address = app.example, port = 443',
        explains: 'The other end, a device on the way or this device’s own network ended TCP.',
      },
    ]),
    ...phrasesOf(tls, [
      {
        id: 'tls-terminated',
        needle: 'Connection terminated during handshake',
        pattern: /\bHandshakeException: Connection terminated during handshake\b/,
        said: { means: 'lost' },
        example: 'HandshakeException: Connection terminated during handshake',
        explains: 'The other end closed TCP during the TLS handshake, without an alert that says why.',
      },
    ]),
    ...phrasesOf(channel, [
      {
        id: 'channel-failed',
        needle: 'WebSocket connection failed',
        pattern: /\bWebSocketChannelException: (?:SocketException: )?WebSocket connection failed\b/,
        said: { means: 'never-opened' },
        example: 'WebSocketChannelException: WebSocket connection failed.',
        explains: 'On the web the browser tells Dart no more. Its console has the reason.',
      },
      {
        id: 'add-after-close',
        needle: 'Bad state: ',
        pattern:
          /\bBad state: (?:Cannot add (?:new )?events? after (?:calling )?clos(?:e|ing)|StreamSink is (?:closed|bound))/,
        said: { means: 'lost' },
        example: 'Bad state: Cannot add event after closing',
        explains: 'The program sent on a connection that had already ended.',
      },
    ]),
  ],
})
