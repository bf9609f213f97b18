import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const winsock = 'https://learn.microsoft.com/en-us/windows/win32/winsock/windows-sockets-error-codes-2'
const schannel =
  'https://learn.microsoft.com/en-us/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts'

/**
 * The number is there in every language of Windows: `[WinError 10061] …` of Python, `(os error 10061)` of Rust,
 * `WSAECONNREFUSED`.
 */
function numbered(
  id: string,
  numbers: string,
  said: Said,
  explains: string,
  example: string,
): Omit<Phrase, 'source'> {
  return {
    id,
    needle: 'error ',
    pattern: new RegExp(
      `(?:\\[WinError |\\(os error |\\bWinsock error |\\bsocket error )(?:${numbers})\\b(?:\\] [^\\n[\\]]{1,200})?`,
      'i',
    ),
    said,
    explains,
    example,
  }
}

const wininet = 'https://learn.microsoft.com/en-us/windows/win32/wininet/wininet-errors'

/** Internet Explorer and the first Edge: `SCRIPT12029: WebSocket Error: Network Error 12029, …`. */
const network = (
  id: string,
  numbers: string,
  said: Said,
  explains: string,
  example: string,
): Omit<Phrase, 'source'> => ({
  id,
  needle: 'Network Error 12',
  pattern: new RegExp(`\\bNetwork Error (?:${numbers})\\b[^\\n]{0,160}`),
  said,
  side: 'client',
  explains,
  example: `WebSocket Error: Network Error ${example}`,
})

