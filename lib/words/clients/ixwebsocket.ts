import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const handshake =
  'https://github.com/machinezone/IXWebSocket/blob/master/ixwebsocket/IXWebSocketHandshake.cpp'

export default defineProgram({
  id: 'ixwebsocket',
  name: 'IXWebSocket',
  side: 'client',
  phrases: [
    ...phrasesOf(handshake, [
      {
        id: 'status',
        needle: 'Expecting status 101',
        pattern: /\bExpecting status 101 \(Switching Protocol\), got (\d{3})\b/,
        said: ([, status]) => saidOfStatus(status),
        example:
          'Expecting status 101 (Switching Protocol), got 403 status connecting to wss://app.example/ws, HTTP Status line: HTTP/1.1 403 Forbidden',
        explains: 'The handshake was answered with this HTTP status.',
      },
      {
        id: 'other-version',
        needle: 'Rejecting connection to',
        pattern:
          /\bExpecting HTTP\/1\.1, got HTTP\/\d\S{0,8} Rejecting connection to [^,\n]{1,2000}, status: (\d{3})\b/,
        said: ([, status]) => ({ ...saidOfStatus(status), unsure: true }),
        example:
          'Expecting HTTP/1.1, got HTTP/1.0. Rejecting connection to ws://app.example/ws, status: 200, HTTP Status line: HTTP/1.0 200 OK',
        explains:
          'The handshake was answered with this HTTP status in HTTP/1.0. That is no WebSocket server, or a proxy that asks one in that version.',
      },
      {
        id: 'not-http',
        needle: 'Rejecting connection to',
        pattern: /\bExpecting HTTP\/1\.1, got \S{0,60} Rejecting connection to\b/,
        said: { means: 'not-http' },
        example: 'Expecting HTTP/1.1, got SSH-2.0. Rejecting connection to ws://app.example:22, status: 0',
        explains: 'What came back is no HTTP/1.1.',
      },
      {
        id: 'no-answer',
        needle: 'Failed reading HTTP status line',
        pattern: /\bFailed reading HTTP status line from\b/,
        said: { means: 'closed-before-answer' },
        example: 'Failed reading HTTP status line from ws://app.example/ws',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'bad-101',
        needle: 'value',
        pattern:
          /\b(?:Missing connection value|Invalid connection value: |Invalid Sec-WebSocket-Accept value)/,
        said: { means: 'bad-101' },
        example: 'Invalid Sec-WebSocket-Accept value',
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'tls-name',
        needle: 'OpenSSL failed - ',
        pattern: /\bOpenSSL failed - certificate was issued for a different domain\b/,
        said: { means: 'cert-name' },
        example: 'Connection error: OpenSSL failed - certificate was issued for a different domain.',
        explains: 'The certificate is for another host name.',
      },
      {
        id: 'tls-certificate',
        needle: 'x509',
        pattern:
          /\bOpenSSL failed - (?:x509 error|peer didn't present a X509 certificate)|\bX509 - Certificate verification failed\b/i,
        said: { means: 'cert-untrusted' },
        example: 'Connection error: OpenSSL failed - x509 error: self-signed certificate',
        explains: 'This client does not trust the certificate.',
      },
      {
        id: 'tls-other',
        needle: 'OpenSSL failed',
        pattern:
          /\bOpenSSL failed(?: - (?:connection failure|err none|err zero return|received early EOF|underlying BIO|unknown error|SSL_CTX_\w{1,40})| to connect)/,
        said: { means: 'tls-garbled' },
        example: 'Connection error: OpenSSL failed - received early EOF',
        explains: 'TLS failed, or this client’s own certificate files cannot be used.',
      },
      {
        id: 'no-tls',
        needle: 'TLS support is not enabled on this platform',
        pattern: /\bTLS support is not enabled on this platform\b/,
        said: { means: 'not-built-in' },
        example: 'Connection error: TLS support is not enabled on this platform.',
        explains: 'IXWebSocket was built without TLS, so it cannot open wss://. CMake needs USE_TLS=1.',
      },
      {
        id: 'url',
        needle: 'parse url',
        pattern: /\b(?:Could not|Cannot) parse url: /,
        said: { means: 'invalid-url' },
        example: "Connection error: Could not parse url: 'http:/x'",
        explains: 'The address is not a WebSocket URL.',
      },
      {
        id: 'not-sent',
        needle: 'Failed sending GET request to',
        pattern: /\bFailed sending GET request to \S{1,1000}/,
        said: { means: 'closed-before-answer' },
        example: 'Connection error: Failed sending GET request to ws://app.example/ws',
        explains: 'TCP ended before the handshake was sent.',
      },
      {
        id: 'frames',
        needle: 'ragment',
        pattern:
          /\bFragmentation: (?:data message|continuation opcode) out of sequence\b|^(?:[^\n]{0,60}[:"] ?)?Control message fragmented\b/,
        said: { means: 'frame' },
        example: 'Fragmentation: data message out of sequence',
        explains: 'A frame breaks the protocol.',
      },
      {
        id: 'redirect',
        needle: 'ocation',
        pattern: /\bMissing [Ll]ocation [Hh]eader for (?:HTTP )?[Rr]edirect\b/,
        said: { means: 'redirect' },
        example: 'Missing location header for redirect',
        explains: 'The handshake was answered with a redirect that leads nowhere.',
      },
      {
        id: 'send-timeout',
        needle: 'Send timeout',
        pattern: /^(?:[^\n]{0,60}[:"] ?)?Send [Tt]imeout$/,
        said: { means: 'not-reading' },
        example: 'Send timeout',
        explains: 'The other end does not read, and this end gave up sending.',
      },
    ]),
  ],
})
