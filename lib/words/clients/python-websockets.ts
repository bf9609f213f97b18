import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/python-websockets/websockets/blob/main/src/websockets'
const exceptions = `${repository}/exceptions.py`
const connection = `${repository}/asyncio/connection.py`
const client = `${repository}/client.py`
const asyncioClient = `${repository}/asyncio/client.py`
const http = `${repository}/http11.py`
const server = `${repository}/server.py`
const asyncioServer = `${repository}/asyncio/server.py`
const frames = `${repository}/frames.py`
const legacy = 'https://websockets.readthedocs.io/en/8.1/api.html#module-websockets.exceptions'

/** `1008 (policy violation) invalid token`, as `Close` prints itself: code, its name, the reason if there is one. */
const CLOSE = '(\\d{4}) \\([^()\\n]{1,60}\\)(?: ([^\\n]{1,130}?))?'

const received = (code: string | undefined, reason: string | undefined, clean: boolean): Said => ({
  means: 'close',
  close: { code: Number(code), reason: reason ?? '', way: 'received', clean },
})

/** A Close frame that this end sent first: over a mistake of the other end, or because its program wanted to. */
function sent(code: string | undefined, reason = '', clean: boolean): Said {
  const close = { code: Number(code), reason, way: 'sent' as const, clean }
  if (reason === 'keepalive ping timeout') return { means: 'ping-timeout', close }
  const limit = /limit of (\d{1,12}) bytes|\(\d{1,12} > (\d{1,12}) bytes\)/.exec(reason)
  if (close.code === 1009)
    return { means: 'too-big', close, ...(limit && { limitBytes: Number(limit[1] ?? limit[2]) }) }
  if (close.code === 1007) return { means: 'invalid-utf8', close }
  if (close.code === 1002) return { means: 'frame', close }
  return { means: 'close', close }
}

