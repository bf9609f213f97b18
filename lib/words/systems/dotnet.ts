import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const sockets = 'https://learn.microsoft.com/en-us/dotnet/api/system.net.sockets.socketerror'
const http =
  'https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Http/src/Resources/Strings.resx'
const security =
  'https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Security/src/Resources/Strings.resx'
const socketTexts =
  'https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Sockets/src/Resources/Strings.resx'

/** `SocketException (10061): …` on Windows, `SocketException (111): …` on Linux, `(61)` on macOS, in any language. */
function socketError(
  id: string,
  numbers: string,
  means: Meaning,
  example: string,
  explains: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: 'SocketException (',
    pattern: new RegExp(`\\bSocketException \\((?:${numbers})\\)(?:: [^\\n]{1,120})?`),
    said: { means },
    example: `System.Net.Sockets.SocketException ${example}`,
    explains,
  }
}

export default defineProgram({
  id: 'dotnet',
  name: '.NET (sockets, HTTP and TLS)',
  mark: /\bSystem\.(?:Net|IO|Security|ComponentModel)\.[\w.]{1,60}Exception\b/,
  phrases: [
    ...phrasesOf(sockets, [
      socketError(
        'refused',
        '10061|111|61',
        'refused',
        '(10061): No connection could be made because the target machine actively refused it.',
        'No program accepts connections at this address and port.',
      ),
      socketError(
        'reset',
        '10054|10053|104|54|103|53',
        'reset',
        '(10054): An existing connection was forcibly closed by the remote host.',
        'The other end, a device on the way or software on this machine ended TCP.',
      ),
      socketError(
        'timed-out',
        '10060|110|60',
        'timed-out',
        '(110): Connection timed out',
        'TCP got no answer, when it connected or later. A firewall drops the packets, or the host is gone.',
      ),
      socketError(
        'unreachable',
        '10065|10064|10051|10050|10049|113|112|101|100|99|65|64|51|50|49',
        'unreachable',
        '(113): No route to host',
        'There is no way to this address, or a firewall refuses it.',
      ),
      socketError(
        'name-unknown',
        '1100[1-4]|-131073|-131074|00000005, 0xFFFDFFFF|00000001, 11|0xFFFDFFFF',
        'dns-failure',
        '(11001): No such host is known.',
        'The host name has no address in DNS, or the DNS server did not answer.',
      ),
      socketError(
        'broken-pipe',
        '32|107|57|10057|10058',
        'lost',
        '(32): Broken pipe',
        'The program wrote to a connection that the other end had already closed.',
      ),
      socketError(
        'canceled',
        '995|125|89',
        'lost',
        '(995): The I/O operation has been aborted because of either a thread exit or an application request.',
        'The program itself ended the connection while it read from it.',
      ),
    ]),
    ...phrasesOf(socketTexts, [
      {
        id: 'read-failed',
        needle: 'Unable to read data from the transport connection',
        pattern:
          /\bUnable to read data from the transport connection: (?:An existing connection was forcibly closed by the remote host|Connection reset by peer|An established connection was aborted by the software in your host machine)/,
        said: { means: 'reset' },
        example:
          'System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.',
        explains: 'The other end, a device on the way or software on this machine ended TCP.',
      },
      {
        id: 'read-closed-here',
        needle: 'Unable to read data from the transport connection',
        pattern:
          /\bUnable to read data from the transport connection: (?:The I\/O operation has been aborted|Operation canceled|The socket has been shut down)/,
        said: { means: 'lost' },
        example:
          'System.IO.IOException: Unable to read data from the transport connection: The I/O operation has been aborted because of either a thread exit or an application request..',
        explains: 'The program itself ended the connection while it read from it.',
      },
      {
        id: 'read-timed-out',
        needle: 'Unable to read data from the transport connection',
        pattern:
          /\bUnable to read data from the transport connection: (?:A connection attempt failed|Connection timed out)/,
        said: { means: 'dropped' },
        example:
          'System.IO.IOException: Unable to read data from the transport connection: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
        explains: 'TCP sent again and again and got no answer: the other end or the way to it is gone.',
      },
      {
        id: 'write-failed',
        needle: 'Unable to write data to the transport connection',
        pattern:
          /\bUnable to write data to the transport connection: (?:Broken pipe|An existing connection was forcibly closed|Connection reset by peer|An established connection was aborted)/,
        said: { means: 'hung-up' },
        example: 'System.IO.IOException: Unable to write data to the transport connection: Broken pipe.',
        explains: 'The program wrote to a connection that had already ended.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'ssl-not-established',
        needle: 'The SSL connection could not be established',
        pattern: /\bThe SSL connection could not be established/,
        said: { means: 'nothing-said' },
        example:
          'System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.',
        explains: 'TLS failed. The reason is in the inner exception, printed after “--->”.',
      },
      {
        id: 'send-failed',
        needle: 'An error occurred while sending the request',
        pattern: /\bAn error occurred while sending the request\b/,
        said: { means: 'nothing-said' },
        example: 'System.Net.Http.HttpRequestException: An error occurred while sending the request.',
        explains: 'The request failed. The reason is in the inner exception, printed after “--->”.',
      },
      {
        id: 'ended-prematurely',
        needle: 'ended prematurely',
        pattern: /\bThe response ended prematurely/,
        said: { means: 'closed-before-answer' },
        example: 'System.Net.Http.HttpIOException: The response ended prematurely. (ResponseEnded)',
        explains: 'The server closed TCP before its answer to the handshake was whole.',
      },
      {
        id: 'invalid-response',
        needle: 'Received an invalid',
        pattern: /\bReceived an invalid (?:status line|header line|header name|status code): '/,
        said: { means: 'not-http' },
        example:
          "System.Net.Http.HttpRequestException: Received an invalid status line: 'SSH-2.0-OpenSSH_9.6'.",
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'unrecognized-response',
        needle: 'invalid or unrecognized response',
        pattern: /\bThe server returned an invalid or unrecognized response/,
        said: { means: 'not-http' },
        example:
          'System.Net.Http.HttpRequestException: The server returned an invalid or unrecognized response.',
        explains: 'What came back is not HTTP.',
      },
      {
        id: 'connect-timeout',
        needle: 'within the configured ConnectTimeout',
        pattern: /\bA connection could not be established within the configured ConnectTimeout/,
        said: { means: 'connect-timeout' },
        example:
          'System.TimeoutException: A connection could not be established within the configured ConnectTimeout.',
        explains: 'TCP and TLS were not finished in the time that the program gave.',
      },
      {
        id: 'request-timeout',
        needle: 'HttpClient.Timeout of',
        pattern:
          /\bThe request was canceled due to the configured HttpClient\.Timeout of (\d{1,7}(?:\.\d{1,3})?) seconds elapsing/,
        said: ([, seconds]) => ({ means: 'handshake-timeout', limitMs: Number(seconds) * 1000 }),
        example:
          'System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.',
        explains: 'No answer came in the time that the program gave.',
      },
      {
        id: 'proxy-tunnel',
        needle: "failed with status code '",
        pattern: /\bThe proxy tunnel request to proxy '[^']{1,255}' failed with status code '(\d{3})'/,
        said: ([, status]) => ({
          means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
          status: Number(status),
        }),
        side: 'client',
        example:
          "System.Net.Http.HttpRequestException: The proxy tunnel request to proxy 'http://proxy.example:3128/' failed with status code '407'.",
        explains: 'The forward proxy refused the tunnel to this host.',
      },
      {
        id: 'http2',
        needle: 'HTTP/2',
        pattern:
          /\b(?:while unable to establish HTTP\/2 connection|The HTTP\/2 server (?:sent invalid data|closed the connection|reset the stream)|HTTP\/2 error code ')/,
        said: { means: 'http2' },
        example:
          "System.Net.Http.HttpProtocolException: The HTTP/2 server closed the connection. HTTP/2 error code 'HTTP_1_1_REQUIRED' (0xd). (HttpProtocolError)",
        explains: 'The WebSocket was opened over HTTP/2 and that failed.',
      },
      {
        id: 'web-exception',
        needle: 'The remote server returned an error: (',
        pattern: /\bThe remote server returned an error: \((\d{3})\)/,
        said: ([, status]) => saidOfStatus(status),
        side: 'client',
        example: 'System.Net.WebException: The remote server returned an error: (403) Forbidden.',
        explains: 'The request was answered with this HTTP status. .NET Framework prints it so.',
      },
      {
        id: 'web-name',
        needle: 'The remote name could not be resolved',
        pattern: /\bThe remote name could not be resolved\b/,
        said: { means: 'dns-failure' },
        side: 'client',
        example: "System.Net.WebException: The remote name could not be resolved: 'app.example'",
        explains: 'The host name has no address in DNS.',
      },
    ]),
    ...phrasesOf(security, [
      {
        id: 'name-mismatch',
        needle: 'RemoteCertificateNameMismatch',
        pattern:
          /\b(?:The remote certificate is invalid according to the validation procedure: )?RemoteCertificateNameMismatch\b/,
        said: { means: 'cert-name' },
        example:
          'System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch',
        explains: 'The certificate is for other names than the host of this URL.',
      },
      {
        id: 'expired',
        needle: 'errors in the certificate chain',
        pattern:
          /\bThe remote certificate is invalid because of errors in the certificate chain: NotTimeValid\b/,
        said: { means: 'cert-expired' },
        example:
          'System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: NotTimeValid',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
      {
        id: 'chain-errors',
        needle: 'errors in the certificate chain',
        pattern:
          /\bThe remote certificate is invalid because of errors in the certificate chain: (?!NotTimeValid)\w{1,40}/,
        said: { means: 'cert-untrusted' },
        example:
          'System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: PartialChain',
        explains:
          'This client does not trust the chain: UntrustedRoot is an unknown root, PartialChain a missing intermediate.',
      },
      {
        id: 'invalid-certificate',
        needle: 'The remote certificate',
        pattern:
          /\bThe remote certificate (?:is invalid according to the validation procedure(?:: RemoteCertificateChainErrors)?|was rejected by the provided RemoteCertificateValidationCallback)/,
        said: { means: 'cert-untrusted' },
        example:
          'System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure.',
        explains: 'This client does not accept the server’s certificate: its issuer, its dates or its names.',
      },
      {
        id: 'not-tls',
        needle: 'frame',
        pattern: /\bCannot determine the frame size or a corrupted frame was received/,
        said: { means: 'tls-garbled' },
        example:
          'System.Security.Authentication.AuthenticationException: Cannot determine the frame size or a corrupted frame was received.',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'unexpected-format',
        needle: 'unexpected packet format',
        pattern: /\bThe handshake failed due to an unexpected packet format/,
        said: { means: 'tls-garbled' },
        example: 'System.IO.IOException: The handshake failed due to an unexpected packet format.',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'tls-alert-version',
        needle: 'sent a TLS alert',
        pattern:
          /\bremote party sent a TLS alert: '(?:ProtocolVersion|HandshakeFailure|InsufficientSecurity)'/,
        said: { means: 'tls-version' },
        example:
          "System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'ProtocolVersion'.",
        explains: 'The other end refused the parameters of TLS: no version or cipher in common.',
      },
      {
        id: 'tls-alert-certificate',
        needle: 'sent a TLS alert',
        pattern:
          /\bremote party sent a TLS alert: '(?:CertificateUnknown|UnknownCA|BadCertificate|UnsupportedCert)'/,
        said: { means: 'cert-untrusted' },
        side: 'server',
        example:
          "System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'CertificateUnknown'.",
        explains:
          'The other end refused the certificate that this end sent. On a server: the client does not trust it.',
      },
      {
        id: 'tls-alert-expired',
        needle: 'sent a TLS alert',
        pattern: /\bremote party sent a TLS alert: 'CertificateExpired'/,
        said: { means: 'cert-expired' },
        side: 'server',
        example:
          "System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'CertificateExpired'.",
        explains: 'The other end found that the certificate which this end sent has expired.',
      },
      {
        id: 'tls-alert-required',
        needle: 'sent a TLS alert',
        pattern: /\bremote party sent a TLS alert: 'CertificateRequired'/,
        said: { means: 'tls-client-certificate' },
        side: 'client',
        example:
          "System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'CertificateRequired'.",
        explains: 'The server asks for a client certificate, and none was sent.',
      },
      {
        id: 'closed-during-tls',
        needle: 'transport stream',
        pattern:
          /\b(?:Received an unexpected EOF or 0 bytes from the transport stream|Authentication failed because the remote party has closed the transport stream)/,
        said: { means: 'lost' },
        example: 'System.IO.IOException: Received an unexpected EOF or 0 bytes from the transport stream.',
        explains: 'The other end closed TCP during the TLS handshake, without an alert that says why.',
      },
      {
        id: 'authentication-failed',
        needle: 'Authentication failed, see inner exception',
        pattern: /\bAuthentication failed, see inner exception/,
        said: { means: 'nothing-said' },
        example:
          'System.Security.Authentication.AuthenticationException: Authentication failed, see inner exception.',
        explains: 'TLS failed. The reason is in the inner exception, printed after “--->”.',
      },
    ]),
  ],
})
