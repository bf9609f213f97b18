/** TLS of Apache, towards its clients and towards its backends, which its lines have as `[client …]` and `[remote …]`. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const kernel = 'https://github.com/apache/httpd/blob/trunk/modules/ssl/ssl_engine_kernel.c'
const io = 'https://github.com/apache/httpd/blob/trunk/modules/ssl/ssl_engine_io.c'

export const tls: readonly Phrase[] = [
  ...phrasesOf(io, [
    {
      id: 'backend-name',
      needle: 'SSL Proxy: Peer certificate',
      pattern: /\bSSL Proxy: Peer certificate (?:CN mismatch|does not match|is expired)\b[^\n]{0,200}/,
      said: { means: 'backend-bad-answer', status: 502 },
      example: 'AH02411: SSL Proxy: Peer certificate does not match for hostname backend.internal',
      explains: 'Apache does not accept the backend’s certificate.',
    },
    {
      id: 'backend-handshake',
      needle: 'SSL Proxy connect failed',
      pattern: /\bAH02003: SSL Proxy connect failed\b/,
      said: { means: 'backend-bad-answer', status: 502 },
      example: '[remote 10.0.0.9:8443] AH02003: SSL Proxy connect failed',
      explains:
        'TLS between Apache and the backend failed. The next line has the reason, in the words of OpenSSL.',
    },
  ]),
  ...phrasesOf(kernel, [
    {
      id: 'backend-certificate',
      needle: 'Certificate Verification: ',
      pattern:
        /\[remote [^\]\n]{2,60}\] AH020(?:39|40): Certificate Verification: (?:Error \(\d{1,5}\)|Certificate Chain too long)[^\n]{0,200}/,
      said: { means: 'backend-bad-answer', status: 502 },
      example:
        '[remote 10.0.0.9:8443] AH02039: Certificate Verification: Error (20): unable to get local issuer certificate',
      explains:
        '[remote …] is the backend: Apache does not trust its certificate. SSLProxyCACertificateFile names the authorities that it trusts.',
    },
    {
      id: 'client-certificate',
      needle: 'Certificate Verification: ',
      pattern:
        /\[client [^\]\n]{2,60}\] AH020(?:39|40): Certificate Verification: (?:Error \(\d{1,5}\)|Certificate Chain too long)[^\n]{0,200}/,
      said: { means: 'tls-client-certificate' },
      example:
        '[client 203.0.113.9:50001] AH02039: Certificate Verification: Error (18): self-signed certificate',
      explains:
        'SSLVerifyClient asks for a client certificate, and Apache does not trust the one that came. SSLCACertificateFile names the authorities that it trusts.',
    },
    {
      id: 'certificate',
      needle: 'Certificate Verification: ',
      pattern:
        /\bAH020(?:39|40): Certificate Verification: (?:Error \(\d{1,5}\)|Certificate Chain too long)[^\n]{0,200}/,
      said: { means: 'tls-client-certificate', unsure: true },
      example: 'AH02039: Certificate Verification: Error (20): unable to get local issuer certificate',
      explains:
        'Apache does not trust a certificate that it was shown: that of a client behind [client …], that of its backend behind [remote …].',
    },
    {
      id: 'sni-without-host',
      needle: 'provided via SNI, but no hostname',
      pattern: /\bAH02031: Hostname \S{1,255} provided via SNI, but no hostname provided in HTTP request\b/,
      said: { means: 'handshake-header', status: 400 },
      example: 'AH02031: Hostname app.example provided via SNI, but no hostname provided in HTTP request',
      explains: 'The request has no Host header. Apache answers 400.',
    },
    {
      id: 'sni-another-host',
      needle: 'have no compatible SSL setup',
      pattern:
        /\bAH02032: Hostname \S{1,255} (?:\([^)\n]{1,60}\) )?provided via SNI and hostname \S{1,255} provided via HTTP have no compatible SSL setup\b/,
      said: { means: 'upgrade-not-allowed', status: 421 },
      example:
        'AH02032: Hostname backend.internal provided via SNI and hostname app.example provided via HTTP have no compatible SSL setup',
      explains:
        'TLS was opened for one name and the request names another, with other settings of TLS. Apache answers 421. A proxy before it keeps the Host of its client, and opens TLS for the name of its target.',
      fix: 'Let both be the same name. A proxy before Apache sends its target’s name in TLS: have it send the Host’s (proxy_ssl_server_name and proxy_ssl_name in nginx), or not keep the Host.',
    },
    {
      id: 'sni-none',
      needle: 'No hostname was provided via SNI',
      pattern: /\bAH02033: No hostname was provided via SNI for a name based virtual host\b/,
      said: { means: 'forbidden', status: 403 },
      example: 'AH02033: No hostname was provided via SNI for a name based virtual host',
      explains:
        'The client named no host when it opened TLS, and SSLStrictSNIVHostCheck demands one. Apache answers 403.',
      fix: 'Let the client name the host in TLS. nginx as a client does so with proxy_ssl_server_name on.',
    },
  ]),
]
