/** Chromium’s codes of its network, which it prints after “Error in connection establishment”. */
import { establishing, failed } from '#lib/words/browsers/chromium/failed.ts'
import type { Said } from '#lib/words/meaning.ts'
import type { Phrase } from '#lib/words/phrase.ts'

const netErrors = 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h'

/** `net::ERR_…` of a socket, which Chromium prints after “Error in connection establishment”. */
function netError(id: string, names: string, said: Said, explains: string, example: string): Phrase {
  return {
    id,
    needle: 'net::ERR_',
    pattern: new RegExp(`net::ERR_(?:${names})\\b`),
    said,
    explains,
    example: failed(example),
    source: netErrors,
  }
}

export const netErrorPhrases: readonly Phrase[] = [
  netError(
    'unsafe-port',
    'UNSAFE_PORT',
    { means: 'blocked-port' },
    'The port is on the list that browsers never connect to.',
    establishing('ERR_UNSAFE_PORT'),
  ),
  netError(
    'blocked-by-client',
    'BLOCKED_BY_(?:CLIENT|ADMINISTRATOR|ORB|RESPONSE|CSP)',
    { means: 'blocked-by-client' },
    'An extension or a policy of the browser’s administrator blocked the connection.',
    establishing('ERR_BLOCKED_BY_CLIENT'),
  ),
  netError(
    'local-network',
    'BLOCKED_BY_(?:LOCAL|PRIVATE)_NETWORK_ACCESS_CHECKS',
    { means: 'local-network' },
    'A page of a public address may not reach this local or private address without permission.',
    establishing('ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS'),
  ),
  netError(
    'offline',
    'INTERNET_DISCONNECTED',
    { means: 'offline' },
    'This device has no network.',
    establishing('ERR_INTERNET_DISCONNECTED'),
  ),
  netError(
    'network-changed',
    'NETWORK_CHANGED',
    { means: 'network-changed' },
    'The device’s network changed (Wi-Fi, VPN, address) and Chromium ended the connection.',
    establishing('ERR_NETWORK_CHANGED'),
  ),
  netError(
    'io-suspended',
    'NETWORK_IO_SUSPENDED',
    { means: 'suspended' },
    'The device went to sleep and Chromium ended the connection.',
    establishing('ERR_NETWORK_IO_SUSPENDED'),
  ),
  netError(
    'name-not-resolved',
    'NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_[A-Z_]+|ICANN_NAME_COLLISION',
    { means: 'dns-failure' },
    'The host name has no address in DNS.',
    establishing('ERR_NAME_NOT_RESOLVED'),
  ),
  netError(
    'connection-refused',
    'CONNECTION_REFUSED',
    { means: 'refused' },
    'Nothing accepts connections at this address and port.',
    establishing('ERR_CONNECTION_REFUSED'),
  ),
  netError(
    'unreachable',
    'ADDRESS_UNREACHABLE|NETWORK_UNREACHABLE|NETWORK_ACCESS_DENIED|ADDRESS_INVALID',
    { means: 'unreachable' },
    'There is no route to this address.',
    establishing('ERR_ADDRESS_UNREACHABLE'),
  ),
  netError(
    'connection-timed-out',
    'CONNECTION_TIMED_OUT|TIMED_OUT',
    { means: 'connect-timeout' },
    'Nothing answered the attempt to connect: a firewall drops it, or the host is down.',
    establishing('ERR_CONNECTION_TIMED_OUT'),
  ),
  netError(
    'connection-reset',
    'CONNECTION_(?:RESET|ABORTED)|SOCKET_NOT_CONNECTED',
    { means: 'reset' },
    'TCP was reset by the server or by something in between.',
    establishing('ERR_CONNECTION_RESET'),
  ),
  netError(
    'connection-closed',
    'CONNECTION_CLOSED|EMPTY_RESPONSE',
    { means: 'closed-before-answer' },
    'The server closed TCP without an answer to the handshake.',
    establishing('ERR_CONNECTION_CLOSED'),
  ),
  netError(
    'proxy-authentication',
    'UNEXPECTED_PROXY_AUTH|PROXY_AUTH_[A-Z_]+',
    { means: 'proxy-authentication' },
    'The company’s forward proxy wants credentials.',
    establishing('ERR_PROXY_AUTH_REQUESTED'),
  ),
  netError(
    'proxy-failed',
    'PROXY_[A-Z_]+|TUNNEL_CONNECTION_FAILED|SOCKS_[A-Z_]+|NO_SUPPORTED_PROXIES|MANDATORY_PROXY_[A-Z_]+',
    { means: 'forward-proxy' },
    'The forward proxy could not make the tunnel.',
    establishing('ERR_TUNNEL_CONNECTION_FAILED'),
  ),
  netError(
    'cert-date',
    'CERT_DATE_INVALID',
    { means: 'cert-expired' },
    'The certificate has expired or is not valid yet.',
    establishing('ERR_CERT_DATE_INVALID'),
  ),
  netError(
    'cert-name',
    'CERT_COMMON_NAME_INVALID',
    { means: 'cert-name' },
    'The certificate is for another host name.',
    establishing('ERR_CERT_COMMON_NAME_INVALID'),
  ),
  netError(
    'cert-invalid',
    'CERT_[A-Z_]+|CERTIFICATE_TRANSPARENCY_REQUIRED|SSL_PINNED_KEY_NOT_IN_CERT_CHAIN',
    { means: 'cert-untrusted' },
    'The browser does not trust the certificate. Open https:// of the same host to see why.',
    establishing('ERR_CERT_AUTHORITY_INVALID'),
  ),
  netError(
    'client-certificate',
    'SSL_CLIENT_AUTH_[A-Z_]+|BAD_SSL_CLIENT_AUTH_CERT',
    { means: 'tls-client-certificate' },
    'The server asks for a client certificate.',
    establishing('ERR_SSL_CLIENT_AUTH_CERT_NEEDED'),
  ),
  netError(
    'tls-version',
    'SSL_VERSION_OR_CIPHER_MISMATCH|SSL_OBSOLETE_VERSION|SSL_UNSUPPORTED_[A-Z_]+',
    { means: 'tls-version' },
    'Browser and server share no version of TLS or no cipher.',
    establishing('ERR_SSL_VERSION_OR_CIPHER_MISMATCH'),
  ),
  netError(
    'tls-failed',
    'SSL_[A-Z_]+|BAD_SSL_[A-Z_]+|EARLY_DATA_[A-Z_]+|ECH_[A-Z_]+',
    { means: 'tls-garbled' },
    'TLS failed. The usual reason is wss:// to a port that speaks plain HTTP.',
    establishing('ERR_SSL_PROTOCOL_ERROR'),
  ),
  netError(
    'invalid-http',
    'INVALID_HTTP_RESPONSE|INVALID_REDIRECT|UNSAFE_REDIRECT',
    { means: 'not-http' },
    'What came back is not HTTP.',
    establishing('ERR_INVALID_HTTP_RESPONSE'),
  ),
  netError(
    'not-a-url',
    'INVALID_URL|DISALLOWED_URL_SCHEME|UNKNOWN_URL_SCHEME',
    { means: 'invalid-url' },
    'The address is not a WebSocket URL.',
    establishing('ERR_DISALLOWED_URL_SCHEME'),
  ),
  netError(
    'connection-failed',
    'CONNECTION_FAILED|ADDRESS_IN_USE|ALPN_NEGOTIATION_FAILED',
    { means: 'no-connection' },
    'The connection could not be made. Chromium does not say more.',
    establishing('ERR_CONNECTION_FAILED'),
  ),
  netError(
    'aborted',
    'ABORTED',
    { means: 'closed-by-page' },
    'The page ended the attempt: it called close(), or the user left it.',
    establishing('ERR_ABORTED'),
  ),
  netError(
    'failed',
    'FAILED|UNEXPECTED|ACCESS_DENIED',
    { means: 'never-opened' },
    'The connection failed, and the code does not say why.',
    establishing('ERR_FAILED'),
  ),
  netError(
    'http2',
    'HTTP2_[A-Z_]+|SPDY_[A-Z_]+|QUIC_[A-Z_]+|HTTP_1_1_REQUIRED',
    { means: 'http2' },
    'The WebSocket was opened over HTTP/2 and the connection under it failed.',
    establishing('ERR_HTTP2_PROTOCOL_ERROR'),
  ),
]
