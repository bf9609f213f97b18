/** What a client of the Python websockets library prints of a handshake. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/python-websockets/websockets/blob/main/src/websockets'
const exceptions = `${repository}/exceptions.py`
const client = `${repository}/client.py`
const asyncioClient = `${repository}/asyncio/client.py`
const http = `${repository}/http11.py`
const legacy = 'https://websockets.readthedocs.io/en/8.1/api.html#module-websockets.exceptions'

export const opening: readonly Phrase[] = [
  ...phrasesOf(exceptions, [
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
      id: 'invalid-accept',
      needle: 'Sec-WebSocket-Accept header',
      pattern: /\b(?:missing|empty|invalid) Sec-WebSocket-Accept header/,
      said: { means: 'bad-101' },
      side: 'client',
      example: 'websockets.exceptions.InvalidHeaderValue: invalid Sec-WebSocket-Accept header: x',
      explains: 'The 101 lacks the header that answers the key, or has a wrong value.',
    },
    {
      id: 'invalid-proxy',
      needle: "isn't a valid proxy",
      pattern: /\bisn't a valid proxy: /,
      said: { means: 'forward-proxy' },
      side: 'client',
      example:
        "websockets.exceptions.InvalidProxy: ftp://proxy.example:21 isn't a valid proxy: scheme ftp isn't supported",
      explains:
        'The proxy’s address, which the library takes from the environment (http_proxy, https_proxy) unless told otherwise, cannot be used.',
    },
    {
      id: 'aborted',
      needle: 'AbortHandshake: HTTP ',
      pattern: /\bAbortHandshake: HTTP ([2-5]\d\d), \d{1,4} headers, /,
      said: ([, status]) => saidOfStatus(status),
      side: 'server',
      example: 'websockets.exceptions.AbortHandshake: HTTP 503, 1 headers, 12 bytes',
      explains: 'The server’s own process_request answered with this status in place of 101.',
    },
    {
      id: 'parameter',
      needle: ' parameter',
      pattern:
        /\bwebsockets\.exceptions\.(?:DuplicateParameter|InvalidParameterName|InvalidParameterValue): (?:duplicate parameter|invalid parameter name|(?:missing|empty|invalid) value for parameter)/,
      said: { means: 'extension' },
      example:
        'websockets.exceptions.InvalidParameterValue: invalid value for parameter server_max_window_bits: 7',
      explains: 'Sec-WebSocket-Extensions has a parameter of permessage-deflate that this end does not take.',
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
    {
      id: 'deflate-parameter',
      needle: 'NegotiationError: ',
      pattern:
        /\bNegotiationError: (?:expected|unexpected|unsupported|required) (?:server|client)_(?:no_context_takeover|max_window_bits)\b|\bNegotiationError: received duplicate \S{1,60}/,
      said: { means: 'extension' },
      side: 'client',
      example: 'websockets.exceptions.NegotiationError: unsupported server_max_window_bits',
      explains: 'The 101 agrees to permessage-deflate in another way than it was offered.',
    },
    {
      id: 'invalid-header',
      needle: 'Sec-WebSocket-',
      pattern:
        /\bwebsockets\.exceptions\.InvalidHeader\w{0,8}: invalid Sec-WebSocket-(?:Protocol|Extensions) header: /,
      said: ([text]) => ({ means: text.includes('Protocol header') ? 'subprotocol' : 'extension' }),
      example:
        'websockets.exceptions.InvalidHeader: invalid Sec-WebSocket-Protocol header: multiple values: a, b',
      explains: 'The other end’s header cannot be read, or names more than one subprotocol.',
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
    {
      id: 'ssl-argument',
      needle: 'is incompatible with',
      pattern: /\bssl(?: argument|=None) is incompatible with a wss?:\/\/ URI\b/,
      said: { means: 'invalid-url' },
      side: 'client',
      example: 'ValueError: ssl argument is incompatible with a ws:// URI',
      explains: 'The program asks for ws:// and for TLS, or for wss:// and for none.',
    },
    {
      id: 'proxy-argument',
      needle: 'incompatible with an http',
      pattern: /\bproxy_ssl(?: argument|=None) is incompatible with an https?:\/\/ proxy\b/,
      said: { means: 'forward-proxy' },
      side: 'client',
      example: 'ValueError: proxy_ssl argument is incompatible with an http:// proxy',
      explains: 'The program’s options for the forward proxy do not fit its address.',
    },
    {
      id: 'socks-missing',
      needle: 'connecting through a SOCKS proxy requires',
      pattern: /\bconnecting through a SOCKS proxy requires python-socks\b/,
      said: { means: 'forward-proxy' },
      side: 'client',
      example: 'ImportError: connecting through a SOCKS proxy requires python-socks',
      explains:
        'The environment names a SOCKS proxy, and the package that speaks SOCKS is not installed. proxy=None goes without the proxy.',
    },
    {
      id: 'old-argument',
      needle: 'got an unexpected keyword argument',
      pattern:
        /\bcreate_connection\(\) got an unexpected keyword argument '(?:extra_headers|additional_headers|timeout|ping_interval|loop|origin)'/,
      said: { means: 'nothing-said' },
      side: 'client',
      example:
        "TypeError: BaseEventLoop.create_connection() got an unexpected keyword argument 'extra_headers'",
      explains:
        'The installed version calls this argument otherwise: extra_headers up to 13, additional_headers since 14. No connection was tried.',
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
  ]),
]
