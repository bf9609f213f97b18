/** What aiohttp’s client prints of a handshake. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const repository = 'https://github.com/aio-libs/aiohttp/blob/master/aiohttp'
const client = `${repository}/client.py`
const connector = `${repository}/client_exceptions.py`

export const opening: readonly Phrase[] = [
  ...phrasesOf(client, [
    {
      id: 'invalid-status',
      needle: "message='Invalid response status'",
      pattern: /\b(\d{3}), message='Invalid response status'/,
      said: ([, status]) => saidOfStatus(status),
      side: 'client',
      example:
        "aiohttp.client_exceptions.WSServerHandshakeError: 403, message='Invalid response status', url='https://app.example/ws'",
      explains:
        'The server answered the handshake with this HTTP status in place of 101 Switching Protocols.',
    },
    {
      id: 'invalid-101',
      needle: "message='Invalid ",
      pattern: /\bmessage='Invalid (?:upgrade header|connection header|challenge response)'/,
      said: { means: 'bad-101' },
      side: 'client',
      example:
        "aiohttp.client_exceptions.WSServerHandshakeError: 101, message='Invalid upgrade header', url='https://app.example/ws'",
      explains: 'The 101 lacks a header, or has a wrong value.',
    },
    {
      id: 'connection-timeout',
      needle: 'Connection timeout to host',
      pattern: /\bConnection timeout to host (\S{1,2048})/,
      said: { means: 'connect-timeout' },
      side: 'client',
      example:
        'aiohttp.client_exceptions.ConnectionTimeoutError: Connection timeout to host https://app.example/ws',
      explains: 'TCP and TLS were not finished within sock_connect.',
    },
    {
      id: 'redirects',
      needle: 'TooManyRedirects',
      pattern: /\bTooManyRedirects: /,
      said: { means: 'redirect' },
      side: 'client',
      example: "aiohttp.client_exceptions.TooManyRedirects: 0, message='', url='https://app.example/ws'",
      explains: 'The handshake was answered with one redirect after the other.',
    },
  ]),
  ...phrasesOf(connector, [
    {
      id: 'cannot-connect',
      needle: 'Cannot connect to host',
      pattern:
        /\bCannot connect to host \S{1,262} ssl:\S{1,80} \[(?:None|Connect call failed|Multiple exceptions|The remote computer refused)/,
      said: { means: 'no-connection' },
      side: 'client',
      example:
        "aiohttp.client_exceptions.ClientConnectorError: Cannot connect to host 127.0.0.1:8080 ssl:default [Connect call failed ('127.0.0.1', 8080)]",
      explains:
        'TCP did not connect: refused, unreachable or without an answer. aiohttp leaves the number out.',
    },
    {
      id: 'cannot-resolve',
      needle: 'Cannot connect to host',
      pattern:
        /\bCannot connect to host \S{1,262} ssl:\S{1,80} \[(?:Name or service not known|getaddrinfo failed|nodename nor servname|Temporary failure in name resolution|No address associated|Domain name not found|DNS server returned|Could not contact DNS servers|Timeout while contacting DNS)/,
      said: { means: 'dns-failure' },
      side: 'client',
      example:
        'aiohttp.client_exceptions.ClientConnectorDNSError: Cannot connect to host app.example:443 ssl:default [Name or service not known]',
      explains: 'The host name has no address in DNS, or the DNS server did not answer.',
    },
    {
      id: 'invalid-url',
      needle: 'aiohttp.client_exceptions.',
      pattern: /\baiohttp\.client_exceptions\.(?:InvalidURL|InvalidUrlClientError|NonHttpUrlClientError): /,
      said: { means: 'invalid-url' },
      side: 'client',
      example: 'aiohttp.client_exceptions.InvalidUrlClientError: app.example/ws',
      explains: 'The address is not a URL with a scheme and a host.',
    },
    {
      id: 'server-disconnected',
      needle: ['Server disconnected', 'ServerDisconnectedError'],
      pattern: /\bServer ?Disconnected(?:Error)?: Server disconnected|\bServerDisconnectedError\b/,
      said: { means: 'closed-before-answer' },
      side: 'client',
      example: 'aiohttp.client_exceptions.ServerDisconnectedError: Server disconnected',
      explains: 'The server closed TCP without an answer to the handshake.',
    },
    {
      id: 'proxy-status',
      needle: 'ClientHttpProxyError: ',
      pattern: /\bClientHttpProxyError: (\d{3}), message=/,
      said: ([, status]) => ({
        means: status === '407' ? 'proxy-authentication' : 'forward-proxy',
        status: Number(status),
      }),
      side: 'client',
      example:
        "aiohttp.client_exceptions.ClientHttpProxyError: 407, message='Proxy Authentication Required', url='http://proxy.example:3128'",
      explains: 'The forward proxy refused the tunnel to this host.',
    },
    {
      id: 'proxy-unreachable',
      needle: 'ClientProxyConnectionError: ',
      pattern: /\bClientProxyConnectionError: Cannot connect to host \S{1,262} ssl:\S{1,80} \[[^\n]{0,200}/,
      said: { means: 'forward-proxy' },
      side: 'client',
      example:
        "aiohttp.client_exceptions.ClientProxyConnectionError: Cannot connect to host proxy.example:3128 ssl:default [Connect call failed ('10.0.0.1', 3128)]",
      explains: 'TCP to the forward proxy itself failed.',
    },
    {
      id: 'tls-in-tls',
      needle: 'Cannot initialize a TLS-in-TLS connection',
      pattern: /\bCannot initialize a TLS-in-TLS connection to host \S{1,262}/,
      said: { means: 'forward-proxy' },
      side: 'client',
      example:
        'Cannot initialize a TLS-in-TLS connection to host app.example:443 through an underlying connection to an HTTPS proxy https://proxy.example:3128 ssl:default [start_tls]',
      explains: 'wss:// through a proxy that itself speaks TLS needs Python 3.11.',
    },
    {
      id: 'fingerprint',
      needle: 'ServerFingerprintMismatch',
      pattern: /\bServerFingerprintMismatch\b/,
      said: { means: 'cert-untrusted' },
      side: 'client',
      example:
        "aiohttp.client_exceptions.ServerFingerprintMismatch: <ServerFingerprintMismatch expected=b'1' got=b'2' host='app.example' port=443>",
      explains: 'The certificate is not the one that the program pins.',
    },
    {
      id: 'not-http',
      needle: 'status line',
      pattern: /\bBadStatusLine: (?:\d{3}, message=)?["']?(?:\\n {1,4})?Bad status line\b/,
      said: { means: 'not-http' },
      side: 'client',
      example:
        'aiohttp.http_exceptions.BadStatusLine: 400, message="Bad status line \'SSH-2.0-OpenSSH_9.6\'"',
      explains: 'What came back is not HTTP.',
    },
    {
      id: 'expected-http',
      needle: ['Expected HTTP/', 'ClientResponseError: 400, message='],
      pattern:
        /\bClientResponseError: 400, message=["'](?:\\n {1,4})?(?:Expected HTTP\/|Invalid (?:status line|character in|header))/,
      said: { means: 'not-http' },
      side: 'client',
      example:
        "aiohttp.client_exceptions.ClientResponseError: 400, message='Expected HTTP/:', url='http://app.example/ws'",
      explains: 'What came back is not HTTP. The 400 is aiohttp’s own and not the server’s.',
    },
    {
      id: 'read-timeout',
      needle: 'Timeout on reading data from socket',
      pattern: /\bTimeout on reading data from socket\b/,
      said: { means: 'handshake-timeout' },
      side: 'client',
      example: 'aiohttp.client_exceptions.SocketTimeoutError: Timeout on reading data from socket',
      explains: 'TCP was open and no answer came within sock_read.',
    },
    {
      id: 'unix-socket',
      needle: 'Cannot connect to unix socket',
      pattern: /\bCannot connect to unix socket \S{1,262}/,
      said: { means: 'refused' },
      side: 'client',
      example:
        'aiohttp.client_exceptions.UnixClientConnectorError: Cannot connect to unix socket /run/app.sock ssl:default [No such file or directory]',
      explains: 'No program listens at this Unix socket.',
    },
  ]),
]
