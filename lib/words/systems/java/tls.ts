/** What javax.net.ssl and Android print of certificates, alerts and versions of TLS. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const trust =
  'https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/validator/PKIXValidator.java'
const names =
  'https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/util/HostnameChecker.java'
const ssl =
  'https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/ssl/TransportContext.java'
const versions =
  'https://github.com/openjdk/jdk/blob/master/src/java.base/share/classes/sun/security/ssl/HandshakeContext.java'
const android = 'https://developer.android.com/privacy-and-security/security-ssl'

export const tls: readonly Phrase[] = [
  ...phrasesOf(trust, [
    {
      id: 'path-building-failed',
      needle: 'path',
      pattern:
        /\b(?:PKIX path building failed(?:: [\w.]{1,120}: unable to find valid certification path to requested target)?|unable to find valid certification path to requested target)/i,
      said: { means: 'cert-untrusted' },
      example:
        'javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
      explains:
        'Java trusts no issuer of the server’s certificate, or an intermediate certificate was not sent.',
    },
    {
      id: 'path-validation-failed',
      needle: 'PKIX path validation failed',
      pattern: /\bPKIX path validation failed(?:: [\w.]{1,120}: (?!validity check failed)[^\n:]{1,120})?/,
      said: { means: 'cert-untrusted' },
      example:
        'PKIX path validation failed: java.security.cert.CertPathValidatorException: Algorithm constraints check failed on signature algorithm: SHA1withRSA',
      explains:
        'A certificate of the chain breaks a rule of this Java: revoked, too weak, or for another purpose.',
    },
    {
      id: 'validity-check-failed',
      needle: 'validity check failed',
      pattern: /(?:PKIX path validation failed: [\w.]{1,120}: )?\bvalidity check failed\b/,
      said: { means: 'cert-expired' },
      example:
        'javax.net.ssl.SSLHandshakeException: PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed',
      explains: 'A certificate of the chain has expired, or is not valid yet by the clock of this machine.',
    },
    {
      id: 'expired',
      needle: [
        'java.security.cert.Certificate',
        'CertificateExpiredException: NotAfter',
        'CertificateNotYetValidException: NotBefore',
      ],
      pattern: /\bCertificate(?:ExpiredException: NotAfter|NotYetValidException: NotBefore)\b.{0,60}/,
      said: { means: 'cert-expired' },
      example: 'java.security.cert.CertificateExpiredException: NotAfter: Fri May 01 10:00:00 UTC 2026',
      explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
    },
  ]),
  ...phrasesOf(names, [
    {
      id: 'no-matching-name',
      needle: 'name',
      pattern:
        /\b(?:No subject alternative (?:DNS )?names? (?:present|matching (?:IP address )?\S{1,255} found)|No name matching \S{1,255} found|Hostname \S{1,255} (?:was )?not verified)/,
      said: { means: 'cert-name' },
      example:
        'java.security.cert.CertificateException: No subject alternative DNS name matching app.example found.',
      explains: 'The certificate is for other names than the host of this URL.',
    },
  ]),
  ...phrasesOf(ssl, [
    {
      id: 'alert-version',
      needle: 'Received fatal alert',
      pattern: /\bReceived fatal alert: (?:protocol_version|insufficient_security|inappropriate_fallback)/,
      said: { means: 'tls-version' },
      example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version',
      explains: 'The other end refused the parameters of TLS: no version or cipher in common.',
    },
    {
      id: 'alert-handshake-failure',
      needle: 'Received fatal alert',
      pattern: /\bReceived fatal alert: handshake_failure/,
      said: { means: 'tls-version', unsure: true },
      example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure',
      explains:
        'The other end refused the parameters of TLS: no version or cipher in common, or a certificate it wanted did not come.',
    },
    {
      id: 'alert-untrusted',
      needle: 'Received fatal alert',
      pattern:
        /\bReceived fatal alert: (?:certificate_unknown|unknown_ca|unsupported_certificate|certificate_revoked)/,
      said: { means: 'cert-untrusted' },
      side: 'server',
      example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_unknown',
      explains:
        'The other end refused the certificate that this end sent. On a server: the client does not trust it.',
    },
    {
      id: 'alert-client-certificate',
      needle: 'Received fatal alert',
      pattern: /\bReceived fatal alert: (?:certificate_required|bad_certificate)/,
      said: { means: 'tls-client-certificate' },
      example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate',
      explains: 'The server asks for a client certificate, and none came or it refused the one that came.',
    },
    {
      id: 'alert-expired',
      needle: 'Received fatal alert',
      pattern: /\bReceived fatal alert: certificate_expired/,
      said: { means: 'cert-expired' },
      side: 'server',
      example: 'javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_expired',
      explains: 'The other end found that the certificate which this end sent has expired.',
    },
    {
      id: 'alert-name',
      needle: 'unrecognized_name',
      pattern: /\b(?:Received fatal alert: |handshake alert: ?)unrecognized_name/,
      said: { means: 'cert-name' },
      example: 'javax.net.ssl.SSLProtocolException: handshake alert: unrecognized_name',
      explains: 'The server has no certificate for the name that the client asked for (SNI).',
    },
    {
      id: 'not-tls',
      needle: 'SSL message',
      pattern:
        /\b(?:Unsupported or unrecognized SSL message|Unrecognized SSL message, plaintext connection\?)/,
      said: { means: 'tls-garbled' },
      example: 'javax.net.ssl.SSLException: Unsupported or unrecognized SSL message',
      explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
    },
    {
      id: 'netty-http-answer',
      needle: 'not an SSL/TLS record',
      pattern: /\bnot an SSL\/TLS record: (?!47455420|504f5354|434f4e4e)[0-9a-f]{0,64}/i,
      said: { means: 'tls-garbled' },
      example: 'io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 485454502f312e3120343030',
      explains:
        'What came back is not TLS. Hex 48545450 is “HTTP”: wss:// goes to a port that speaks plain HTTP.',
    },
    {
      id: 'netty-http-request',
      needle: 'not an SSL/TLS record: ',
      pattern: /\bnot an SSL\/TLS record: (?:47455420|504f5354|434f4e4e)[0-9a-f]{0,64}/i,
      said: { means: 'plain-on-tls' },
      side: 'server',
      example:
        'io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record: 474554202f777320485454502f312e31',
      explains: 'A client spoke plain HTTP to this port, which speaks TLS. Hex 474554 is “GET”.',
    },
    {
      id: 'closed-during-handshake',
      needle: ['handshake', 'SSL peer shut down incorrectly'],
      pattern:
        /\b(?:Remote host (?:terminated the handshake|closed connection during handshake)|SSL peer shut down incorrectly)/,
      said: { means: 'lost' },
      example: 'javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake',
      explains: 'The other end closed TCP during the TLS handshake, without an alert that says why.',
    },
  ]),
  ...phrasesOf(versions, [
    {
      id: 'no-protocol',
      needle: 'protocol',
      pattern:
        /\b(?:No appropriate protocol \(protocol is disabled or cipher suites are inappropriate\)|The server selected protocol version \S{1,20} is not accepted by client preferences|Client requested protocol \S{1,20} is not enabled or (?:is )?not supported|Server chose \S{1,20}, but that protocol version is not enabled)/i,
      said: { means: 'tls-version' },
      example:
        'javax.net.ssl.SSLHandshakeException: The server selected protocol version TLS10 is not accepted by client preferences [TLS13, TLS12]',
      explains: 'The two ends share no version of TLS.',
    },
    {
      id: 'no-cipher',
      needle: 'no cipher suites in common',
      pattern: /\bno cipher suites in common/i,
      said: { means: 'tls-version' },
      example: 'javax.net.ssl.SSLHandshakeException: no cipher suites in common',
      explains: 'The two ends share no cipher of TLS, or this server has no certificate for it.',
    },
    {
      id: 'client-certificate-missing',
      needle: 'cert',
      pattern: /\b(?:Empty (?:client|server) certificate chain|SSLHandshakeException: null cert chain)/,
      said: { means: 'tls-client-certificate' },
      side: 'server',
      example: 'javax.net.ssl.SSLHandshakeException: Empty client certificate chain',
      explains: 'The server asks for a client certificate, and the client sent none.',
    },
  ]),
  ...phrasesOf(android, [
    {
      id: 'trust-anchor',
      needle: 'Trust anchor for certification path not found',
      pattern: /\bTrust anchor for certification path not found/,
      said: { means: 'cert-untrusted' },
      example:
        'java.security.cert.CertPathValidatorException: Trust anchor for certification path not found.',
      explains:
        'Android trusts no issuer of the server’s certificate, or an intermediate certificate was not sent.',
    },
    {
      id: 'cleartext',
      needle: 'CLEARTEXT communication',
      pattern: /\bCLEARTEXT communication (?:to \S{1,255} )?not permitted by network security policy/,
      said: { means: 'mixed-content', unsure: true },
      side: 'client',
      example:
        'java.net.UnknownServiceException: CLEARTEXT communication to app.example not permitted by network security policy',
      explains:
        'Android refuses ws:// to this host before it connects. Its network security policy asks for TLS.',
    },
    {
      id: 'cleartext-chromium',
      needle: 'Cleartext HTTP traffic',
      pattern: /\bCleartext HTTP traffic to \S{1,255} not permitted\b/,
      said: { means: 'mixed-content' },
      side: 'client',
      example: 'java.io.IOException: Cleartext HTTP traffic to 10.0.2.2 not permitted',
      explains:
        'Android refuses plain HTTP and ws:// to this host before it connects. Its network security policy asks for TLS.',
    },
  ]),
]
