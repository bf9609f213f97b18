/** What Go's net/http prints of answers, as a client and as a server. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const http = 'https://github.com/golang/go/blob/master/src/net/http/transport.go'
const response = 'https://github.com/golang/go/blob/master/src/net/http/response.go'
const server = 'https://github.com/golang/go/blob/master/src/net/http/server.go'

export const answers: readonly Phrase[] = [
  ...phrasesOf(response, [
    {
      id: 'response-with-names',
      needle: 'StatusCode:',
      pattern: /&\{Status:[^\n]{3,80}? StatusCode:(\d{3}) Proto:HTTP\/\d/,
      said: ([, status]) => saidOfStatus(status),
      side: 'client',
      example: '&{Status:403 Forbidden StatusCode:403 Proto:HTTP/1.1 ProtoMajor:1 ProtoMinor:1 Header:map[]}',
      explains:
        'The response that Dial returns beside its error: the handshake was answered with this status.',
    },
    {
      id: 'response',
      needle: ' map[',
      pattern: /&\{\d{3} [A-Za-z' -]{2,40} (\d{3}) HTTP\/\d\.\d \d \d map\[/,
      said: ([, status]) => saidOfStatus(status),
      side: 'client',
      example:
        '&{403 Forbidden 403 HTTP/1.1 1 1 map[Content-Length:[0]] {0xc00007c2a0} 0 [] false false map[] 0xc000146000 <nil>}',
      explains:
        'The response that Dial returns beside its error: the handshake was answered with this status.',
    },
  ]),
  ...phrasesOf(http, [
    {
      id: 'malformed-response',
      needle: 'malformed HTTP',
      pattern: /\bmalformed HTTP (?:response|status code|version) \\{0,2}"/,
      said: { means: 'not-http' },
      example:
        'net/http: HTTP/1.x transport connection broken: malformed HTTP response "SSH-2.0-OpenSSH_9.6"',
      explains: 'What came back is not HTTP.',
    },
    {
      id: 'http2-frame',
      needle: 'malformed HTTP response',
      pattern: /\bmalformed HTTP response "\\x00\\x00[^"]{0,80}"/,
      said: { means: 'http2' },
      example: 'malformed HTTP response "\\x00\\x00\\x12\\x04\\x00\\x00\\x00\\x00\\x00\\x00\\x03"',
      explains: 'The server speaks HTTP/2 here. The client did not fix ALPN to http/1.1.',
    },
    {
      id: 'tls-record-answer',
      needle: 'malformed HTTP response',
      pattern: /\bmalformed HTTP response \\{0,2}"\\{1,3}x15\\{1,3}x03[^"]{0,80}"/,
      said: { means: 'plain-on-tls' },
      example: 'malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02"',
      explains: 'The server answered with a TLS alert: it speaks TLS, and the URL begins with ws://.',
    },
    {
      id: 'http-to-https',
      needle: 'server gave HTTP response to HTTPS client',
      pattern: /\bserver gave HTTP response to HTTPS client/,
      said: { means: 'tls-garbled' },
      example: 'http: server gave HTTP response to HTTPS client',
      explains: 'wss:// goes to a port that speaks plain HTTP.',
    },
    {
      id: 'tls-handshake-timeout',
      needle: 'TLS handshake timeout',
      pattern: /\bnet\/http: TLS handshake timeout/,
      said: { means: 'connect-timeout' },
      example: 'net/http: TLS handshake timeout',
      explains: 'TCP connected, and the TLS handshake was not finished in ten seconds.',
    },
    {
      id: 'awaiting-headers',
      needle: ['awaiting headers', 'timeout awaiting response headers'],
      pattern: /\b(?:timeout awaiting response headers|Client\.Timeout exceeded while awaiting headers)/,
      said: { means: 'handshake-timeout' },
      example: 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      explains: 'The request was sent and no answer came in the time that the program gave.',
    },
    {
      id: 'scheme',
      needle: ['unsupported protocol scheme', 'first path segment in URL cannot contain colon'],
      pattern:
        /\bunsupported protocol scheme "[^"\n]{0,20}"|\bfirst path segment in URL cannot contain colon\b/,
      said: { means: 'invalid-url' },
      side: 'client',
      example: 'Get "ws://app.example/ws": unsupported protocol scheme "ws"',
      explains:
        'The address is not one that net/http opens: a WebSocket’s address was given to it, or the scheme is missing.',
    },
    {
      id: 'proxy-failed',
      needle: 'proxyconnect tcp: ',
      pattern: /\bproxyconnect tcp: [^\n]{1,300}/,
      said: { means: 'forward-proxy' },
      side: 'client',
      example: 'proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused',
      explains: 'The connection to the forward proxy itself failed, for the reason that follows.',
    },
    {
      id: 'proxy-authentication',
      needle: 'Proxy Authentication Required',
      pattern: /^(?:[^\n]{0,200}: )?Proxy Authentication Required$/,
      said: { means: 'proxy-authentication', status: 407 },
      side: 'client',
      example: 'Get "https://app.example/ws": Proxy Authentication Required',
      explains: 'The forward proxy wants a name and a password.',
    },
    {
      id: 'socks-failed',
      needle: 'socks connect tcp ',
      pattern: /\bsocks connect tcp \S{1,270}->\S{1,270}: [^\n]{1,100}/,
      said: { means: 'forward-proxy' },
      side: 'client',
      example: 'socks connect tcp 127.0.0.1:1080->app.example:443: unknown error host unreachable',
      explains: 'The SOCKS proxy did not connect to this host, for the reason it names.',
    },
    {
      id: 'end-of-answer',
      needle: [': EOF', '": unexpected EOF'],
      pattern: /\b(?:Get|Post) "(?:https?|wss?):\/\/[^"\n]{1,1000}": (?:EOF|unexpected EOF)$/,
      said: { means: 'closed-before-answer' },
      side: 'client',
      example: 'Get "http://app.example/ws": EOF',
      explains: 'The server closed TCP without an answer to the request.',
    },
    {
      id: 'alpn',
      needle: 'unexpected ALPN protocol',
      pattern: /\bhttp2: unexpected ALPN protocol "/,
      said: { means: 'http2' },
      side: 'client',
      example: 'http2: unexpected ALPN protocol ""; want "h2"',
      explains: 'The client speaks HTTP/2 only, and the server does not.',
    },
  ]),
  ...phrasesOf(server, [
    {
      id: 'page-not-found',
      needle: '404 page not found',
      pattern: /\b404 page not found\b/,
      said: { means: 'no-route', status: 404 },
      side: 'server',
      example: '404 page not found',
      explains: 'The 404 of any Go server, Traefik among them: no handler or router has this host and path.',
    },
    {
      id: 'plain-on-tls',
      needle: 'HTTP request to an HTTPS server',
      pattern: /\bclient sent an HTTP request to an HTTPS server/i,
      said: { means: 'plain-on-tls' },
      side: 'server',
      example:
        'http: TLS handshake error from 10.0.0.9:40110: client sent an HTTP request to an HTTPS server',
      explains:
        'A client spoke plain HTTP to this port, which speaks TLS. Its URL begins with ws:// and needs wss://.',
    },
    {
      id: 'client-hung-up',
      needle: 'TLS handshake error from',
      pattern:
        /\bhttp: TLS handshake error from \S{1,60}: (?:EOF|read tcp \S{1,120}: read: connection reset by peer)$/,
      said: { means: 'nothing-said' },
      side: 'server',
      example: 'http: TLS handshake error from 10.0.0.9:40110: EOF',
      explains: 'The client closed TCP during the TLS handshake, as one does that dislikes the certificate.',
    },
    {
      id: 'handler-panicked',
      needle: 'http: panic serving',
      pattern: /\bhttp: panic serving \S{1,60}: (concurrent write to websocket connection)?/,
      said: ([, overlap]) => ({
        means: 'handler-failed',
        ...(overlap !== undefined && { phase: 'open', isOverlapping: true }),
      }),
      side: 'server',
      example:
        'http: panic serving 10.0.0.9:40110: runtime error: invalid memory address or nil pointer dereference',
      explains: 'The handler of this request panicked, and the server closed its connection.',
    },
  ]),
]
