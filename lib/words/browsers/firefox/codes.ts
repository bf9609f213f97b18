/** Firefox’s codes, which its Network panel shows. */
import type { Said } from '#lib/words/meaning.ts'
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const channel =
  'https://github.com/mozilla/gecko-dev/blob/master/netwerk/protocol/websocket/WebSocketChannel.cpp'
const netErrors = 'https://github.com/mozilla/gecko-dev/blob/master/xpcom/base/ErrorList.py'
const nssErrors =
  'https://firefox-source-docs.mozilla.org/security/nss/legacy/reference/nss_ssl_functions/sslerr.html'

export const codes: readonly Phrase[] = [
  // Codes of the Network panel.
  ...phrasesOf(channel, [
    code(
      'NS_ERROR_WEBSOCKET_CONNECTION_REFUSED',
      '',
      { means: 'bad-answer' },
      'The handshake was answered with an HTTP status other than 101. The panel’s row has it.',
    ),
  ]),
  ...phrasesOf(netErrors, [
    code('NS_ERROR_UNKNOWN_HOST', '', { means: 'dns-failure' }, 'The host name has no address in DNS.'),
    code(
      'NS_ERROR_CONNECTION_REFUSED',
      '',
      { means: 'refused' },
      'No program accepts connections at this address and port.',
    ),
    code(
      'NS_ERROR_NET_TIMEOUT',
      '(?:_EXTERNAL)?',
      { means: 'connect-timeout' },
      'Nothing answered in the time that Firefox gives.',
    ),
    code('NS_ERROR_NET_RESET', '', { means: 'reset' }, 'TCP was reset by the server or a device on the way.'),
    code(
      'NS_ERROR_NET_EMPTY_RESPONSE',
      '',
      { means: 'closed-before-answer' },
      'The server closed TCP without an answer.',
    ),
    code('NS_ERROR_NET_INTERRUPT', '', { means: 'lost' }, 'The connection ended before it was finished.'),
    code('NS_ERROR_OFFLINE', '', { means: 'offline' }, 'Firefox is offline.'),
    code(
      'NS_ERROR_PORT_ACCESS_NOT_ALLOWED',
      '',
      { means: 'blocked-port' },
      'The port is on the list that browsers never connect to.',
    ),
    code(
      'NS_ERROR_LOCAL_NETWORK_ACCESS_DENIED',
      '',
      { means: 'local-network' },
      'A page of a public address may not reach this local address without permission.',
    ),
    code(
      'NS_ERROR_UNKNOWN_PROXY_HOST',
      '',
      { means: 'forward-proxy' },
      'The forward proxy’s name has no address in DNS.',
    ),
    code(
      'NS_ERROR_PROXY_AUTHENTICATION_FAILED',
      '',
      { means: 'proxy-authentication' },
      'The forward proxy wants credentials.',
    ),
    code(
      'NS_ERROR_PROXY_',
      '(?!AUTHENTICATION_FAILED)[A-Z_]{1,40}',
      { means: 'forward-proxy' },
      'The forward proxy could not be reached, or refused the tunnel.',
      'NS_ERROR_PROXY_CONNECTION_REFUSED',
    ),
    code(
      'NS_ERROR_BLOCKED_BY_POLICY',
      '',
      { means: 'blocked-by-client' },
      'A policy of the browser’s administrator blocked the connection.',
    ),
    code(
      'NS_ERROR_CONTENT_BLOCKED',
      '',
      { means: 'blocked-by-client' },
      'An extension or a policy blocked the connection.',
    ),
    code(
      'NS_ERROR_TRACKING_URI',
      '',
      { means: 'blocked-by-client' },
      'The host is on Firefox’s list of trackers, and tracking protection blocked the connection.',
    ),
    code(
      'NS_ERROR_NET_HTTP',
      '[23]_[A-Z0-9_]{1,40}',
      { means: 'http2' },
      'The WebSocket was opened over HTTP/2 and the connection under it failed.',
      'NS_ERROR_NET_HTTP2_SENT_GOAWAY',
    ),
    code(
      'NS_BINDING_ABORTED',
      '',
      { means: 'closed-by-page' },
      'The page ended the request: it called close(), or the user left it.',
    ),
  ]),
  // Certificates and TLS.
  ...phrasesOf(nssErrors, [
    code(
      'SSL_ERROR_BAD_CERT_DOMAIN',
      '',
      { means: 'cert-name' },
      'The certificate is for another host name.',
    ),
    code(
      'SEC_ERROR_EXPIRED_',
      '(?:ISSUER_)?CERTIFICATE',
      { means: 'cert-expired' },
      'The certificate, or that of its issuer, has expired.',
      'SEC_ERROR_EXPIRED_CERTIFICATE',
    ),
    code(
      'MOZILLA_PKIX_ERROR_NOT_YET_VALID_',
      '(?:ISSUER_)?CERTIFICATE',
      { means: 'cert-expired' },
      'The certificate is not valid yet. The clock of this device counts too.',
      'MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE',
    ),
    code(
      'MOZILLA_PKIX_ERROR_',
      '(?!NOT_YET_VALID)[A-Z0-9_]{1,60}',
      { means: 'cert-untrusted' },
      'Firefox does not trust the certificate.',
      'MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT',
    ),
    code(
      'SEC_ERROR_',
      '(?!EXPIRED_(?:ISSUER_)?CERTIFICATE)[A-Z0-9_]{1,60}',
      { means: 'cert-untrusted' },
      'Firefox does not trust the certificate. Open https:// of the same host to see why.',
      'SEC_ERROR_UNKNOWN_ISSUER',
    ),
    code(
      'SSL_ERROR_',
      '(?:UNSUPPORTED_VERSION|NO_CYPHER_OVERLAP|PROTOCOL_VERSION_ALERT|HANDSHAKE_FAILURE_ALERT|HANDSHAKE_FAILED|INSUFFICIENT_SECURITY_ALERT|NO_CIPHERS_SUPPORTED|WEAK_SERVER_[A-Z_]{1,40})',
      { means: 'tls-version' },
      'Browser and server share no version of TLS or no cipher.',
      'SSL_ERROR_UNSUPPORTED_VERSION',
    ),
    code(
      'SSL_ERROR_',
      '(?:RX_CERTIFICATE_REQUIRED_ALERT|BAD_CERT_ALERT|NO_CERTIFICATE_ALERT|CERTIFICATE_UNKNOWN_ALERT)',
      { means: 'tls-client-certificate' },
      'The server wants a client certificate, and got none or one that it does not accept.',
      'SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT',
    ),
    code(
      'SSL_ERROR_',
      '(?:RX_RECORD_TOO_LONG|RX_[A-Z_]{1,50}(?<!REQUIRED_ALERT)|BAD_MAC_READ|DECRYPTION_FAILED|INTERNAL_ERROR_ALERT|BAD_SERVER|DECODE_ERROR_ALERT)',
      { means: 'tls-garbled' },
      'What came back is not TLS, or broken TLS. The usual reason is wss:// to a port that speaks plain HTTP.',
      'SSL_ERROR_RX_RECORD_TOO_LONG',
    ),
    code(
      'SSL_ERROR_UNRECOGNIZED_NAME_ALERT',
      '',
      { means: 'cert-name' },
      'The server has no certificate for the name that Firefox asked for (SNI).',
    ),
    code('PR_CONNECT_RESET_ERROR', '', { means: 'reset' }, 'TCP was reset during the TLS handshake.'),
    code(
      'PR_END_OF_FILE_ERROR',
      '',
      { means: 'closed-before-answer' },
      'The server closed TCP during the TLS handshake.',
    ),
  ]),
]

/** A code of the Network panel; `example` where `start` is not a whole code. */
function code(
  start: string,
  rest: string,
  said: Said,
  explains: string,
  example = start,
): Omit<Phrase, 'source'> {
  return {
    id: example.toLowerCase().replaceAll('_', '-'),
    needle: start,
    pattern: new RegExp(`\\b${start}${rest}(?![A-Z0-9_])`),
    said,
    example,
    explains,
  }
}
