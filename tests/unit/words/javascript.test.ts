import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Said } from '#lib/words/meaning.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

/** Siblings of the examples: other versions, other wordings of one phrase, and sentences inside of longer lines. */
const lines: readonly [string, Said | undefined][] = [
  // Firefox
  [
    "Firefox can't establish a connection to the server at ws://localhost:8080/. app.js:12:14",
    { means: 'never-opened', url: 'ws://localhost:8080/' },
  ],
  [
    'Nightly can’t establish a connection to the server at wss://app.example/socket.io/?EIO=4&transport=websocket.',
    { means: 'never-opened', url: 'wss://app.example/socket.io/?EIO=4&transport=websocket' },
  ],
  [
    'Firefox nie może nawiązać połączenia z\u00a0serwerem wss://app.example/ws.',
    { means: 'never-opened', url: 'wss://app.example/ws' },
  ],
  [
    '페이지 로드 중 wss://app.example/ws에 대한 연결이 중단되었습니다.',
    { means: 'interrupted', url: 'wss://app.example/ws' },
  ],
  [
    'Firefox は、wss://app.example/ws のサーバーへの接続を確立できませんでした。',
    { means: 'never-opened', url: 'wss://app.example/ws' },
  ],
  [
    'Content Security Policy: The page’s settings blocked the loading of a resource at wss://app.example/ws (“connect-src”).',
    { means: 'csp', url: 'wss://app.example/ws' },
  ],
  [
    'Content-Security-Policy: Die Einstellungen der Seite haben das Laden einer Ressource (connect-src) auf wss://app.example/ws blockiert, da sie gegen folgende Direktive verstößt: "connect-src \'self\'"',
    { means: 'csp', url: 'wss://app.example/ws' },
  ],
  [
    "Content-Security-Policy: (Report-Only policy) The page’s settings would block the loading of a resource (connect-src) at wss://app.example/ws because it violates the following directive: “connect-src 'self'”",
    undefined,
  ],
  [
    'Blocked loading mixed active content “ws://app.example/ws”',
    { means: 'mixed-content', url: 'ws://app.example/ws' },
  ],
  [
    'The connection to wss://app.example/ws was interrupted while the page was loading.',
    { means: 'interrupted', url: 'wss://app.example/ws' },
  ],
  ['GET wss://app.example/ws NS_ERROR_NET_TIMEOUT_EXTERNAL', { means: 'connect-timeout' }],
  ['SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE', { means: 'cert-expired' }],
  ['MOZILLA_PKIX_ERROR_MITM_DETECTED', { means: 'cert-untrusted' }],
  ['SSL_ERROR_NO_CYPHER_OVERLAP', { means: 'tls-version' }],
  ['Firefox can’t establish a connection to the server at http://localhost:3000/events.', undefined],
  // Safari and Apple
  [
    "[Error] WebSocket connection to 'wss://a.example/ws' failed: There was a bad response from the server.",
    { means: 'bad-answer' },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/ws' failed: Unexpected response code: 403",
    { means: 'status', status: 403 },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/ws' failed: Could not connect to the server.",
    { means: 'no-connection' },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/ws' failed: Could not decode a text frame as UTF-8.",
    { means: 'invalid-utf8' },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/' failed: The operation couldn’t be completed. (kNWErrorDomainPOSIX error 100 - Protocol error)",
    { means: 'frame' },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/' failed: The operation couldn’t be completed. (kNWErrorDomainPOSIX error 96 - No message available on STREAM)",
    { means: 'interrupted' },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/' failed: The operation couldn’t be completed. Socket is not connected",
    { means: 'lost' },
  ],
  [
    "[Error] WebSocket connection to 'wss://a.example/' failed: The operation couldn’t be completed. Software caused connection abort",
    { means: 'reset', isOwnAbort: true },
  ],
  [
    "WebSocket connection to 'wss://a.example/ws' failed: The certificate for this server is invalid. You might be connecting to a server that is pretending to be “a.example” which could put your confidential information at risk.",
    { means: 'cert-untrusted', unsure: true },
  ],
  ['failed: WebSocket is closed due to suspension.', { means: 'suspended' }],
  ['Error Domain=NSPOSIXErrorDomain Code=57 "Socket is not connected"', { means: 'lost' }],
  ['Error Domain=NSPOSIXErrorDomain Code=54 "Connection reset by peer"', { means: 'reset' }],
  ['POSIXErrorCode(rawValue: 53): Software caused connection abort', { means: 'reset', isOwnAbort: true }],
  ['POSIXErrorCode(rawValue: 61): Connection refused', { means: 'refused' }],
  ['POSIXErrorCode(rawValue: 100): Protocol error', { means: 'frame' }],
  [
    'Error Domain=NSPOSIXErrorDomain Code=40 "Message too long" UserInfo={NSDescription=Message too long}',
    { means: 'too-big', unsure: true },
  ],
  [
    'Error Domain=NSURLErrorDomain Code=-1011 "There was a bad response from the server." UserInfo={NSErrorFailingURLKey=wss://a.example/}',
    { means: 'bad-answer' },
  ],
  ['The operation couldn’t be completed. (NSURLErrorDomain error -1006.)', { means: 'dns-failure' }],
  ['The operation couldn’t be completed. (kCFStreamErrorDomainSSL error -9843.)', { means: 'cert-name' }],
  ['CFNetwork SSLHandshake failed (-9807)', { means: 'cert-untrusted', unsure: true }],
  ['Error Domain=kNWErrorDomainTLS Code=-9836 "bad protocol version"', { means: 'tls-version' }],
  ['Failed to load resource: The network connection was lost.', undefined],
  [
    'Starscream.WSError(type: Starscream.ErrorType.protocolError, message: "", code: 1011)',
    { means: 'close', close: { code: 1011 } },
  ],
  [
    'Optional(Error Domain=WebSocket Code=404 "Invalid HTTP upgrade" UserInfo={NSLocalizedDescription=Invalid HTTP upgrade})',
    { means: 'status', status: 404 },
  ],
  // Chromium
  [
    "[Report Only] Refused to connect to 'wss://a.example/ws' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    undefined,
  ],
  [
    "Connecting to 'wss://a.example/ws' violates the following Content Security Policy directive: \"connect-src 'self'\". The action has been blocked.",
    { means: 'csp' },
  ],
  ["WebSocket connection to 'wss://a.example/ws' failed: ", { means: 'never-opened' }],
  [
    "WebSocket connection to 'wss://a.example/ws' failed: Data frame received after close",
    { means: 'frame' },
  ],
  [
    "WebSocket connection to 'wss://a.example/ws' failed: Error during WebSocket handshake: net::ERR_CONNECTION_RESET",
    { means: 'reset' },
  ],
  [
    "WebSocket connection to 'wss://a.example/ws' failed: Error in connection establishment: net::ERR_SSL_UNRECOGNIZED_NAME_ALERT",
    { means: 'tls-garbled' },
  ],
  [
    "WebSocket connection to 'wss://a.example/ws' failed: Error during WebSocket handshake: 'Sec-WebSocket-Protocol' header must not appear more than once in a response",
    { means: 'bad-101' },
  ],
  // Node
  ['getaddrinfo EAI_AGAIN api', { means: 'dns-failure', address: 'api' }],
  ['Error: queryA ENOTFOUND nope.example', { means: 'dns-failure', address: 'nope.example' }],
  ['AggregateError [ECONNREFUSED]: ', { means: 'refused' }],
  ['    [errors]: [ Error: connect ECONNREFUSED ::1:8080', { means: 'refused', address: '::1:8080' }],
  ['AggregateError [ETIMEDOUT]: ', { means: 'connect-timeout' }],
  ["  errno: -110, code: 'ETIMEDOUT', syscall: 'connect'", { means: 'connect-timeout' }],
  ["{ errno: -104, code: 'ECONNRESET', syscall: 'read' }", { means: 'reset' }],
  ["  code: 'ECONNRESET',", { means: 'nothing-said' }],
  ["Error: socket hang up { code: 'ECONNRESET' }", { means: 'closed-before-answer' }],
  ['[HPM] ECONNRESET: Error: read ECONNRESET', { means: 'reset' }],
  [
    'Error: connect EHOSTUNREACH 10.1.2.3:443 - Local (192.168.1.2:51234)',
    { means: 'unreachable', address: '10.1.2.3:443' },
  ],
  ["Error: Hostname/IP doesn't match certificate's altnames", { means: 'cert-name' }],
  ['Error: self signed certificate in certificate chain', { means: 'cert-untrusted' }],
  ["  code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'", { means: 'cert-untrusted' }],
  ['Error: Parse Error: Invalid header value char', { means: 'bad-answer' }],
  // OpenSSL
  [
    '[Error: 401DA73BF77F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/openssl/openssl/ssl/record/methods/tlsany_meth.c:77:',
    { means: 'tls-garbled' },
  ],
  [
    'Error: write EPROTO 140:error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:../../third_party/boringssl/src/ssl/tls_record.cc:231:',
    { means: 'tls-garbled' },
  ],
  ["  code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'", { means: 'tls-version' }],
  ["  code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'", { means: 'tls-version', unsure: true }],
  ["  code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'", { means: 'tls-client-certificate' }],
  ["  code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'", { means: 'tls-garbled' }],
  ["  code: 'ERR_SSL_UNEXPECTED_EOF_WHILE_READING'", { means: 'lost' }],
  ['error:1408F10B:SSL routines:ssl3_get_record:wrong version number', { means: 'tls-garbled' }],
  [
    'SSL routines:ssl3_read_bytes:sslv3 alert certificate unknown:SSL alert number 46',
    { means: 'cert-untrusted' },
  ],
  ['error:1407609C:SSL routines:SSL23_GET_CLIENT_HELLO:http request', { means: 'plain-on-tls' }],
  ['certificate verify failed: self-signed certificate', { means: 'cert-untrusted' }],
  ['certificate verify failed: certificate has expired', { means: 'cert-expired' }],
  // ws
  ['Error: unexpected server response (502)', { means: 'status', status: 502 }],
  ['Error: Unexpected server response: 101', { means: 'bad-101', status: 101 }],
  ['Error: Unexpected server response: 407', { means: 'proxy-authentication', status: 407 }],
  ['Error: closed before the connection is established', { means: 'closed-by-page' }],
  ['Error: opening handshake has timed out', { means: 'handshake-timeout' }],
  ['Error: invalid server key', { means: 'bad-101' }],
  ['Error: max payload size exceeded', { means: 'too-big' }],
  ['Error: invalid utf8 sequence', { means: 'invalid-utf8' }],
  ["  code: 'WS_ERR_TOO_MANY_BUFFERED_PARTS',", { means: 'too-big' }],
  ["  code: 'WS_ERR_EXPECTED_MASK',", { means: 'frame' }],
  ['Error: The "a" subprotocol is duplicated', { means: 'invalid-subprotocol' }],
  // undici
  ['[TypeError: fetch failed] {', { means: 'nothing-said' }],
  [
    'TypeError: fetch failed: connect ECONNREFUSED 127.0.0.1:3000',
    { means: 'refused', address: '127.0.0.1:3000' },
  ],
  [
    '  [cause]: ConnectTimeoutError: Connect Timeout Error (attempted addresses: 203.0.113.7:443, timeout: 10000ms)',
    { means: 'connect-timeout', address: '203.0.113.7:443' },
  ],
  ["  code: 'UND_ERR_HEADERS_TIMEOUT'", { means: 'handshake-timeout' }],
  ['  [cause]: SocketError: other side closed', { means: 'closed-before-answer' }],
  // Socket.IO
  ['connect_error due to websocket error', { means: 'never-opened', application: 'socket.io' }],
  ['Error: websocket error', { means: 'never-opened', application: 'socket.io' }],
  [
    'Error: websocket error\\n    at WS.onError (transport.js:48:20)',
    { means: 'never-opened', application: 'socket.io' },
  ],
  [
    'io.socket.engineio.client.EngineIOException: xhr poll error',
    { means: 'never-opened', application: 'socket.io' },
  ],
  ['connect_error: xhr poll error', { means: 'never-opened', application: 'socket.io' }],
  ['connect_error Error: timeout', { means: 'handshake-timeout', application: 'socket.io' }],
  ['11:11:45 socket disconnected: ping timeout', { means: 'ping-timeout', application: 'socket.io' }],
  ['Disconnected from server, reason: ping timeout', { means: 'ping-timeout', application: 'socket.io' }],
  ['Disconnected: transport close', { means: 'dropped', application: 'socket.io' }],
  ['disconnect transport error', { means: 'dropped', application: 'socket.io' }],
  ['socket.io disconnect: io server disconnect', { means: 'closed-by-server', application: 'socket.io' }],
  ['{"code":3,"message":"Bad request"}', { means: 'upgrade-missing', application: 'socket.io', status: 400 }],
  [
    "{ code: 1, message: 'Session ID unknown', context: { sid: 'abc' } }",
    { means: 'session-unknown', application: 'socket.io', status: 400 },
  ],
  [
    '{\\"code\\":5,\\"message\\":\\"Unsupported protocol version\\"}',
    { means: 'application-protocol', application: 'socket.io', status: 400, older: 'client' },
  ],
  [
    'err_socket Error: It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible',
    { means: 'application-protocol', application: 'socket.io', older: 'server' },
  ],
  [
    '[WebSocket] closed, code=1011 reason="keepalive ping timeout"',
    { means: 'close', close: { code: 1011, reason: 'keepalive ping timeout' } },
  ],
  // SignalR
  [
    "Error: Failed to complete negotiation with the server: Error: Not Found: Status code '404' Either this is not a SignalR endpoint or there is a proxy blocking the connection.",
    { means: 'status', status: 404, application: 'signalr' },
  ],
  [
    "Error: Failed to complete negotiation with the server: Error: Unauthorized: Status code '401'",
    { means: 'status', status: 401, application: 'signalr' },
  ],
  [
    "[2024-05-01T10:00:00.000Z] Error: Connection disconnected with error 'Error: WebSocket closed with status code: 1006 (no reason given).'.",
    { means: 'dropped', close: { code: 1006, reason: '' }, application: 'signalr' },
  ],
  [
    'Error: WebSocket closed with status code: 1006 ().',
    { means: 'dropped', close: { code: 1006, reason: '' }, application: 'signalr' },
  ],
  [
    "Error: Connection disconnected with error 'Error: Server timeout elapsed without receiving a message from the server.'.",
    { means: 'ping-timeout', application: 'signalr' },
  ],
  [
    "Error: Failed to start the connection: Error: Unable to connect to the server with any of the available transports. Error: LongPolling failed: Error: No Connection with that ID: Status code '404'",
    { means: 'session-unknown', application: 'signalr', status: 404 },
  ],
  // GraphQL
  [
    '{ code: 4408, reason: "Connection initialisation timeout", wasClean: true }',
    {
      means: 'first-message-missing',
      close: { code: 4408, reason: 'Connection initialisation timeout' },
      application: 'graphql-transport-ws',
    },
  ],
  [
    'Socket closed with event 4406 Subprotocol not acceptable',
    { means: 'close', close: { code: 4406, reason: 'Subprotocol not acceptable' } },
  ],
  [
    'WebSocket closed: 4406 Subprotocol not acceptable',
    {
      means: 'application-protocol',
      close: { code: 4406, reason: 'Subprotocol not acceptable' },
      application: 'graphql-transport-ws',
    },
  ],
  // Others
  ['Error: Connection refused: Bad User Name or Password', { means: 'unauthorized', application: 'mqtt' }],
  [
    '[ActionCable] ConnectionMonitor detected stale connection. reconnectAttempts = 0, time stale = 7.123 s, stale threshold = 6 s 1714557600000',
    { means: 'ping-timeout', application: 'actioncable', limitMs: 6000 },
  ],
  ['Whoops! Lost connection to wss://app.example/ws', { means: 'lost', application: 'stomp' }],
  [
    'SockJS connection closed: {code: 1002, reason: "Cannot connect to server"}',
    { means: 'never-opened', application: 'sockjs' },
  ],
  // Dev servers
  ['client:532 [vite] failed to connect to websocket.', { means: 'never-opened', application: 'vite-hmr' }],
  [
    '  (browser) dev.example:3000/ <--[WebSocket (failing)]--> localhost:3000/ (server)',
    { means: 'never-opened', application: 'vite-hmr', address: 'dev.example:3000' },
  ],
  ['[vite] server connection lost. polling for restart...', { means: 'lost', application: 'vite-hmr' }],
  ['[WDS] Disconnected!', { means: 'lost', application: 'webpack-hmr' }],
  [
    "[webpack-dev-server] Event {isTrusted: true, type: 'error', target: WebSocket, currentTarget: WebSocket, eventPhase: 2, …}",
    { means: 'never-opened', application: 'webpack-hmr' },
  ],
  ['[HMR] WebSocket connection lost', { means: 'dropped', application: 'webpack-hmr' }],
  // Tools
  ['error: connect ECONNREFUSED 127.0.0.1:8080', { means: 'refused', address: '127.0.0.1:8080' }],
  ['error: Unexpected server response: 403', { means: 'status', status: 403 }],
  ['disconnected (code: 1000, reason: "bye")', { means: 'close', close: { code: 1000, reason: 'bye' } }],
  [
    'websocat: WebSocketError: WebSocketError: Received unexpected status code (404 Not Found)',
    { means: 'status', status: 404 },
  ],
  ['websocat: WebSocketError: WebSocket I/O error: Connection refused (os error 111)', { means: 'refused' }],
  [
    "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server",
    { means: 'refused', unsure: true },
  ],
  ['curl: (60) SSL certificate problem: self-signed certificate', { means: 'cert-untrusted' }],
  ['curl: (56) Recv failure: Connection reset by peer', { means: 'reset' }],
  ['curl: (35) OpenSSL/3.0.2: error:0A00010B:SSL routines::wrong version number', { means: 'tls-garbled' }],
  [
    '* connect to 127.0.0.1 port 8080 from 127.0.0.1 port 51234 failed: Connection refused',
    { means: 'refused' },
  ],
]

describe('words of JavaScript programs', () => {
  for (const [line, said] of lines) {
    it(line, () => assert.deepEqual(readSentence(line)?.said, said))
  }
})
