import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const http = 'https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/proxy/layers/http/__init__.py'
const tls = 'https://github.com/mitmproxy/mitmproxy/blob/main/mitmproxy/proxy/layers/tls.py'

export default defineProgram({
  id: 'mitmproxy',
  name: 'mitmproxy',
  side: 'proxy',
  mark: /\bmitm(?:proxy|dump|web)\b|\bHTTP protocol error in client request\b/,
  phrases: [
    ...phrasesOf(http, [
      {
        id: 'scheme',
        needle: 'Invalid request scheme: ws',
        pattern: /\bInvalid request scheme: wss?\b/,
        said: { means: 'forward-proxy' },
        example: 'HTTP protocol error in client request: Invalid request scheme: ws',
        explains:
          'The client asked the proxy for a ws:// address. Behind a forward proxy a WebSocket needs a tunnel first (CONNECT), or http:// in the request line.',
        fix: 'Let the client open a tunnel with CONNECT through its proxy, as RFC 6455 asks of it, or except this host from the proxy.',
      },
      {
        id: 'connect-in-other-mode',
        needle: 'received an HTTP CONNECT request even though',
        pattern:
          /\bmitmproxy received an HTTP CONNECT request even though it is not running in regular\/upstream mode\b/,
        said: { means: 'forward-proxy' },
        example:
          'mitmproxy received an HTTP CONNECT request even though it is not running in regular/upstream mode.',
        explains: 'The client uses it as a forward proxy, and it runs as a transparent or reverse one.',
        fix: 'Start mitmproxy in regular mode, or take its address out of the client’s proxy settings.',
      },
    ]),
    ...phrasesOf(tls, [
      {
        id: 'client-tls',
        needle: 'Client TLS handshake failed',
        pattern:
          /\bClient TLS handshake failed\. The client (?:does|may) not trust the proxy's certificate\b[^\n]{0,300}/,
        said: { means: 'cert-untrusted' },
        example:
          "Client TLS handshake failed. The client does not trust the proxy's certificate for app.example (OpenSSL Error([('SSL routines', '', 'ssl/tls alert certificate unknown')]))",
        explains: 'The client does not know mitmproxy’s own certificate authority, or pins a certificate.',
      },
      {
        id: 'server-tls',
        needle: 'Server TLS handshake failed',
        pattern: /\bServer TLS handshake failed\. [^\n]{1,300}/,
        said: { means: 'backend-bad-answer', status: 502 },
        example:
          'Server TLS handshake failed. Certificate verify failed: unable to get local issuer certificate',
        explains: 'mitmproxy does not accept the certificate of the server behind it.',
      },
    ]),
  ],
})