export default defineProgram({
  id: 'windows',
  name: 'Windows (Winsock and Schannel)',
  mark: /\[WinError \d|\bSEC_E_|\bWSAE|\bschannel\b/,
  phrases: [
    ...phrasesOf(wininet, [
      network(
        'wininet-lost',
        '1203[01]',
        { means: 'reset' },
        'TCP was reset, or ended without a Close frame, before or after the opening.',
        '12030, The connection with the server was terminated abnormally',
      ),
      network(
        'wininet-no-connection',
        '12029',
        { means: 'no-connection' },
        'TCP did not connect: it was refused, unreachable or without an answer.',
        '12029, A connection with the server could not be established',
      ),
      network(
        'wininet-name',
        '12007',
        { means: 'dns-failure' },
        'The host name has no address in DNS.',
        '12007, The server name or address could not be resolved',
      ),
      network(
        'wininet-timeout',
        '12002',
        { means: 'timed-out' },
        'No answer came in time.',
        '12002, The operation timed out',
      ),
      network(
        'wininet-certificate-date',
        '12037',
        { means: 'cert-expired' },
        'The certificate has expired, or is not valid yet by the clock of this machine.',
        '12037, The date in the certificate is invalid or has expired',
      ),
      network(
        'wininet-certificate-name',
        '12038',
        { means: 'cert-name' },
        'The certificate is for other names than the host of this URL.',
        '12038, The host name in the certificate is invalid or does not match',
      ),
      network(
        'wininet-certificate-issuer',
        '12045',
        { means: 'cert-untrusted' },
        'Windows does not trust the issuer of the certificate.',
        '12045, The certificate authority is invalid or incorrect',
      ),
      network(
        'wininet-bad-answer',
        '12152',
        { means: 'bad-answer' },
        'The answer is not a correct 101.',
        '12152, The server returned an invalid or unrecognized response',
      ),
    ]),
    ...phrasesOf(winsock, [
      numbered(
        'refused-number',
        '10061|1225',
        { means: 'refused' },
        'No program accepts connections at this address and port.',
        'ConnectionRefusedError: [WinError 10061] No connection could be made because the target machine actively refused it',
      ),
      numbered(
        'reset-number',
        '10054|10053|10052|64|1236',
        { means: 'reset' },
        'The other end, a device on the way or software on this machine ended TCP.',
        'ConnectionResetError: [WinError 10054] An existing connection was forcibly closed by the remote host',
      ),
      numbered(
        'timed-out-number',
        '10060|121|1460',
        { means: 'timed-out' },
        'TCP got no answer, when it connected or later. A firewall drops the packets, or the host is gone.',
        'OSError: [WinError 121] The semaphore timeout period has expired',
      ),
      numbered(
        'unreachable-number',
        '10065|10064|10051|10050|10049|1231|1232',
        { means: 'unreachable' },
        'There is no way to this address, or a firewall refuses it.',
        'OSError: [WinError 1231] The network location cannot be reached',
      ),
      numbered(
        'name-number',
        '1100[1-4]',
        { means: 'dns-failure' },
        'The host name has no address in DNS, or the DNS server did not answer.',
        'Der angegebene Host ist unbekannt. (os error 11001)',
      ),
      numbered(
        'forbidden-number',
        '10013',
        { means: 'blocked-by-client' },
        'Windows or its firewall does not allow this program to open the connection.',
        'PermissionError: [WinError 10013] An attempt was made to access a socket in a way forbidden by its access permissions',
      ),
      {
        id: 'refused',
        needle: 'refused ',
        pattern:
          /\b(?:No connection could be made because the target machine actively refused it|The remote computer refused the network connection)\b/i,
        said: { means: 'refused' },
        example: 'No connection could be made because the target machine actively refused it.',
        explains: 'No program accepts connections at this address and port.',
      },
      {
        id: 'reset',
        needle: 'forcibly closed by the remote host',
        pattern: /\bAn existing connection was forcibly closed by the remote host\b/i,
        said: { means: 'reset' },
        example: 'An existing connection was forcibly closed by the remote host.',
        explains: 'The other end, or a device on the way, reset TCP.',
      },
      {
        id: 'aborted',
        needle: 'software in your host machine',
        pattern: /\bAn established connection was aborted by the software in your host machine\b/i,
        said: { means: 'reset' },
        example: 'An established connection was aborted by the software in your host machine.',
        explains:
          'This machine itself ended the connection: TCP gave up, or software such as a virus scanner did.',
      },
      {
        id: 'timed-out',
        needle: 'did not properly respond after a period of time',
        pattern: /\bthe connected party did not properly respond after a period of time\b/i,
        said: { means: 'timed-out' },
        example:
          'A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond.',
        explains: 'TCP got no answer. A firewall drops the packets, or the host is down.',
      },
      {
        id: 'unreachable',
        needle: 'A socket operation was attempted to an unreachable',
        pattern: /\bA socket operation was attempted to an unreachable (?:host|network)\b/i,
        said: { means: 'unreachable' },
        example: 'A socket operation was attempted to an unreachable host.',
        explains: 'There is no way to this address, or a firewall refuses it.',
      },
      {
        id: 'no-such-host',
        needle: 'No such host is known',
        pattern: /\bNo such host is known\b/i,
        said: { means: 'dns-failure' },
        example: 'No such host is known.',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'forbidden',
        needle: 'forbidden by its access permissions',
        pattern: /\baccess a socket in a way forbidden by its access permissions\b/i,
        said: { means: 'blocked-by-client' },
        example: 'An attempt was made to access a socket in a way forbidden by its access permissions.',
        explains: 'Windows or its firewall does not allow this program to open the connection.',
      },
      {
        id: 'refused-name',
        needle: 'WSAECONNREFUSED',
        pattern: /\bWSAECONNREFUSED\b/,
        said: { means: 'refused' },
        example: 'connect: WSAECONNREFUSED',
        explains: 'No program accepts connections at this address and port.',
      },
      {
        id: 'reset-name',
        needle: 'WSAE',
        pattern: /\bWSAE(?:CONNRESET|CONNABORTED|NETRESET)\b/,
        said: { means: 'reset' },
        example: 'recv: WSAECONNRESET',
        explains: 'The other end, a device on the way or software on this machine ended TCP.',
      },
      {
        id: 'unreachable-name',
        needle: 'UNREACH',
        pattern: /\bWSAE(?:NET|HOST)UNREACH\b/,
        said: { means: 'unreachable' },
        example: 'connect: WSAENETUNREACH',
        explains: 'There is no way to this address, or a firewall refuses it.',
      },
      {
        id: 'unknown-host-name',
        needle: 'WSAHOST_NOT_FOUND',
        pattern: /\bWSAHOST_NOT_FOUND\b/,
        said: { means: 'dns-failure' },
        example: 'getaddrinfo: WSAHOST_NOT_FOUND',
        explains: 'The host name has no address in DNS, or the DNS server did not answer.',
      },
      {
        id: 'timed-out-name',
        needle: 'WSAETIMEDOUT',
        pattern: /\bWSAETIMEDOUT\b/,
        said: { means: 'connect-timeout' },
        example: 'connect: WSAETIMEDOUT',
        explains: 'TCP got no answer. A firewall drops the packets, or the host is down.',
      },
    ]),
    ...phrasesOf(schannel, [
      {
        id: 'untrusted-root',
        needle: ['0x800', 'SEC_E_UNTRUSTED_ROOT', 'CERT_E_UNTRUSTEDROOT', 'CERT_E_CHAINING'],
        pattern:
          /\bSEC_E_UNTRUSTED_ROOT\b|\b0x80090325\b|\bCERT_E_(?:UNTRUSTEDROOT|CHAINING)\b|\b0x800B01(?:09|0A)\b/i,
        said: { means: 'cert-untrusted' },
        example:
          'schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325) - The certificate chain was issued by an authority that is not trusted.',
        explains: 'Windows trusts no issuer of the server’s certificate.',
      },
      {
        id: 'wrong-principal',
        needle: ['0x8009', 'SEC_E_WRONG_PRINCIPAL'],
        pattern: /\bSEC_E_WRONG_PRINCIPAL\b|\b0x80090322\b/i,
        said: { means: 'cert-name' },
        example:
          'schannel: next InitializeSecurityContext failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - The target principal name is incorrect.',
        explains: 'The certificate is for other names than the host of this URL.',
      },
      {
        id: 'expired',
        needle: ['0x8009', 'SEC_E_CERT_EXPIRED'],
        pattern: /\bSEC_E_CERT_EXPIRED\b|\b0x80090328\b/i,
        said: { means: 'cert-expired' },
        example:
          'schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328) - The received certificate has expired.',
        explains: 'The certificate has expired, or is not valid yet by the clock of this machine.',
      },
      {
        id: 'algorithm-mismatch',
        needle: ['0x8009', 'SEC_E_ALGORITHM_MISMATCH', 'SEC_E_UNSUPPORTED_FUNCTION'],
        pattern: /\bSEC_E_(?:ALGORITHM_MISMATCH|UNSUPPORTED_FUNCTION)\b|\b0x80090(?:331|302)\b/i,
        said: { means: 'tls-version' },
        example:
          'schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331) - The client and server cannot communicate, because they do not possess a common algorithm.',
        explains: 'The two ends share no version or cipher of TLS.',
      },
      {
        id: 'invalid-token',
        needle: ['0x8009', 'SEC_E_INVALID_TOKEN'],
        pattern: /\b(?:SEC_E_INVALID_TOKEN\b|0x80090308\b)[^\n]{0,120}/i,
        said: { means: 'tls-garbled' },
        example:
          'schannel: next InitializeSecurityContext failed: SEC_E_INVALID_TOKEN (0x80090308) - The token supplied to the function is invalid',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'invalid-token-text',
        needle: 'token supplied to the function is invalid',
        pattern: /\bThe token supplied to the function is invalid\b/i,
        said: { means: 'tls-garbled' },
        example: 'System.ComponentModel.Win32Exception: The token supplied to the function is invalid',
        explains: 'What came back is not TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      },
      {
        id: 'illegal-message',
        needle: ['0x8009', 'SEC_E_ILLEGAL_MESSAGE'],
        pattern: /\bSEC_E_ILLEGAL_MESSAGE\b|\b0x80090326\b/i,
        said: { means: 'tls-version' },
        example:
          'schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326) - The message received was unexpected or badly formatted.',
        explains: 'The other end refused the TLS handshake with an alert, most often over version or cipher.',
      },
      {
        id: 'revocation',
        needle: ['revocation', 'CRYPT_E_REVOKED'],
        pattern:
          /\bCRYPT_E_(?:NO_REVOCATION_CHECK|REVOCATION_OFFLINE|REVOKED)\b|\bThe revocation function was unable to check revocation\b/i,
        said: { means: 'cert-untrusted' },
        example:
          'schannel: next InitializeSecurityContext failed: CRYPT_E_REVOCATION_OFFLINE (0x80092013) - The revocation function was unable to check revocation because the revocation server was offline.',
        explains:
          'Windows could not check whether the certificate is revoked: the authority’s server was not reached.',
      },
    ]),
  ],
})