export default defineProgram({
  id: 'python-websockets',
  name: 'websockets (Python)',
  mark: /\bwebsockets\.(?:exceptions|client|server|protocol|legacy|asyncio|sync)\b|\bwebsockets\/\w{1,20}\//,
  phrases: [
    ...phrasesOf(exceptions, [
      {
        id: 'received-close',
        needle: 'received ',
        pattern: new RegExp(`\\breceived ${CLOSE}; (?:then sent \\d{4} \\(|no close frame sent)`),
        said: ([text, code, reason]) => received(code, reason, !text.endsWith('no close frame sent')),
        example:
          'websockets.exceptions.ConnectionClosedError: received 1008 (policy violation) invalid token; then sent 1008 (policy violation) invalid token',
        explains: 'The other end closed the connection with this code and reason, and this end answered.',
      },
      {
        id: 'sent-close',
        needle: 'sent ',
        pattern: new RegExp(`\\bsent ${CLOSE}; (?:then received \\d{4} \\(|no close frame received)`),
        said: ([text, code, reason]) => sent(code, reason, !text.endsWith('no close frame received')),
        example:
          'websockets.exceptions.ConnectionClosedError: sent 1011 (internal error) keepalive ping timeout; no close frame received',
        explains:
          'This end closed the connection with this code and reason. “keepalive ping timeout”: its own ping went unanswered for ping_timeout.',
      },
      {
        id: 'no-close-frame',
        needle: 'no close frame received or sent',
        pattern: /\bno close frame received or sent\b/,
        said: { means: 'dropped' },
        example: 'websockets.exceptions.ConnectionClosedError: no close frame received or sent',
        explains: 'The connection was open, and TCP ended without a Close frame in either direction.',
      },
      {
        id: 'rejected',
        needle: 'server rejected WebSocket connection',
        pattern: /\bserver rejected WebSocket connection: HTTP (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 403',
        explains:
          'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
      },
      {
        id: 'proxy-rejected',
        needle: 'proxy rejected connection',
        pattern: /\bproxy rejected connection: HTTP (\d{3})/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        side: 'client',
        example: 'websockets.exceptions.InvalidProxyStatus: proxy rejected connection: HTTP 407',
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'proxy-failed',
        needle: 'proxy',
        pattern:
          /\b(?:did not receive a valid HTTP response from proxy|failed to connect to SOCKS proxy|timed out while connecting to HTTP proxy)\b/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example: 'websockets.exceptions.ProxyError: failed to connect to SOCKS proxy',
        explains: 'The forward proxy could not make the tunnel.',
      },
      {
        id: 'invalid-uri',
        needle: "isn't a valid URI",
        pattern: /(?<!\S)(\S{1,2048}) isn't a valid URI\b/,
        said: { means: 'invalid-url' },
        side: 'client',
        example: "websockets.exceptions.InvalidURI: localhost:8765 isn't a valid URI: scheme isn't ws or wss",
        explains: 'The address is not a WebSocket URL: the scheme is missing or wrong, or it has no host.',
      },
      {
        id: 'invalid-origin',
        needle: 'Origin header',
        pattern: /\b(?:invalid Origin header: (\S{1,512})|missing Origin header\b)/,
        said: ([, origin]) =>
          origin === undefined ? { means: 'origin-missing' } : { means: 'origin-refused', origin },
        side: 'server',
        example: 'websockets.exceptions.InvalidOrigin: invalid Origin header: https://app.example',
        explains: 'The server’s list of origins does not have this one. It answers 403.',
      },
      {
        id: 'invalid-upgrade',
        needle: ' header',
        pattern:
          /\b(?:(?:missing|empty) (?:Upgrade|Connection) header|invalid (?:Upgrade|Connection) header: [^\n]{1,80})/,
        said: { means: 'upgrade-missing' },
        side: 'server',
        example: 'websockets.exceptions.InvalidUpgrade: invalid Connection header: keep-alive',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP. The server answers 426.',
      },
      {
        id: 'invalid-key-or-version',
        needle: 'Sec-WebSocket-',
        pattern: /\b(?:missing|empty|invalid) Sec-WebSocket-(?:Key|Version) header/,
        said: { means: 'handshake-header' },
        side: 'server',
        example: 'websockets.exceptions.InvalidHeader: missing Sec-WebSocket-Key header',
        explains: 'The request says Upgrade: websocket, and a header that belongs to it is missing or wrong.',
      },
      {
        id: 'invalid-accept',
        needle: 'Sec-WebSocket-Accept header',
        pattern: /\b(?:missing|empty|invalid) Sec-WebSocket-Accept header/,
        said: { means: 'bad-101' },
        side: 'client',
        example: 'websockets.exceptions.InvalidHeaderValue: invalid Sec-WebSocket-Accept header: x',
        explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
      },
      {
        id: 'legacy-closed',
        needle: 'code = ',
        pattern:
          /\b(?:WebSocket connection is closed: )?code = (\d{4}) \([^()\n]{1,60}\), (?:no reason|reason = ([^\n]{1,123}))/,
        // The exception is of a connection that was open; what does not open has others.
        said: ([, code, reason]) =>
          code === '1006'
            ? { means: 'dropped' }
            : { means: 'close', close: { code: Number(code), reason: reason ?? '' } },
        example:
          'websockets.exceptions.ConnectionClosedError: code = 1006 (connection closed abnormally [internal]), no reason',
        explains:
          'Versions up to 9 print the code that was received, and 1006 where TCP ended without a Close frame.',
      },
      {
        id: 'over-limit',
        needle: 'limit',
        pattern:
          /\b(?:PayloadTooBig: )?(?:frame (?:with \d{1,12} bytes )?(?:after reading \d{1,12} bytes )?exceeds limit of (\d{1,12}) bytes|over size limit \(\S{1,14} > (\d{1,12}) bytes\))/,
        said: ([, limit, legacyLimit]) => ({ means: 'too-big', limitBytes: Number(limit ?? legacyLimit) }),
        example:
          'websockets.exceptions.PayloadTooBig: frame with 5242880 bytes exceeds limit of 1048576 bytes',
        explains: 'A message is larger than this end’s own max_size. It closes with 1009.',
      },
    ]),
    ...phrasesOf(legacy, [
      {
        id: 'legacy-status',
        needle: 'Status code not 101',
        pattern: /\bStatus code not 101: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'websockets.exceptions.InvalidStatusCode: Status code not 101: 403',
        explains: 'Old versions: the server answered the handshake with this HTTP status in place of 101.',
      },
      {
        id: 'legacy-malformed',
        needle: 'Malformed HTTP message',
        pattern: /\bInvalidMessage: Malformed HTTP message/,
        said: { means: 'not-http' },
        side: 'client',
        example: 'websockets.exceptions.InvalidMessage: Malformed HTTP message',
        explains: 'Old versions: what came back is not HTTP, or nothing came before TCP ended.',
      },
    ]),
    ...phrasesOf(connection, [
      {
        id: 'keepalive-timeout',
        needle: 'timed out waiting for keepalive pong',
        pattern: /\btimed out waiting for keepalive pong\b/,
        said: { means: 'ping-timeout' },
        example: 'DEBUG:websockets.client:- timed out waiting for keepalive pong',
        explains: 'This end’s own ping went unanswered for ping_timeout. It closes with 1011.',
      },
      {
        id: 'keepalive-failed',
        needle: 'keepalive ping failed',
        pattern: /\bkeepalive ping failed\b/,
        said: { means: 'nothing-said' },
        example: 'ERROR:websockets.server:keepalive ping failed',
        explains: 'The task that pings this connection failed. The reason is in the exception after it.',
      },
      {
        id: 'close-timeout',
        needle: 'timed out',
        pattern: /\b(?:timed out waiting for TCP close|timed out while closing connection)\b/,
        said: { means: 'close-unanswered' },
        example: 'DEBUG:websockets.server:- timed out waiting for TCP close',
        explains: 'This end closed, and the other end did not end TCP within close_timeout.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'subprotocol',
        needle: 'subprotocol',
        pattern:
          /\b(?:unsupported subprotocol: |no subprotocols supported\b|(?:invalid|multiple) subprotocols?: )/,
        said: { means: 'subprotocol' },
        side: 'client',
        example: 'websockets.exceptions.NegotiationError: unsupported subprotocol: chat',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'extension',
        needle: 'NegotiationError',
        pattern:
          /\bNegotiationError: (?:no extensions supported|Unsupported extension|(?:received )?(?:duplicate|unsupported) extension|extensions? )/i,
        said: { means: 'extension' },
        side: 'client',
        example: 'websockets.exceptions.NegotiationError: no extensions supported',
        explains: 'The 101 agrees to an extension that was not offered.',
      },
    ]),
    ...phrasesOf(asyncioClient, [
      {
        id: 'handshake-timeout',
        needle: 'timed out',
        pattern: /\btimed out (?:during (?:the )?opening handshake|while waiting for handshake response)\b/,
        said: { means: 'handshake-timeout' },
        side: 'client',
        example: 'TimeoutError: timed out during opening handshake',
        explains:
          'The connection was not open within open_timeout (10 s): TCP, TLS or the answer took too long.',
      },
      {
        id: 'reconnecting',
        needle: 'connect failed',
        pattern: /\bconnect failed(?: again)?; (?:reconnecting|retrying) in \d/,
        said: { means: 'nothing-said' },
        side: 'client',
        example: 'connect failed; reconnecting in 3.2 seconds: Traceback (most recent call last):',
        explains: 'The attempt failed and another follows. The reason is in the exception after it.',
      },
      {
        id: 'redirect',
        needle: 'redirect',
        pattern:
          /\b(?:cannot follow redirect to (?:non-secure|cross-origin) URI|more than \d{1,3} redirects|SecurityError: (?:redirect from WSS to WS|too many redirects))/,
        said: { means: 'redirect' },
        side: 'client',
        example:
          'websockets.exceptions.SecurityError: cannot follow redirect to non-secure URI ws://app.example/ws',
        explains: 'The handshake was answered with a redirect that this client does not follow.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'no-answer',
        needle: 'connection closed while reading HTTP ',
        pattern: /\bconnection closed while reading HTTP (?:status line|headers)\b/,
        said: { means: 'closed-before-answer' },
        side: 'client',
        example: 'EOFError: connection closed while reading HTTP status line',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
      {
        id: 'stream-ends',
        needle: 'stream ends after',
        pattern: /\bstream ends after \d{1,10} bytes, (?:before end of line|expected \d)/,
        said: { means: 'closed-before-answer' },
        example: 'EOFError: stream ends after 0 bytes, before end of line',
        explains:
          'TCP ended where the handshake was expected. On a server: a health check connects and leaves.',
      },
      {
        id: 'not-a-response',
        needle: 'did not receive a valid HTTP response',
        pattern: /\bdid not receive a valid HTTP response\b(?! from proxy)/,
        said: { means: 'not-http' },
        side: 'client',
        example: 'websockets.exceptions.InvalidMessage: did not receive a valid HTTP response',
        explains:
          'What came back is not HTTP/1.1, or nothing came before TCP ended. The exception before it says which.',
      },
      {
        id: 'response-is-not-http',
        needle: 'HTTP/1.1: ',
        pattern: /\bunsupported protocol; expected HTTP\/1\.1: /,
        said: { means: 'not-http' },
        side: 'client',
        example: 'ValueError: unsupported protocol; expected HTTP/1.1: SSH-2.0-OpenSSH_9.6',
        explains: 'The answer is not HTTP/1.1: another protocol, or HTTP/1.0.',
      },
      {
        id: 'invalid-line',
        needle: 'invalid HTTP ',
        pattern: /\bValueError: invalid HTTP (?:status line|header line|header name|reason phrase)\b/,
        said: { means: 'not-http' },
        side: 'client',
        example: 'ValueError: invalid HTTP status line: SSH-2.0-OpenSSH_9.6',
        explains: 'What came back is not HTTP/1.1.',
      },
      {
        id: 'not-a-request-body',
        needle: 'Failed to open a WebSocket connection: did not receive a valid HTTP request',
        pattern: /\bFailed to open a WebSocket connection: did not receive a valid HTTP request\b/,
        said: { means: 'http-version' },
        side: 'server',
        example: 'Failed to open a WebSocket connection: did not receive a valid HTTP request.',
        explains:
          'The answer to what is HTTP and not HTTP/1.1: nginx, for one, speaks HTTP/1.0 to backends unless told otherwise.',
      },
      {
        id: 'not-a-request',
        needle: 'did not receive a valid HTTP request',
        pattern: /\bdid not receive a valid HTTP request\b/,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'websockets.exceptions.InvalidMessage: did not receive a valid HTTP request',
        explains:
          'What arrived is not HTTP, or TCP ended before it: a health check, a port scan, or TLS to a plain port.',
      },
      {
        id: 'request-version',
        needle: 'unsupported HTTP version: ',
        pattern: /\bunsupported HTTP version: HTTP\/1\.0/,
        said: { means: 'http-version' },
        side: 'server',
        example: 'websockets.exceptions.InvalidProtocol: unsupported HTTP version: HTTP/1.0',
        explains: 'The request came as HTTP/1.0, as a proxy sends it that was not told to use 1.1.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'connection-open',
        needle: 'connection open',
        pattern: /(?:\bINFO\b.{0,60}?|^)\bconnection open$/,
        said: { means: 'opened' },
        side: 'server',
        example: 'INFO:websockets.server:connection open',
        explains: 'The server answered the handshake with 101.',
      },
      {
        id: 'connection-closed',
        needle: 'connection closed',
        pattern: /(?:\bINFO\b.{0,60}?|^)\bconnection closed$/,
        said: { means: 'lost' },
        side: 'server',
        example: 'INFO:websockets.server:connection closed',
        explains: 'The connection ended. How is not said at this level of logging.',
      },
      {
        id: 'connection-rejected',
        needle: 'connection rejected (',
        pattern: /\bconnection rejected \((\d{3})\b[^()\n]{0,60}\)/,
        said: ([, status]) => saidOfStatus(status),
        side: 'server',
        example: 'INFO:websockets.server:connection rejected (403 Forbidden)',
        explains: 'The server answered the handshake with this status in place of 101.',
      },
      {
        id: 'opening-failed',
        needle: 'opening handshake failed',
        pattern: /\bopening handshake failed\b/,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'ERROR:websockets.server:opening handshake failed',
        explains: 'The handshake was not finished. The reason is in the exception after it.',
      },
      {
        id: 'refusal-body',
        needle: 'Failed to open a WebSocket connection',
        pattern: /\bFailed to open a WebSocket connection(?=\.|$)/,
        said: { means: 'nothing-said' },
        side: 'server',
        example: 'Failed to open a WebSocket connection.',
        explains: 'The server’s answer to a handshake that it could not take. Its log has the reason.',
      },
      {
        id: 'subprotocol-wanted',
        needle: 'subprotocol',
        pattern:
          /\b(?:NegotiationError|connection): (?:missing subprotocol|invalid subprotocol; expected one of)/,
        said: { means: 'subprotocol' },
        side: 'server',
        example: 'websockets.exceptions.NegotiationError: invalid subprotocol; expected one of chat',
        explains: 'The server speaks subprotocols, and the client asked for none of them. It answers 400.',
      },
    ]),
    ...phrasesOf(asyncioServer, [
      {
        id: 'handler-failed',
        needle: 'connection handler failed',
        pattern: /\bconnection handler failed\b/,
        said: { means: 'handler-failed', close: { code: 1011, way: 'sent' } },
        side: 'server',
        example: 'ERROR:websockets.server:connection handler failed',
        explains: 'The handler raised an exception. The server closes that connection with 1011.',
      },
      {
        id: 'server-closing',
        needle: 'server closing',
        pattern: /(?:\bINFO\b.{0,60}?|^)\bserver closing$/,
        said: { means: 'shutting-down' },
        side: 'server',
        example: 'INFO:websockets.server:server closing',
        explains: 'The server stops and closes its connections with 1001.',
      },
    ]),
    ...phrasesOf(frames, [
      {
        id: 'protocol-error',
        needle: 'ProtocolError: ',
        pattern:
          /\bwebsockets\.exceptions\.(?:WebSocket)?ProtocolError: (?:invalid opcode|incorrect masking|reserved bits must be 0|control frame too long|fragmented control frame|close frame too short|invalid (?:close )?status code|unexpected opcode|incomplete fragmented message|(?:unexpected|expected a) continuation frame)/,
        said: { means: 'frame' },
        example: 'websockets.exceptions.ProtocolError: incorrect masking',
        explains: 'A frame breaks the protocol.',
      },
    ]),
  ],
})
