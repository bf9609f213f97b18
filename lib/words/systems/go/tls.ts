/** What Go's crypto/tls and crypto/x509 print of versions, alerts and certificates. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const alerts = 'https://github.com/golang/go/blob/master/src/crypto/tls/alert.go'
const handshake = 'https://github.com/golang/go/blob/master/src/crypto/tls/conn.go'
const verify = 'https://github.com/golang/go/blob/master/src/crypto/x509/verify.go'
const macos = 'https://github.com/golang/go/blob/master/src/crypto/x509/root_darwin.go'

export const tls: readonly Phrase[] = [
  ...phrasesOf(handshake, [
    {
      id: 'not-tls-arrived',
      needle: 'first record does not look like a TLS handshake',
      pattern: /\bTLS handshake error from \S{1,80}: tls: first record does not look like a TLS handshake/,
      said: { means: 'plain-on-tls', unsure: true },
      side: 'server',
      example:
        'http: TLS handshake error from 10.0.0.9:40110: tls: first record does not look like a TLS handshake',
      explains: 'What arrived at this TLS port is not TLS: plain HTTP, a PROXY header, or a scanner.',
    },
    {
      id: 'not-tls',
      needle: 'first record does not look like a TLS handshake',
      pattern: /\btls: first record does not look like a TLS handshake/,
      said: { means: 'tls-garbled' },
      example: 'tls: first record does not look like a TLS handshake',
      explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
    },
    {
      id: 'versions',
      needle: 'versions',
      pattern: /\btls: (?:client offered only unsupported versions|no supported versions satisfy)/,
      said: { means: 'tls-version' },
      example: 'tls: client offered only unsupported versions: [302 301]',
      explains: 'The two ends share no version of TLS.',
    },
    {
      id: 'selected-version',
      needle: 'tls: server selected unsupported',
      pattern: /\btls: server selected unsupported (?:protocol version|cipher suite|curve)/,
      said: { means: 'tls-version' },
      example: 'tls: server selected unsupported protocol version 301',
      explains: 'The server chose a version of TLS that this client refuses.',
    },
    {
      id: 'no-cipher',
      needle: 'cipher suite',
      pattern:
        /\btls: (?:no cipher suite supported by both client and server|server chose an unconfigured cipher suite)/,
      said: { means: 'tls-version' },
      example: 'tls: no cipher suite supported by both client and server',
      explains: 'The two ends share no cipher of TLS.',
    },
    {
      id: 'client-certificate-missing',
      needle: 'provide a certificate',
      pattern: /\btls: client didn't provide a certificate/,
      said: { means: 'tls-client-certificate' },
      side: 'server',
      example: "tls: client didn't provide a certificate",
      explains: 'The server asks for a client certificate, and the client sent none.',
    },
    {
      id: 'oversized-record',
      needle: 'tls: ',
      pattern:
        /\btls: (?:oversized record received with length \d{1,6}|bad record MAC|unexpected message|received record with version \S{1,6} when expecting)|\blocal error: tls: [a-z ]{1,40}/,
      said: { means: 'tls-garbled' },
      example: 'tls: oversized record received with length 20527',
      explains:
        'What arrived is not TLS, or was changed on the way. The usual reason is wss:// to a port that speaks plain HTTP.',
    },
  ]),
  ...phrasesOf(alerts, [
    {
      id: 'alert-version',
      needle: 'remote error: tls: ',
      pattern:
        /\bremote error: tls: (?:protocol version not supported|insufficient security level|inappropriate fallback)/,
      said: { means: 'tls-version' },
      example: 'remote error: tls: protocol version not supported',
      explains: 'The other end refused this version of TLS.',
    },
    {
      id: 'alert-handshake-failure',
      needle: 'remote error: tls: ',
      pattern: /\bremote error: tls: handshake failure/,
      said: { means: 'tls-version', unsure: true },
      example: 'remote error: tls: handshake failure',
      explains:
        'The other end refused the parameters of TLS: no version or cipher in common, or a certificate it wanted did not come.',
    },
    {
      id: 'alert-certificate-required',
      needle: 'remote error: tls: ',
      pattern: /\bremote error: tls: certificate required/,
      said: { means: 'tls-client-certificate' },
      side: 'client',
      example: 'remote error: tls: certificate required',
      explains: 'The server asks for a client certificate, and none was sent.',
    },
    {
      id: 'alert-untrusted',
      needle: 'remote error: tls: ',
      pattern:
        /\bremote error: tls: (?:unknown certificate(?: authority)?|bad certificate|unsupported certificate|revoked certificate)/,
      said: { means: 'cert-untrusted' },
      side: 'server',
      example: 'http: TLS handshake error from 10.0.0.9:40110: remote error: tls: unknown certificate',
      explains:
        'The other end refused the certificate that this end sent. On a server: the client does not trust it.',
    },
    {
      id: 'alert-expired',
      needle: 'remote error: tls: ',
      pattern: /\bremote error: tls: expired certificate/,
      said: { means: 'cert-expired' },
      side: 'server',
      example: 'http: TLS handshake error from 10.0.0.9:40110: remote error: tls: expired certificate',
      explains: 'The other end found that the certificate which this end sent has expired.',
    },
    {
      id: 'alert-name',
      needle: 'remote error: tls: ',
      pattern: /\bremote error: tls: unrecognized name/,
      said: { means: 'cert-name' },
      side: 'client',
      example: 'remote error: tls: unrecognized name',
      explains: 'The server has no certificate for the name that the client asked for (SNI).',
    },
    {
      id: 'alert-internal',
      needle: 'remote error: tls: ',
      pattern: /\bremote error: tls: internal error/,
      said: { means: 'nothing-said' },
      example: 'remote error: tls: internal error',
      explains:
        'The other end ended TLS over an error of its own, often because it has no certificate for the name. Its log has the reason.',
    },
  ]),
  ...phrasesOf(verify, [
    {
      id: 'unknown-authority',
      needle: 'x509: ',
      pattern:
        /\bx509: (?:certificate signed by unknown authority|failed to load system roots|too many intermediates|issuer name does not match|certificate is not authorized to sign|a root or intermediate certificate is not authorized|certificate specifies an incompatible key usage|unhandled critical extension|negative serial number|issuer has name constraints)/,
      said: { means: 'cert-untrusted' },
      example: 'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      explains:
        'This client trusts no issuer of the server’s certificate, or an intermediate certificate was not sent.',
    },
    {
      id: 'expired',
      needle: 'x509: certificate has expired or is not yet valid',
      pattern:
        /\bx509: certificate has expired or is not yet valid(?:: current time \S{1,40} is (?:after|before) \S{1,40})?/,
      said: { means: 'cert-expired' },
      example:
        'x509: certificate has expired or is not yet valid: current time 2026-05-01T10:00:00Z is after 2026-04-01T00:00:00Z',
      explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
    },
    {
      id: 'name-mismatch',
      needle: 'x509: c',
      pattern:
        /\bx509: (?:certificate is valid for .{1,500}, not \S{1,255}|certificate is not valid for any names|cannot validate certificate for \S{1,255} because it doesn't contain any IP SANs|certificate relies on legacy Common Name field)/,
      said: { means: 'cert-name' },
      example: 'x509: certificate is valid for example.org, www.example.org, not app.example',
      explains: 'The certificate is for other names than the host of this URL.',
    },
  ]),
  ...phrasesOf(macos, [
    {
      id: 'macos-untrusted',
      needle: 'x509: ',
      pattern: /\bx509: (?:“[^”]{1,255}”|"[^"]{1,255}") certificate is not (?:trusted|standards compliant)/,
      said: { means: 'cert-untrusted' },
      example: 'x509: “localhost” certificate is not trusted',
      explains: 'macOS does not trust the server’s certificate.',
    },
    {
      id: 'macos-expired',
      needle: 'certificate is expired',
      pattern: /\bx509: (?:“[^”]{1,255}”|"[^"]{1,255}") certificate is expired/,
      said: { means: 'cert-expired' },
      example: 'x509: “app.example” certificate is expired',
      explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
    },
  ]),
]
