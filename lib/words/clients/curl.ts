import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const codes = 'https://curl.se/libcurl/c/libcurl-errors.html'
const connect = 'https://github.com/curl/curl/blob/master/lib/connect.c'
const http = 'https://github.com/curl/curl/blob/master/lib/http.c'
const ws = 'https://github.com/curl/curl/blob/master/lib/ws.c'
const tls = 'https://github.com/curl/curl/blob/master/lib/vtls/openssl.c'
const proxy = 'https://github.com/curl/curl/blob/master/lib/cf-h1-proxy.c'

export default defineProgram({
  id: 'curl',
  name: 'curl',
  side: 'client',
  mark: /\bcurl: \(\d{1,2}\)/,
  phrases: [
    ...phrasesOf(connect, [
      {
        id: 'resolve-host',
        needle: 'Could not resolve host: ',
        pattern: /\bCould not resolve host: ([\w.-]{1,253})/i,
        said: ([, address = '']) => ({ means: 'dns-failure', address }),
        example: 'curl: (6) Could not resolve host: app.example',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'resolve-proxy',
        needle: 'Could not resolve proxy',
        pattern: /\bCould not resolve proxy(?: name)?: /i,
        said: { means: 'forward-proxy' },
        example: 'curl: (5) Could not resolve proxy: proxy.example',
        explains: 'The forward proxy’s name has no address in DNS.',
      },
      {
        id: 'failed-to-connect',
        needle: 'Failed to connect to ',
        pattern:
          /\bFailed to connect to \S{1,253} port \d{1,5}(?: after (\d{1,9}) ms)?: (?:Couldn't connect to server|Could not connect to server)/i,
        // Silence takes longer, and has a sentence of its own.
        said: ([, ms]) =>
          ms !== undefined && Number(ms) < 1000
            ? { means: 'refused', unsure: true }
            : { means: 'no-connection' },
        example:
          'curl: (7) Failed to connect to app.example port 443 after 12 ms: Could not connect to server',
        explains: 'TCP did not connect: refused, unreachable, or no answer. -v tells which.',
      },
      {
        id: 'connection-refused',
        needle: 'Connection refused',
        pattern: /\bFailed to connect to \S{1,253} port \d{1,5}(?: after \d{1,9} ms)?: Connection refused/i,
        said: { means: 'refused' },
        example: 'curl: (7) Failed to connect to localhost port 8080: Connection refused',
        explains: 'No program accepts connections at this address and port.',
      },
      {
        id: 'connection-timed-out',
        needle: 'timed out after',
        pattern: /\b(?:Connection|Resolving) timed out after (\d{1,9}) milliseconds/i,
        said: ([, ms]) => ({ means: 'connect-timeout', limitMs: Number(ms) }),
        example: 'curl: (28) Connection timed out after 5001 milliseconds',
        explains: 'TCP and TLS did not connect within --connect-timeout.',
      },
      {
        id: 'ssl-timed-out',
        needle: 'SSL connection timeout',
        pattern: /\bcurl: \(28\) SSL connection timeout/i,
        said: { means: 'connect-timeout' },
        example: 'curl: (28) SSL connection timeout',
        explains: 'TLS was not finished within --connect-timeout.',
      },
      {
        id: 'operation-timed-out',
        needle: 'Operation timed out after',
        pattern: /\bOperation timed out after (\d{1,9}) milliseconds with 0 bytes received/i,
        // After a 101 nothing counts as received, either.
        said: ([, ms]) => ({ means: 'handshake-timeout', unsure: true, limitMs: Number(ms) }),
        example: 'curl: (28) Operation timed out after 10001 milliseconds with 0 bytes received',
        explains: 'curl stopped after --max-time. No answer came, or it was a 101 and nothing behind it.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'refused-upgrade',
        needle: 'Refused WebSocket',
        pattern: /\bRefused WebSockets? upgrade: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        example: 'curl: (22) Refused WebSocket upgrade: 403',
        explains: 'The handshake was answered with this HTTP status in place of 101.',
      },
      {
        id: 'returned-error',
        needle: 'The requested URL returned error',
        pattern: /\bThe requested URL returned error: (\d{3})/,
        said: ([, status]) => saidOfStatus(status),
        example: 'curl: (22) The requested URL returned error: 403',
        explains: 'The request was answered with this HTTP status.',
      },
      {
        id: 'empty-reply',
        needle: 'Empty reply from server',
        pattern: /\bEmpty reply from server\b/,
        said: { means: 'closed-before-answer' },
        example: 'curl: (52) Empty reply from server',
        explains: 'The server closed TCP without an answer to the request.',
      },
      {
        id: 'http-0.9',
        needle: 'Received HTTP/0.9 when not allowed',
        pattern: /\bReceived HTTP\/0\.9 when not allowed\b/,
        said: { means: 'not-http' },
        example: 'curl: (1) Received HTTP/0.9 when not allowed',
        explains: 'What came back is not HTTP: another protocol uses this port.',
      },
      {
        id: 'invalid-status-line',
        needle: 'curl: (',
        pattern:
          /\bcurl: \((?:1|8)\) (?:Invalid status line|Weird server reply|Unsupported HTTP\/1 subversion in response|Unsupported HTTP version in response)/,
        said: { means: 'not-http' },
        example: 'curl: (8) Weird server reply',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'http2-stream',
        needle: ['HTTP/', 'Error in the HTTP2 framing layer'],
        pattern:
          /\bHTTP\/[23] stream \d{1,10} was (?:not closed cleanly|reset)|\bError in the HTTP2 framing layer/,
        said: { means: 'http2' },
        example: 'curl: (92) HTTP/2 stream 1 was not closed cleanly: PROTOCOL_ERROR (err 1)',
        explains:
          'The request went over HTTP/2 and failed there. --http1.1 tells whether HTTP/2 is the reason.',
      },
      {
        id: 'too-many-redirects',
        needle: 'redirects followed',
        pattern: /\bMaximum \(\d{1,5}\) redirects followed/,
        said: { means: 'redirect' },
        example: 'curl: (47) Maximum (50) redirects followed',
        explains: 'The server answers each request with another redirect.',
      },
      {
        id: 'switching',
        needle: 'Received 101, ',
        pattern: /\bReceived 101, switch(?:ing)? to WebSockets?\b/i,
        said: { means: 'opened' },
        example: '* Received 101, Switching to WebSocket',
        explains: 'The WebSocket opened.',
      },
    ]),
    ...phrasesOf(ws, [
      {
        id: 'frame',
        needle: '[WS] ',
        pattern:
          /\[WS\] (?:invalid (?:reserved bits|opcode|fragmented)|masked input frame|no ongoing fragmented message|fragmented message interrupted|received (?:PING|PONG|CLOSE) frame is too big|unexpected frame header length|decode (?:frame|payload) error)/,
        said: { means: 'frame' },
        example: 'curl: (56) [WS] invalid opcode: 48',
        explains: 'Bytes arrived that are not WebSocket frames, or frames that break the protocol.',
      },
      {
        id: 'frames',
        needle: '[WS] ',
        pattern:
          /\[WS\] (?:(?:CLOSE|PING|PONG) frame must not be fragmented|no ongoing fragmented message to|unexpected frame header length|frame length longer than 63 bits)/i,
        said: { means: 'frame' },
        example: '* [WS] PING frame must not be fragmented',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'misuse',
        needle: '[WS] ',
        pattern:
          /\[WS\] (?:CONNECT_ONLY is required|No associated connection|not a websocket transfer|connection is not setup|connection not found|given (?:CLOSE|PING|PONG) frame is too big|previous frame not finished|no flags given|unknown flags|unaligned frame size|fragsize and flags|(?:buffer|sent) is NULL)/i,
        said: { means: 'nothing-said' },
        example: '* [WS] Not a websocket transfer',
        explains:
          'The program called libcurl’s functions for WebSockets with what they do not take. The connection did not fail.',
      },
      {
        id: 'write',
        needle: '[WS] ',
        pattern:
          /\[WS\] (?:Timeout waiting for socket becoming writable|Error while waiting for socket becoming writable|flush, write error)/,
        said: ([text]) => ({ means: text.includes('Timeout') ? 'not-reading' : 'lost' }),
        example: '* [WS] Timeout waiting for socket becoming writable',
        explains: 'The other end does not read, or TCP ended while curl wrote.',
      },
      {
        id: 'ended',
        needle: '[WS] connection expectedly closed?',
        pattern: /\[WS\] connection expectedly closed\?/,
        said: { means: 'lost' },
        example: '* [WS] connection expectedly closed?',
        explains: 'The other end ended TCP.',
      },
    ]),
    ...phrasesOf(tls, [
      {
        id: 'certificate-problem',
        needle: 'SSL certificate problem',
        pattern: /\bSSL certificate problem: (?!certificate (?:has expired|is not yet valid))/,
        said: { means: 'cert-untrusted' },
        example: 'curl: (60) SSL certificate problem: unable to get local issuer certificate',
        explains: 'curl does not trust the certificate, for the reason that follows.',
      },
      {
        id: 'certificate-expired',
        needle: 'SSL certificate problem',
        pattern: /\bSSL certificate problem: certificate (?:has expired|is not yet valid)/,
        said: { means: 'cert-expired' },
        example: 'curl: (60) SSL certificate problem: certificate has expired',
        explains: 'The certificate has expired or is not valid yet.',
      },
      {
        id: 'certificate-name',
        needle: 'target host',
        pattern:
          /\bno alternative certificate subject name matches target (?:host(?:name| name)?|ipv[46] address)|certificate subject name \S{1,5}[^\n]{0,253} does not match target host/i,
        said: { means: 'cert-name' },
        example:
          "curl: (60) SSL: no alternative certificate subject name matches target host name 'app.example'",
        explains: 'The certificate is for another host name.',
      },
      {
        id: 'ssl-syscall',
        needle: 'SSL_ERROR_SYSCALL in connection to',
        pattern: /\bSSL_connect: SSL_ERROR_SYSCALL in connection to \S/,
        said: { means: 'closed-before-answer' },
        example: 'curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to app.example:443',
        explains: 'The other side closed TCP during the TLS handshake.',
      },
    ]),
    ...phrasesOf(proxy, [
      {
        id: 'connect-tunnel',
        needle: 'CONNECT',
        pattern:
          /\bCONNECT tunnel failed, response (\d{3})|\bReceived HTTP code (\d{3}) from proxy after CONNECT/,
        said: ([, now, before]) =>
          (now ?? before) === '407' ? saidOfStatus(407) : { means: 'forward-proxy' },
        example: 'curl: (56) CONNECT tunnel failed, response 403',
        explains: 'The forward proxy refused the tunnel to this host and port.',
      },
    ]),
    ...phrasesOf(codes, [
      {
        id: 'ws-not-supported',
        needle: 'Protocol "ws',
        pattern: /\bProtocol "wss?" (?:not supported|disabled)/,
        said: { means: 'not-built-in' },
        example: 'curl: (1) Protocol "wss" not supported or disabled in libcurl',
        explains:
          'This curl is built without WebSocket, or for wss:// without TLS. No connection was tried: curl --version lists the protocols that it has.',
      },
      {
        id: 'nothing-to-close',
        needle: 'losing connection',
        pattern: /\* closing connection #?-1\b/i,
        said: { means: 'nothing-said' },
        example: '* Closing connection -1',
        explains: 'curl ends without having made a connection. The line before it says why.',
      },
      {
        id: 'socks',
        needle: 'cannot complete SOCKS',
        pattern: /\bcannot complete SOCKS[45] connection to \S{1,262}/i,
        said: { means: 'forward-proxy' },
        example: 'curl: (97) cannot complete SOCKS5 connection to app.example. (5)',
        explains: 'The SOCKS proxy did not connect to this host.',
      },
      {
        id: 'transfer-closed',
        needle: 'transfer closed with',
        pattern: /\btransfer closed with (?:outstanding read data|\d{1,15} bytes) remaining\b/,
        said: { means: 'dropped' },
        example: 'curl: (18) transfer closed with outstanding read data remaining',
        explains: 'The other end ended TCP before the transfer was complete.',
      },
      {
        id: 'malformed',
        needle: 'URL rejected: ',
        pattern: /\bURL rejected: [A-Z][^\n]{1,80}/,
        said: { means: 'invalid-url' },
        example: 'curl: (3) URL rejected: Malformed input to a URL function',
        explains: 'The address is not a URL.',
      },
    ]),
  ],
})
