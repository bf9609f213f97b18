import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const verification = 'https://docs.openssl.org/master/man1/openssl-verification-options/'
const verifyErrors = 'https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/'
const sslReasons = 'https://github.com/openssl/openssl/blob/master/ssl/ssl_err.c'

/** What comes before a reason of verification: it is the longer match of the two. */
const FAILED = '(?:certificate[ _]verify[ _]failed:? ?\\(?)?'

const failing = (reasons: string): RegExp => new RegExp(`${FAILED}\\b(?:${reasons})`, 'i')
/** Reasons of libssl, as text or, from BoringSSL and Python, as a name: `wrong version number`, `WRONG_VERSION_NUMBER`. */
const reason = (words: string): RegExp => new RegExp(`(?:${words.replaceAll(' ', '[ _]')})(?![ _-]?\\w)`, 'i')

export default defineProgram({
  id: 'openssl',
  name: 'OpenSSL, LibreSSL and BoringSSL',
  mark: /\bSSL routines\b|\bOPENSSL_internal\b|\berror:[0-9A-F]{8}:/,
  phrases: [
    ...phrasesOf(verifyErrors, [
      {
        id: 'self-signed',
        needle: 'signed certificate',
        pattern: failing('self[- ]signed certificate(?: in certificate chain)?'),
        said: { means: 'cert-untrusted' },
        example: 'certificate verify failed: self-signed certificate in certificate chain',
        explains:
          'The certificate, or the root of its chain, is self-signed, and this client does not trust it.',
      },
      {
        id: 'no-local-issuer',
        needle: 'issuer certificate',
        pattern: failing('unable to get (?:local )?issuer certificate'),
        said: { means: 'cert-untrusted' },
        example: 'certificate verify failed: unable to get local issuer certificate',
        explains:
          'The issuer of the certificate is unknown here. The server left out an intermediate certificate, or this client lacks the root.',
      },
      {
        id: 'first-certificate',
        needle: 'verify the first certificate',
        pattern: failing('unable to verify the first certificate'),
        said: { means: 'cert-untrusted' },
        example: 'unable to verify the first certificate',
        explains: 'The server sent its own certificate alone, without the intermediate that leads to a root.',
      },
      {
        id: 'expired',
        needle: 'certificate',
        pattern: failing(
          'certificate (?:has expired(?! or)|is not yet valid(?: or the system clock is incorrect)?)',
        ),
        said: { means: 'cert-expired' },
        example: 'certificate verify failed: certificate has expired',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
      {
        id: 'name-mismatch',
        needle: 'mismatch',
        pattern: failing("(?:hostname|IP address) mismatch(?:, certificate is not valid for '[^']{0,255}')?"),
        said: { means: 'cert-name' },
        example: "certificate verify failed: Hostname mismatch, certificate is not valid for 'app.example'.",
        explains: 'The certificate is for other names than the host of this URL.',
      },
      {
        id: 'other-reason',
        needle: [
          'certificate',
          'path length constraint exceeded',
          'CA signature digest algorithm too weak',
          'unhandled critical extension',
        ],
        pattern: failing(
          'certificate (?:revoked|not trusted|rejected|signature failure|chain too long)|unsuitable certificate purpose|path length constraint exceeded|invalid (?:non-)?CA certificate|(?:EE|CA) certificate key too weak|CA signature digest algorithm too weak|unhandled critical extension',
        ),
        said: { means: 'cert-untrusted' },
        example: 'certificate verify failed: CA signature digest algorithm too weak',
        explains:
          'A certificate of the chain breaks a rule of this client: revoked, too weak, or for another purpose.',
      },
      {
        id: 'strict-flags',
        needle: 'certificate verify failed: ',
        pattern:
          /certificate verify failed: (?:Missing (?:Authority|Subject) Key Identifier|Basic Constraints of CA cert not marked critical|(?:Authority|Subject) Key Identifier marked critical|Path ?length (?:invalid|given)[ \w-]{1,60}|CA cert does not include key usage extension|Empty Subject Alternative Name extension)/i,
        said: { means: 'cert-untrusted' },
        example: 'certificate verify failed: Missing Authority Key Identifier',
        explains:
          'The certificate lacks what strict checking wants (Python 3.13 and later switch it on). A home-made authority or a company proxy issued it.',
      },
    ]),
    ...phrasesOf(verification, [
      {
        id: 'verify-failed',
        needle: 'verify',
        pattern: reason('certificate verify failed'),
        said: { means: 'cert-untrusted' },
        example: 'SSL routines:tls_process_server_certificate:certificate verify failed',
        explains: 'This client could not verify the server’s certificate, and does not say why.',
      },
    ]),
    ...phrasesOf(sslReasons, [
      {
        id: 'wrong-version-number',
        needle: 'version',
        pattern: reason('wrong version number'),
        said: { means: 'tls-garbled' },
        example: 'error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'not-tls',
        needle: 'record',
        pattern: reason('record layer failure|bad record type'),
        said: { means: 'tls-garbled' },
        example: 'error:0A000139:SSL routines::record layer failure',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'packet-length',
        needle: 'packet',
        pattern: reason('packet length too long'),
        said: { means: 'tls-garbled' },
        example: 'error:0A0000C6:SSL routines::packet length too long',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'unknown-protocol',
        needle: 'SSL routines',
        pattern: /SSL routines:[\w:]{0,80}unknown protocol/i,
        said: { means: 'tls-garbled' },
        example: 'error:140770FC:SSL routines:SSL23_GET_SERVER_HELLO:unknown protocol',
        explains: 'What came back is not TLS. Old versions of OpenSSL say it so.',
      },
      {
        id: 'http-request',
        needle: 'http',
        pattern:
          /(?:SSL routines:[\w:]{0,80}|\[SSL: HTTPS?_(?:PROXY_)?REQUEST\] ?)(?:https? (?:proxy )?request|HTTPS?_(?:PROXY_)?REQUEST)/i,
        said: { means: 'plain-on-tls' },
        side: 'server',
        example: 'error:0A00009C:SSL routines::http request',
        explains:
          'A client spoke plain HTTP to this port, which speaks TLS. Its URL begins with ws:// and needs wss://.',
      },
      {
        id: 'version-alert',
        needle: ['protocol', 'version', 'inappropriate'],
        pattern: reason(
          'alert protocol version|SSL: unsupported protocol\\] unsupported protocol|SSL routines:[\\w:]{0,80}unsupported protocol|no protocols available|wrong ssl version|alert inappropriate fallback',
        ),
        said: { means: 'tls-version' },
        example: 'error:0A00042E:SSL routines::tlsv1 alert protocol version',
        explains: 'The two ends share no version of TLS.',
      },
      {
        id: 'handshake-failure',
        needle: 'handshake',
        pattern: reason('alert handshake failure'),
        said: { means: 'tls-version', unsure: true },
        example: 'error:0A000410:SSL routines::sslv3 alert handshake failure',
        explains:
          'The other end refused the parameters of TLS: no version or cipher in common, or a certificate it wanted did not come.',
      },
      {
        id: 'no-cipher',
        needle: 'cipher',
        pattern: reason('no shared cipher|no ciphers available|no cipher match'),
        said: { means: 'tls-version' },
        example: 'error:0A0000C1:SSL routines::no shared cipher',
        explains: 'The two ends share no cipher of TLS.',
      },
      {
        id: 'weak-key',
        needle: 'SSL routines',
        pattern:
          /SSL routines:[\w:]{0,80}(?:(?:dh|ee|ca) key too small|ca md too weak|legacy sigalg disallowed or unsupported|unsafe legacy renegotiation disabled)/i,
        said: { means: 'tls-version' },
        example: 'error:0A00018A:SSL routines::dh key too small',
        explains: 'The server offers TLS with parameters that this version of OpenSSL refuses as too weak.',
      },
      {
        id: 'certificate-required',
        needle: 'certificate',
        pattern: reason('alert certificate required|peer did not return a certificate'),
        said: { means: 'tls-client-certificate' },
        example: 'error:0A00045C:SSL routines::tlsv13 alert certificate required',
        explains: 'The server asks for a client certificate, and none was sent.',
      },
      {
        id: 'peer-distrusts',
        needle: 'alert',
        pattern: reason('alert (?:unknown ca|certificate unknown|bad certificate|unsupported certificate)'),
        said: { means: 'cert-untrusted' },
        side: 'server',
        example: 'error:0A000418:SSL routines::tlsv1 alert unknown ca',
        explains:
          'The other end refused the certificate that this end sent. On a server: the client does not trust it.',
      },
      {
        id: 'peer-finds-expired',
        needle: 'alert',
        pattern: reason('alert certificate expired'),
        said: { means: 'cert-expired' },
        side: 'server',
        example: 'error:0A000415:SSL routines::sslv3 alert certificate expired',
        explains: 'The other end found that the certificate which this end sent has expired.',
      },
      {
        id: 'other-alert',
        needle: 'alert',
        pattern: reason(
          'alert (?:decode error|decrypt error|unexpected message|record overflow|illegal parameter|bad record mac|insufficient security|access denied)',
        ),
        said: { means: 'tls-garbled' },
        example: 'error:0A00041A:SSL routines::tlsv1 alert decode error',
        explains: 'The other end could not read what this end sent as TLS, and ended the handshake.',
      },
      {
        id: 'bad-record-mac',
        needle: 'decryption',
        pattern: reason('decryption failed or bad record mac'),
        said: { means: 'tls-garbled' },
        example: 'error:0A000119:SSL routines::decryption failed or bad record mac',
        explains: 'Bytes of the TLS connection were changed or mixed up on the way.',
      },
      {
        id: 'unrecognized-name',
        needle: 'unrecognized',
        pattern: reason('tlsv1 (?:alert )?unrecognized name'),
        said: { means: 'cert-name' },
        example: 'error:0A000458:SSL routines::tlsv1 unrecognized name',
        explains: 'The server has no certificate for the name that the client asked for (SNI).',
      },
      {
        id: 'unexpected-eof',
        needle: 'unexpected',
        pattern: reason('unexpected eof while reading'),
        said: { means: 'lost' },
        example: 'error:0A000126:SSL routines::unexpected eof while reading',
        explains:
          'TCP ended without the end that TLS asks for, during its handshake or later. The other end was cut or closed at once.',
      },
      {
        id: 'eof-in-violation',
        needle: 'EOF occurred in violation of protocol',
        pattern: /\bEOF occurred in violation of protocol\b/,
        said: { means: 'lost' },
        example: 'ssl.SSLEOFError: EOF occurred in violation of protocol (_ssl.c:997)',
        explains:
          'TCP ended without the end that TLS asks for, during its handshake or later. The other end was cut or closed at once.',
      },
      {
        id: 'internal-alert',
        needle: 'alert internal',
        pattern: reason('alert internal error'),
        said: { means: 'nothing-said' },
        example: 'error:0A000438:SSL routines::tlsv1 alert internal error',
        explains:
          'The other end ended TLS over an error of its own. Its log has the reason, often a name without a certificate.',
      },
    ]),
  ],
})
