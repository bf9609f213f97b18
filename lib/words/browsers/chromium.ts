import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const handshake =
  'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_basic_handshake_stream.cc'
const channel = 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_channel.cc'
const frames =
  'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_frame_parser.cc'
const netErrors = 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h'
const blink =
  'https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/websockets/websocket_common.cc'

/** `net::ERR_…` of a socket, which Chromium prints after “Error in connection establishment”. */
function netError(id: string, names: string, said: Said, explains: string, example: string): Phrase {
  return {
    id,
    needle: 'net::ERR_',
    pattern: new RegExp(`net::ERR_(?:${names})\\b`),
    said,
    explains,
    example: failed(example),
    source: netErrors,
  }
}

const failed = (words: string): string => `WebSocket connection to 'wss://app.example/ws' failed: ${words}`
const establishing = (code: string): string => `Error in connection establishment: net::${code}`

export default defineProgram({
  id: 'chromium',
  name: 'Chromium (Chrome, Edge, Opera, Electron)',
  side: 'client',
  mark: /Error during WebSocket handshake|net::ERR_|Failed to construct 'WebSocket'|on 'WebSocket'/,
  phrases: [
    // Before a connection is made.
    {
      id: 'mixed-content',
      needle: 'insecure WebSocket',
      pattern:
        /attempted to connect to the insecure WebSocket endpoint '([^']*)'|An insecure WebSocket connection may not be initiated from a page loaded over HTTPS/i,
      said: { means: 'mixed-content' },
      example:
        "Uncaught SecurityError: Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.",
      explains: 'An HTTPS page tried to open ws:// without TLS. Chromium refuses before it connects.',
      source: blink,
    },
    {
      id: 'csp',
      needle: 'Content Security Policy',
      pattern:
        /(?<!\[Report Only\] )(?:Refused to connect to|Connecting to) '?([^' ]*)'? (?:because it )?violates the (?:following |document's )?Content Security Policy(?![^\n]{0,400}policy is report-only)/i,
      said: { means: 'csp' },
      example:
        "Refused to connect to 'wss://app.example/ws' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
      explains: 'The page’s Content-Security-Policy does not list this address in connect-src.',
      source: 'https://www.w3.org/TR/CSP3/#directive-connect-src',
    },
    {
      id: 'invalid-url',
      needle: "Failed to construct 'WebSocket'",
      pattern:
        /Failed to construct 'WebSocket': (?:The URL '[^']*' is invalid|The URL's scheme must be either|The URL contains a fragment identifier)/i,
      said: { means: 'invalid-url' },
      example: "Uncaught SyntaxError: Failed to construct 'WebSocket': The URL 'localhost:8080' is invalid.",
      explains: 'The address is not a WebSocket URL: the scheme is missing or wrong, or it has a fragment.',
      source: blink,
    },
    {
      id: 'invalid-subprotocol',
      needle: "Failed to construct 'WebSocket'",
      pattern: /Failed to construct 'WebSocket': The subprotocol '[^']*' is (?:invalid|duplicated)/i,
      said: { means: 'invalid-subprotocol' },
      example: "Uncaught SyntaxError: Failed to construct 'WebSocket': The subprotocol 'a b' is invalid.",
      explains: 'A subprotocol must be a token, and each may be given once.',
      source: blink,
    },
    {
      id: 'port-blocked',
      needle: "Failed to construct 'WebSocket'",
      pattern: /Failed to construct 'WebSocket': The port (\d+) is not allowed/i,
      said: { means: 'blocked-port' },
      example: "Uncaught SecurityError: Failed to construct 'WebSocket': The port 6000 is not allowed.",
      explains: 'The port belongs to another service and is on the list that browsers never connect to.',
      source: 'https://fetch.spec.whatwg.org/#port-blocking',
    },
    {
      id: 'still-connecting',
      needle: 'Still in CONNECTING state',
      pattern: /Failed to execute 'send' on 'WebSocket': Still in CONNECTING state/i,
      said: { means: 'used-too-early' },
      example:
        "Uncaught InvalidStateError: Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.",
      explains: 'The script called send() before the open event. The connection itself did not fail.',
      source: 'https://websockets.spec.whatwg.org/#dom-websocket-send',
    },
    {
      id: 'close-code',
      needle: "'close' on 'WebSocket'",
      pattern:
        /Failed to execute 'close' on 'WebSocket': The (?:code must be either 1000|message must not be greater|close code must be)/i,
      said: { means: 'nothing-said' },
      example:
        "Uncaught InvalidAccessError: Failed to execute 'close' on 'WebSocket': The code must be either 1000, or between 3000 and 4999. 1001 is neither.",
      explains:
        'Your page called close() with a code or reason that it may not use. The connection did not fail.',
      source: blink,
    },
    {
      id: 'already-closing',
      needle: 'already in CLOSING or CLOSED state',
      pattern: /WebSocket is already in CLOSING or CLOSED state/i,
      said: { means: 'lost' },
      example: 'WebSocket is already in CLOSING or CLOSED state.',
      explains: 'The script called send() on a connection that had ended. Why it ended is printed elsewhere.',
      source: blink,
    },
    {
      id: 'closed-before-established',
      needle: 'closed before the connection is established',
      pattern: /WebSocket is closed before the connection is established/i,
      said: { means: 'closed-by-page' },
      example: failed('WebSocket is closed before the connection is established.'),
      explains:
        'The page called close() while the socket was still connecting, as an effect that runs twice does.',
      source: blink,
    },
    {
      id: 'insufficient-resources',
      needle: 'nsufficient',
      pattern: /failed: Insufficient resources|net::ERR_INSUFFICIENT_RESOURCES/i,
      said: { means: 'socket-limit' },
      example: failed('Insufficient resources'),
      explains: 'The browser has as many WebSockets open as it allows (255 for a host, 512 in all).',
      source:
        'https://source.chromium.org/chromium/chromium/src/+/main:services/network/websocket_factory.cc',
    },
    netError(
      'unsafe-port',
      'UNSAFE_PORT',
      { means: 'blocked-port' },
      'The port is on the list that browsers never connect to.',
      establishing('ERR_UNSAFE_PORT'),
    ),
    netError(
      'blocked-by-client',
      'BLOCKED_BY_(?:CLIENT|ADMINISTRATOR|ORB|RESPONSE|CSP)',
      { means: 'blocked-by-client' },
      'An extension or a policy of the browser’s administrator blocked the connection.',
      establishing('ERR_BLOCKED_BY_CLIENT'),
    ),
    netError(
      'local-network',
      'BLOCKED_BY_(?:LOCAL|PRIVATE)_NETWORK_ACCESS_CHECKS',
      { means: 'local-network' },
      'A page of a public address may not reach this local or private address without permission.',
      establishing('ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS'),
    ),
    netError(
      'offline',
      'INTERNET_DISCONNECTED',
      { means: 'offline' },
      'This device has no network.',
      establishing('ERR_INTERNET_DISCONNECTED'),
    ),
    netError(
      'network-changed',
      'NETWORK_CHANGED',
      { means: 'network-changed' },
      'The device’s network changed (Wi-Fi, VPN, address) and Chromium ended the connection.',
      establishing('ERR_NETWORK_CHANGED'),
    ),
    netError(
      'io-suspended',
      'NETWORK_IO_SUSPENDED',
      { means: 'suspended' },
      'The device went to sleep and Chromium ended the connection.',
      establishing('ERR_NETWORK_IO_SUSPENDED'),
    ),
    // DNS and TCP.
    netError(
      'name-not-resolved',
      'NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_[A-Z_]+|ICANN_NAME_COLLISION',
      { means: 'dns-failure' },
      'The host name has no address in DNS.',
      establishing('ERR_NAME_NOT_RESOLVED'),
    ),
    netError(
      'connection-refused',
      'CONNECTION_REFUSED',
      { means: 'refused' },
      'Nothing accepts connections at this address and port.',
      establishing('ERR_CONNECTION_REFUSED'),
    ),
    netError(
      'unreachable',
      'ADDRESS_UNREACHABLE|NETWORK_UNREACHABLE|NETWORK_ACCESS_DENIED|ADDRESS_INVALID',
      { means: 'unreachable' },
      'There is no route to this address.',
      establishing('ERR_ADDRESS_UNREACHABLE'),
    ),
    netError(
      'connection-timed-out',
      'CONNECTION_TIMED_OUT|TIMED_OUT',
      { means: 'connect-timeout' },
      'Nothing answered the attempt to connect: a firewall drops it, or the host is down.',
      establishing('ERR_CONNECTION_TIMED_OUT'),
    ),
    netError(
      'connection-reset',
      'CONNECTION_(?:RESET|ABORTED)|SOCKET_NOT_CONNECTED',
      { means: 'reset' },
      'TCP was reset by the server or by something in between.',
      establishing('ERR_CONNECTION_RESET'),
    ),
    netError(
      'connection-closed',
      'CONNECTION_CLOSED|EMPTY_RESPONSE',
      { means: 'closed-before-answer' },
      'The server closed TCP without an answer to the handshake.',
      establishing('ERR_CONNECTION_CLOSED'),
    ),
    // Forward proxies.
    netError(
      'proxy-authentication',
      'UNEXPECTED_PROXY_AUTH|PROXY_AUTH_[A-Z_]+',
      { means: 'proxy-authentication' },
      'The company’s forward proxy wants credentials.',
      establishing('ERR_PROXY_AUTH_REQUESTED'),
    ),
    netError(
      'proxy-failed',
      'PROXY_[A-Z_]+|TUNNEL_CONNECTION_FAILED|SOCKS_[A-Z_]+|NO_SUPPORTED_PROXIES|MANDATORY_PROXY_[A-Z_]+',
      { means: 'forward-proxy' },
      'The forward proxy could not make the tunnel.',
      establishing('ERR_TUNNEL_CONNECTION_FAILED'),
    ),
    {
      id: 'tunnel-failed',
      needle: 'Establishing a tunnel via proxy server failed',
      pattern: /Establishing a tunnel via proxy server failed/i,
      said: { means: 'forward-proxy' },
      example: failed('Establishing a tunnel via proxy server failed.'),
      explains: 'The forward proxy refused the tunnel to this host and port.',
      source: handshake,
    },
    // TLS.
    netError(
      'cert-date',
      'CERT_DATE_INVALID',
      { means: 'cert-expired' },
      'The certificate has expired or is not valid yet.',
      establishing('ERR_CERT_DATE_INVALID'),
    ),
    netError(
      'cert-name',
      'CERT_COMMON_NAME_INVALID',
      { means: 'cert-name' },
      'The certificate is for another host name.',
      establishing('ERR_CERT_COMMON_NAME_INVALID'),
    ),
    netError(
      'cert-invalid',
      'CERT_[A-Z_]+|CERTIFICATE_TRANSPARENCY_REQUIRED|SSL_PINNED_KEY_NOT_IN_CERT_CHAIN',
      { means: 'cert-untrusted' },
      'The browser does not trust the certificate. Open https:// of the same host to see why.',
      establishing('ERR_CERT_AUTHORITY_INVALID'),
    ),
    netError(
      'client-certificate',
      'SSL_CLIENT_AUTH_[A-Z_]+|BAD_SSL_CLIENT_AUTH_CERT',
      { means: 'tls-client-certificate' },
      'The server asks for a client certificate.',
      establishing('ERR_SSL_CLIENT_AUTH_CERT_NEEDED'),
    ),
    netError(
      'tls-version',
      'SSL_VERSION_OR_CIPHER_MISMATCH|SSL_OBSOLETE_VERSION|SSL_UNSUPPORTED_[A-Z_]+',
      { means: 'tls-version' },
      'Browser and server share no version of TLS or no cipher.',
      establishing('ERR_SSL_VERSION_OR_CIPHER_MISMATCH'),
    ),
    netError(
      'tls-failed',
      'SSL_[A-Z_]+|BAD_SSL_[A-Z_]+|EARLY_DATA_[A-Z_]+|ECH_[A-Z_]+',
      { means: 'tls-garbled' },
      'TLS failed. The usual reason is wss:// to a port that speaks plain HTTP.',
      establishing('ERR_SSL_PROTOCOL_ERROR'),
    ),
    {
      id: 'handshake-cancelled',
      needle: 'opening handshake was cance',
      pattern: /WebSocket opening handshake was cancell?ed/i,
      said: { means: 'tls-client-certificate' },
      example: failed('WebSocket opening handshake was canceled'),
      explains:
        'The handshake was given up, as when the server asks for a client certificate and none is sent.',
      source: channel,
    },
    // The handshake.
    {
      id: 'handshake-timed-out',
      needle: 'opening handshake timed out',
      pattern: /WebSocket opening handshake timed out/i,
      said: { means: 'handshake-timeout' },
      example: failed('WebSocket opening handshake timed out'),
      explains: 'Chromium waits four minutes for an answer to the handshake.',
      source: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_stream.cc',
    },
    {
      id: 'authentication',
      needle: 'HTTP Authentication failed',
      pattern: /HTTP Authentication failed/i,
      said: { means: 'authentication', status: 401 },
      example: failed('HTTP Authentication failed; no valid credentials available'),
      explains: 'The handshake was answered with 401, and the browser had no valid credentials.',
      source: handshake,
    },
    {
      id: 'proxy-authentication-failed',
      needle: 'Proxy authentication failed',
      pattern: /failed: Proxy authentication failed/i,
      said: { means: 'proxy-authentication', status: 407 },
      example: failed('Proxy authentication failed'),
      explains: 'The forward proxy answered with 407: it wants credentials.',
      source: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_stream.cc',
    },
    {
      id: 'unexpected-response',
      needle: 'Unexpected response code',
      pattern: /Unexpected response code: (\d{3})/i,
      said: ([, status]) => saidOfStatus(status),
      example: failed('Error during WebSocket handshake: Unexpected response code: 403'),
      explains: 'The handshake was answered with this HTTP status in place of 101.',
      source: handshake,
    },
    {
      id: 'invalid-status-line',
      needle: 'Invalid status line',
      pattern: /Error during WebSocket handshake: Invalid status line/i,
      said: { means: 'not-http' },
      example: failed('Error during WebSocket handshake: Invalid status line'),
      explains: 'What came back is not HTTP/1.1.',
      source: handshake,
    },
    netError(
      'invalid-http',
      'INVALID_HTTP_RESPONSE|INVALID_REDIRECT|UNSAFE_REDIRECT',
      { means: 'not-http' },
      'What came back is not HTTP.',
      establishing('ERR_INVALID_HTTP_RESPONSE'),
    ),
    netError(
      'not-a-url',
      'INVALID_URL|DISALLOWED_URL_SCHEME|UNKNOWN_URL_SCHEME',
      { means: 'invalid-url' },
      'The address is not a WebSocket URL.',
      establishing('ERR_DISALLOWED_URL_SCHEME'),
    ),
    netError(
      'connection-failed',
      'CONNECTION_FAILED|ADDRESS_IN_USE|ALPN_NEGOTIATION_FAILED',
      { means: 'no-connection' },
      'The connection could not be made. Chromium does not say more.',
      establishing('ERR_CONNECTION_FAILED'),
    ),
    netError(
      'aborted',
      'ABORTED',
      { means: 'closed-by-page' },
      'The page ended the attempt: it called close(), or the user left it.',
      establishing('ERR_ABORTED'),
    ),
    netError(
      'failed',
      'FAILED|UNEXPECTED|ACCESS_DENIED',
      { means: 'never-opened' },
      'The connection failed, and the code does not say why.',
      establishing('ERR_FAILED'),
    ),
    netError(
      'http2',
      'HTTP2_[A-Z_]+|SPDY_[A-Z_]+|QUIC_[A-Z_]+|HTTP_1_1_REQUIRED',
      { means: 'http2' },
      'The WebSocket was opened over HTTP/2 and the connection under it failed.',
      establishing('ERR_HTTP2_PROTOCOL_ERROR'),
    ),
    {
      id: 'closed-before-response',
      needle: 'Connection closed before receiving a handshake response',
      pattern: /Connection closed before receiving a handshake response/i,
      said: { means: 'closed-before-answer' },
      example: failed('Connection closed before receiving a handshake response'),
      explains: 'The server closed TCP without an answer to the handshake.',
      source: handshake,
    },
    {
      id: 'subprotocol',
      needle: 'Sec-WebSocket-Protocol',
      pattern:
        /(?:'Sec-WebSocket-Protocol' header value '[^']*' in response does not match|Response must not include 'Sec-WebSocket-Protocol'|Sent non-empty 'Sec-WebSocket-Protocol' header but no response)/i,
      said: { means: 'subprotocol' },
      example: failed(
        "Error during WebSocket handshake: Sent non-empty 'Sec-WebSocket-Protocol' header but no response was received",
      ),
      explains: 'The 101 names no subprotocol, or one that was not asked for.',
      source: handshake,
    },
    {
      id: 'extension',
      needle: 'xtension',
      pattern:
        /Error during WebSocket handshake: (?:Found an unsupported extension|'Sec-WebSocket-Extensions' header|Error in permessage-deflate|Received duplicate permessage-deflate)|failed: (?:Error in|Received an unexpected) permessage-deflate/i,
      said: { means: 'extension' },
      example: failed(
        "Error during WebSocket handshake: Found an unsupported extension 'x-webkit-deflate-frame' in 'Sec-WebSocket-Extensions' header",
      ),
      explains: 'The 101 agrees to an extension that was not offered, or with parameters that do not fit.',
      source: handshake,
    },
    {
      id: 'bad-101',
      needle: 'Error during WebSocket handshake',
      pattern:
        /Error during WebSocket handshake: (?:'?(?:Upgrade|Connection|Sec-WebSocket-Accept)'? header|'[A-Za-z-]{1,40}' header must not appear more than once|Incorrect 'Sec-WebSocket-Accept')|net::ERR_RESPONSE_HEADERS_[A-Z_]+/i,
      said: { means: 'bad-101' },
      example: failed("Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value"),
      explains: 'The 101 lacks a header, has it twice, or has a wrong value.',
      source: handshake,
    },
    // After the opening.
    {
      id: 'invalid-frame',
      needle: 'failed: ',
      pattern:
        /failed: (?:Invalid frame header|A server must not mask any frames|One or more reserved bits are on|Unrecognized frame opcode|Received unexpected continuation frame|Received start of new message but previous message is unfinished|Received fragmented control frame|Received a? ?control frame having too long payload|Received a broken close frame|(?:Data frame|Ping|Pong|Close|Close frame) received after close|Received an invalid close|The minimal number of bytes)/i,
      said: { means: 'frame' },
      example: failed('Invalid frame header'),
      explains:
        'Bytes arrived that are not WebSocket frames, or frames that break the protocol. HTTP text after the 101 does that too.',
      source: frames,
    },
    {
      id: 'invalid-utf8',
      needle: 'UTF-8',
      pattern: /failed: (?:Could not decode a text frame as UTF-8|The close frame.{0,80}UTF-8)/i,
      said: { means: 'invalid-utf8' },
      example: failed('Could not decode a text frame as UTF-8.'),
      explains: 'A text message held bytes that are not UTF-8.',
      source: channel,
    },
    {
      id: 'inflate',
      needle: 'failed: ',
      pattern: /failed: (?:.{0,20}(?:inflate|decompress)|Compressed bit must be 0)/i,
      said: { means: 'compression' },
      example: failed('Compressed bit must be 0 if no negotiated deflate-frame extension'),
      explains: 'A message was compressed although compression was not agreed, or cannot be decompressed.',
      source: 'https://source.chromium.org/chromium/chromium/src/+/main:net/websockets/websocket_inflater.cc',
    },
    {
      id: 'ping-timeout',
      needle: 'Ping timeout',
      pattern: /failed: Ping timeout/i,
      said: { means: 'ping-timeout' },
      example: failed('Ping timeout'),
      explains: 'A ping of the browser’s own side stayed unanswered.',
      source: channel,
    },
    {
      id: 'failed-without-reason',
      needle: 'WebSocket connection to',
      pattern: /WebSocket connection to '[^']*' failed: ?$/i,
      said: { means: 'never-opened' },
      example: failed(''),
      explains: 'The connection failed, and the reason is not printed. The Network panel or a probe has it.',
      source: blink,
    },
  ],
})
