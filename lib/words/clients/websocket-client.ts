import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/websocket-client/websocket-client/blob/master/websocket'
const handshake = `${repository}/_handshake.py`
const socket = `${repository}/_socket.py`
const app = `${repository}/_app.py`
const frames = `${repository}/_abnf.py`
const http = `${repository}/_http.py`
const examples = 'https://websocket-client.readthedocs.io/en/latest/getting_started.html'

export default defineProgram({
  id: 'websocket-client',
  name: 'websocket-client (Python)',
  side: 'client',
  mark: /\bwebsocket\._(?:exceptions|core|app|http|socket)\b|\bwebsocket\/_\w{1,12}\.py\b|\bWebSocket(?:BadStatus|ConnectionClosed|Timeout|Proxy|Protocol|Payload|Address)Exception\b/,
  phrases: [
    ...phrasesOf(handshake, [
      {
        id: 'bad-status',
        needle: 'Handshake status ',
        pattern: /\bHandshake status (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example: 'websocket._exceptions.WebSocketBadStatusException: Handshake status 403 Forbidden',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'invalid-header',
        needle: 'Invalid WebSocket Header',
        pattern: /\bInvalid WebSocket Header\b/,
        said: { means: 'bad-101' },
        example: 'websocket._exceptions.WebSocketException: Invalid WebSocket Header',
        explains: 'The 101 lacks Upgrade, Connection or Sec-WebSocket-Accept, or has a wrong value.',
      },
      {
        id: 'invalid-subprotocol',
        needle: 'Invalid subprotocol: ',
        pattern: /\bInvalid subprotocol: \[/,
        said: { means: 'subprotocol' },
        example: "Invalid subprotocol: ['chat']",
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
    ]),
    ...phrasesOf(socket, [
      {
        id: 'connection-lost',
        needle: 'Connection to remote host was lost',
        pattern: /\bConnection to remote host was lost\b/,
        said: { means: 'dropped' },
        example:
          'websocket._exceptions.WebSocketConnectionClosedException: Connection to remote host was lost.',
        explains: 'TCP ended without a Close frame.',
      },
      {
        id: 'already-closed',
        needle: 'is already closed',
        pattern: /\b(?:Connection|socket) is already closed\b/i,
        said: { means: 'lost' },
        example: 'websocket._exceptions.WebSocketConnectionClosedException: socket is already closed.',
        explains: 'The program used a connection that had already ended. Why it ended is printed elsewhere.',
      },
      {
        id: 'timed-out',
        needle: 'WebSocketTimeoutException',
        pattern:
          /\bWebSocketTimeoutException: (?:Connection timed out(?: waiting for data)?|timed out|The (?:read|write) operation timed out)/,
        said: { means: 'handshake-timeout' },
        example: 'websocket._exceptions.WebSocketTimeoutException: Connection timed out',
        explains:
          'Nothing arrived within this client’s own timeout: no answer to the handshake, or no message.',
      },
    ]),
    ...phrasesOf(app, [
      {
        id: 'ping-timed-out',
        needle: 'ping/pong timed out',
        pattern: /\bping\/pong timed out\b/,
        said: { means: 'ping-timeout' },
        example: 'websocket._exceptions.WebSocketTimeoutException: ping/pong timed out',
        explains: 'This client’s own ping went unanswered for ping_timeout, and it ended the connection.',
      },
      {
        id: 'connected',
        needle: 'Websocket connected',
        pattern: /\bWebsocket connected$/,
        said: { means: 'opened' },
        example: 'Websocket connected',
        explains: 'The handshake succeeded.',
      },
      {
        id: 'callback-failed',
        needle: 'error from callback <',
        pattern: /\berror from callback <[^>\n]{1,200}>/,
        said: { means: 'nothing-said' },
        example: 'error from callback <function on_message at 0x7f3c2c1d5e18>: expecting value',
        explains: 'A callback of the program itself raised an exception. The connection did not fail.',
      },
      {
        id: 'ping-options',
        needle: 'WebSocketException: Ensure ping_',
        pattern: /\bWebSocketException: Ensure ping_(?:timeout > 0|interval >=? (?:0|ping_timeout))/,
        said: { means: 'nothing-said' },
        example: 'websocket._exceptions.WebSocketException: Ensure ping_interval > ping_timeout',
        explains: 'run_forever was called with timers that do not fit. No connection was tried.',
      },
      {
        id: 'already-open',
        needle: 'socket is already opened',
        pattern: /\bWebSocketException: socket is already opened\b/,
        said: { means: 'nothing-said' },
        example: 'websocket._exceptions.WebSocketException: socket is already opened',
        explains: 'run_forever was called again while its connection was open. The connection did not fail.',
      },
      {
        id: 'retrying',
        needle: 'retrying in ',
        pattern: /\breconnect\(\) - retrying in \d{1,6}(?:\.\d{1,3})? seconds\b/,
        said: { means: 'nothing-said' },
        example: 'reconnect() - retrying in 5 seconds [12 frames in stack]',
        explains: 'The connection failed and another attempt follows. The reason is printed before it.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'protocol',
        needle: 'WebSocketProtocolException',
        pattern:
          /\bWebSocketProtocolException: (?:rsv is not implemented|Invalid opcode|Invalid ping frame|Invalid close (?:frame|opcode)|Illegal frame|Not a valid frame|Ping message is too long)/,
        said: { means: 'frame' },
        example: 'websocket._exceptions.WebSocketProtocolException: rsv is not implemented, yet',
        explains: 'A frame breaks the protocol, or is compressed although that was not agreed.',
      },
      {
        id: 'payload',
        needle: 'WebSocketPayloadException',
        pattern: /\bWebSocketPayloadException: cannot decode\b/i,
        said: { means: 'invalid-utf8' },
        example: 'websocket._exceptions.WebSocketPayloadException: cannot decode: ',
        explains: 'A text message held bytes that are not UTF-8.',
      },
      {
        id: 'unfinished-frame',
        needle: 'WebSocketProtocolException',
        pattern:
          /\bWebSocketProtocolException: (?:(?:Header|Length|Mask) not received|No continuation data available)/,
        said: { means: 'frame' },
        example: 'websocket._exceptions.WebSocketProtocolException: Header not received',
        explains: 'A frame is not complete, or does not follow the one before it.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'proxy-refused',
        needle: 'failed CONNECT via proxy status',
        pattern: /\bfailed CONNECT via proxy status: (\d{3})/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        example: 'websocket._exceptions.WebSocketProxyException: failed CONNECT via proxy status: 407',
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'host-not-found',
        needle: 'Host not found',
        pattern: /\bWebSocketException: Host not found\b/,
        said: { means: 'dns-failure' },
        example: 'websocket._exceptions.WebSocketException: Host not found.: app.example:443',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'invalid-url',
        needle: 'ValueError: ',
        pattern: /\bValueError: (?:url is invalid|hostname is invalid|scheme \S{1,40} is invalid)/,
        said: { means: 'invalid-url' },
        example: 'ValueError: scheme http is invalid',
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'tls-files',
        needle: 'WebSocketException: SSL ',
        pattern:
          /\bWebSocketException: SSL (?:CA certificate|default certificate|client certificate|cipher configuration|client certificate configuration|ECDH curve)[^\n]{0,20} failed\b/,
        said: { means: 'tls-garbled' },
        example:
          'websocket._exceptions.WebSocketException: SSL CA certificate loading failed: [Errno 2] No such file or directory',
        explains:
          'The program’s own TLS options (sslopt) name a file or a cipher that cannot be used. Nothing was sent.',
      },
      {
        id: 'no-tls',
        needle: 'SSL not available',
        pattern: /\bWebSocketException: SSL not available\b/,
        said: { means: 'not-built-in' },
        example: 'websocket._exceptions.WebSocketException: SSL not available.',
        explains: 'This Python was built without its ssl module, so wss:// cannot be opened.',
      },
      {
        id: 'invalid-answer-header',
        needle: 'WebSocketException: Invalid header',
        pattern: /\bWebSocketException: Invalid header\b/,
        said: { means: 'not-http' },
        example: 'websocket._exceptions.WebSocketException: Invalid header',
        explains: 'What came back has a header line without a colon: it is not HTTP.',
      },
      {
        id: 'socks-missing',
        needle: 'Python Socks is needed',
        pattern: /\bPython Socks is needed for SOCKS proxying but is not available\b/,
        said: { means: 'forward-proxy' },
        example:
          'websocket._exceptions.ProxyError: Python Socks is needed for SOCKS proxying but is not available',
        explains: 'The program names a SOCKS proxy, and the package python-socks is not installed.',
      },
    ]),
    ...phrasesOf(`${repository}/_wsdump.py`, [
      {
        id: 'wsdump-connected',
        needle: 'Press Ctrl+C to quit',
        pattern: /^Press Ctrl\+C to quit$/,
        said: { means: 'opened' },
        example: 'Press Ctrl+C to quit',
        explains: 'The WebSocket opened: wsdump says so when it has.',
      },
    ]),
    ...phrasesOf(examples, [
      {
        id: 'example-closed',
        needle: '### closed ###',
        pattern: /### closed ###/,
        said: { means: 'lost' },
        example: '### closed ###',
        explains: 'What the on_close of the documentation prints: the connection ended.',
      },
      {
        id: 'example-opened',
        needle: 'opened ',
        pattern: /^(?:.{0,40}\b)?(?:Opened connection|### opened ### ?)$/,
        said: { means: 'opened' },
        example: 'Opened connection',
        explains: 'What the on_open of the documentation prints: the handshake succeeded.',
      },
    ]),
  ],
})
