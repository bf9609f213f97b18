import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://github.com/rustls/rustls/blob/main/rustls/src/error.rs'
const native = 'https://github.com/rust-native-tls/rust-native-tls'

export default defineProgram({
  id: 'rustls',
  name: 'rustls and native-tls (Rust)',
  mark: /\brustls\b|\bnative-tls\b|\binvalid peer certificate: |\b(?:InvalidCertificate|AlertReceived|PeerIncompatible)\(/,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'expired',
        needle: ['invalid peer certificate: ', 'InvalidCertificate('],
        pattern:
          /\binvalid peer certificate: (?:Expired|NotValidYet|certificate (?:expired|not valid yet))|\bInvalidCertificate\((?:Expired|NotValidYet)/,
        said: { means: 'cert-expired' },
        example: 'invalid peer certificate: Expired',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
      {
        id: 'name',
        needle: ['invalid peer certificate: ', 'InvalidCertificate('],
        pattern:
          /\binvalid peer certificate: (?:NotValidForName|certificate not valid for name|CertNotValidForName)|\bInvalidCertificate\(NotValidForName/,
        said: { means: 'cert-name' },
        example: 'invalid peer certificate: certificate not valid for name "app.example"',
        explains: 'The certificate is for other names than the host of this URL.',
      },
      {
        id: 'untrusted',
        needle: ['invalid peer certificate', 'InvalidCertificate('],
        pattern:
          /\binvalid peer certificate(?: contents)?: (?!Expired|NotValid|certificate|CertNotValid)[A-Z]\w{2,60}|\bInvalidCertificate\((?!Expired|NotValid)[A-Z]\w{2,60}/,
        said: { means: 'cert-untrusted' },
        example: 'invalid peer certificate: UnknownIssuer',
        explains:
          'This client does not trust the certificate: its issuer is unknown, or an intermediate certificate was not sent.',
      },
      {
        id: 'not-tls',
        needle: ['received corrupt message', 'InvalidMessage(InvalidContentType', 'CorruptMessage'],
        pattern:
          /\breceived corrupt message(?: of type \w{1,40})?|\bInvalidMessage\(InvalidContentType\)|\bCorruptMessage(?:Payload)?\b/,
        said: { means: 'tls-garbled' },
        example: 'received corrupt message of type InvalidContentType',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'alert-version',
        needle: ['received fatal alert: ', 'AlertReceived('],
        pattern:
          /\breceived fatal alert: (?:the server (?:does not|doesn't) support|HandshakeFailure|ProtocolVersion|InsufficientSecurity)|\bAlertReceived\((?:HandshakeFailure|ProtocolVersion|InsufficientSecurity)\)/,
        said: { means: 'tls-version' },
        example: 'received fatal alert: HandshakeFailure',
        explains:
          'The other end refused the parameters of TLS: no version or cipher in common, or a certificate it wanted did not come.',
      },
      {
        id: 'alert-certificate',
        needle: ['received fatal alert: ', 'AlertReceived('],
        pattern:
          /\b(?:received fatal alert: |AlertReceived\()(?:CertificateUnknown|UnknownCA|BadCertificate)/,
        said: { means: 'cert-untrusted' },
        side: 'server',
        example: 'received fatal alert: CertificateUnknown',
        explains:
          'The other end refused the certificate that this end sent. On a server: the client does not trust it.',
      },
      {
        id: 'alert-required',
        needle: ['received fatal alert: ', 'AlertReceived('],
        pattern: /\b(?:received fatal alert: |AlertReceived\()CertificateRequired/,
        said: { means: 'tls-client-certificate' },
        side: 'client',
        example: 'received fatal alert: CertificateRequired',
        explains: 'The server asks for a client certificate, and none was sent.',
      },
      {
        id: 'incompatible',
        needle: ['peer is incompatible', 'PeerIncompatible('],
        pattern: /\bpeer is incompatible: \w{1,60}|\bPeerIncompatible\(\w{1,60}/,
        said: { means: 'tls-version' },
        example: 'peer is incompatible: ServerDoesNotSupportTls12Or13',
        explains: 'The two ends share no version or cipher of TLS.',
      },
      {
        id: 'no-close-notify',
        needle: 'without sending TLS close_notify',
        pattern: /\bpeer closed connection without sending TLS close_notify\b/,
        said: { means: 'lost' },
        example:
          'IO error: peer closed connection without sending TLS close_notify: https://docs.rs/rustls/latest/rustls/manual/_03_howto/index.html#unexpected-eof',
        explains: 'TCP ended without the end that TLS asks for and without a Close frame.',
      },
      {
        id: 'handshake-eof',
        needle: 'tls handshake eof',
        pattern: /\btls handshake eof\b/,
        said: { means: 'lost' },
        example: 'IO error: tls handshake eof',
        explains: 'The other end closed TCP during the TLS handshake, without an alert that says why.',
      },
    ]),
    ...phrasesOf(native, [
      {
        id: 'macos-untrusted',
        needle: 'The certificate was not trusted',
        pattern: /\bThe certificate was not trusted\b/,
        said: { means: 'cert-untrusted' },
        example: 'TLS error: native-tls error: The certificate was not trusted.',
        explains: 'macOS does not trust the server’s certificate.',
      },
    ]),
  ],
})
