import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const ssl = 'https://github.com/Mbed-TLS/mbedtls/blob/development/include/mbedtls/ssl.h'
const net = 'https://github.com/Mbed-TLS/mbedtls/blob/development/include/mbedtls/net_sockets.h'
const x509 = 'https://github.com/Mbed-TLS/mbedtls/blob/development/include/mbedtls/x509.h'

/** By the number without its sign, which programs print in hexadecimal or in decimal. */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  // X509_CERT_VERIFY_FAILED, SSL_CA_CHAIN_REQUIRED, X509_FATAL_ERROR
  [0x2700, 'cert-untrusted'],
  [0x7680, 'cert-untrusted'],
  [0x3000, 'cert-untrusted'],
  // SSL_INVALID_RECORD, SSL_INVALID_MAC
  [0x7200, 'tls-garbled'],
  [0x7180, 'tls-garbled'],
  // SSL_FATAL_ALERT_MESSAGE, SSL_BAD_PROTOCOL_VERSION, SSL_HANDSHAKE_FAILURE
  [0x7780, 'tls-version'],
  [0x6e80, 'tls-version'],
  [0x6e00, 'tls-version'],
  // SSL_CONN_EOF, SSL_PEER_CLOSE_NOTIFY
  [0x7280, 'lost'],
  [0x7880, 'lost'],
  // NET_CONN_RESET, NET_RECV_FAILED, NET_SEND_FAILED
  [0x50, 'reset'],
  [0x4c, 'lost'],
  [0x4e, 'lost'],
  // NET_CONNECT_FAILED, NET_UNKNOWN_HOST, SSL_TIMEOUT
  [0x44, 'no-connection'],
  [0x52, 'dns-failure'],
  [0x6800, 'timed-out'],
])

const meaningOf = (digits: string, base: 10 | 16): Meaning =>
  MEANINGS.get(Number.parseInt(digits, base)) ?? 'never-opened'

/** The library of ESP-IDF, of Godot and of many small devices. */
export default defineProgram({
  id: 'mbedtls',
  name: 'Mbed TLS',
  mark: /\bmbed-?tls\b|\besp-tls\b/i,
  phrases: [
    ...phrasesOf(ssl, [
      {
        id: 'returned',
        needle: 'mbedtls',
        pattern:
          /\bmbedtls(?:_ssl_\w{1,30}| error:)?[^\n]{0,30}?\breturned (?:code )?-0x([0-9A-Fa-f]{2,4})\b/i,
        said: ([, digits = '']) => ({ means: meaningOf(digits, 16), unsure: true }),
        example: 'E (7132) esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700',
        explains: 'TLS failed with this number of the library.',
      },
      {
        id: 'handshake-error',
        needle: ['TLS handshake error: -', 'SSL handshake failed: -'],
        pattern: /\b(?:TLS handshake error|SSL handshake failed): -(\d{2,5})\b/,
        said: ([, digits = '']) => ({ means: meaningOf(digits, 10), unsure: true }),
        example: 'ERROR: TLS handshake error: -9984',
        explains: 'TLS failed with this number of the library. -9984 is a certificate that is not trusted.',
      },
      {
        id: 'words',
        needle: ['SSL - ', 'X509 - ', 'NET - '],
        pattern:
          /\b(?:SSL - (?:A fatal alert message was received|An invalid SSL record was received|The connection indicated an EOF|The peer notified us)|X509 - Certificate verification failed|NET - (?:Connection was reset by peer|Reading information from the socket failed|The connection to the given server))/,
        said: ([text]) => ({
          means: text.startsWith('X509')
            ? 'cert-untrusted'
            : text.includes('alert')
              ? 'tls-version'
              : text.includes('invalid SSL record')
                ? 'tls-garbled'
                : text.includes('reset')
                  ? 'reset'
                  : text.includes('given server')
                    ? 'no-connection'
                    : 'lost',
          unsure: true,
        }),
        example: 'SSL - An invalid SSL record was received',
        explains: 'The name that the library has for its number.',
      },
    ]),
    ...phrasesOf(x509, [
      {
        id: 'not-verified',
        needle: 'Failed to verify peer certificate',
        pattern: /\bFailed to verify peer certificate\b/,
        said: { means: 'cert-untrusted' },
        example: 'E (4870) esp-tls-mbedtls: Failed to verify peer certificate!',
        explains: 'The certificate is of no authority that the device has, or its clock is wrong.',
      },
    ]),
    ...phrasesOf(net, [
      {
        id: 'read-failed',
        needle: 'esp_transport_read() failed',
        pattern: /\besp_transport_read\(\) failed with -(\d{2,5})\b/,
        said: ([, digits = '']) => ({
          means: meaningOf(digits, 10) === 'reset' ? 'reset' : 'lost',
          unsure: true,
          phase: 'open',
        }),
        example: 'E (21302) websocket_client: esp_transport_read() failed with -76',
        explains: 'Reading from the connection failed with this number of the TLS library.',
      },
    ]),
  ],
})
