import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/warmcat/libwebsockets/blob/main/lib/roles/ws/client-ws.c'
const http = 'https://github.com/warmcat/libwebsockets/blob/main/lib/roles/http/client/client-http.c'

export default defineProgram({
  id: 'libwebsockets',
  name: 'libwebsockets',
  side: 'client',
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'not-101',
        needle: 'HS: ws upgrade response',
        pattern: /\bHS: ws upgrade response not (?:101|200)\b/,
        said: { means: 'bad-answer' },
        example: 'HS: ws upgrade response not 101',
        explains: 'The handshake was answered, and not with 101.',
      },
      {
        id: 'bad-101',
        needle: 'HS: ',
        pattern:
          /\bHS: (?:ACCEPT missing|Accept hash wrong|UPGRADE (?:missing|malformed)|Upgrade to something other than websocket)/,
        said: { means: 'bad-101' },
        example: 'HS: ACCEPT missing',
        explains: 'The 101 lacks a header that belongs to it, or has a wrong value.',
      },
      {
        id: 'extension',
        needle: 'HS: EXT: ',
        pattern: /\bHS: EXT: /,
        said: { means: 'extension' },
        example: 'HS: EXT: unknown ext',
        explains: 'The server chose an extension, or options of one, that the client does not take.',
      },
      {
        id: 'subprotocol',
        needle: 'HS: ',
        pattern: /\bHS: (?:Cannot match protocol|PROTOCOL malformed)\b/,
        said: { means: 'subprotocol' },
        example: 'HS: Cannot match protocol',
        explains: 'The 101 names a subprotocol that was not asked for.',
      },
      {
        id: 'filtered',
        needle: 'HS: ',
        pattern:
          /\bHS: (?:disallowed by client filter|Rejected by filter cb|Rejected at CLIENT_ESTABLISHED|user code rejected redirect)/,
        said: { means: 'closed-by-page' },
        example: 'CLIENT_CONNECTION_ERROR: HS: disallowed by client filter',
        explains: 'The program’s own callback refused the answer.',
      },
      {
        id: 'redirect',
        needle: 'HS: Redirect',
        pattern: /\bHS: Redirect (?:failed|attempted SSL downgrade)\b/,
        said: { means: 'redirect' },
        example: 'CLIENT_CONNECTION_ERROR: HS: Redirect attempted SSL downgrade',
        explains: 'The handshake was answered with a redirect that this client does not follow.',
      },
      {
        id: 'not-parsed',
        needle: 'HS: ',
        pattern: /\bHS: (?::status missing|URI (?:missing|did not parse)|unsupported TE)\b/,
        said: { means: 'bad-answer' },
        example: 'CLIENT_CONNECTION_ERROR: HS: :status missing',
        explains: 'What came back is not an answer that this client can read.',
      },
    ]),
    ...phrasesOf(http, [
      {
        id: 'redirect-refused',
        needle: 'HS: Redirect',
        pattern: /\bHS: Redirect /,
        said: { means: 'redirect' },
        example: 'HS: Redirect code but no Location',
        explains: 'The server redirects the handshake, and the redirect leads nowhere.',
      },
      {
        id: 'no-address',
        needle: 'getaddrinfo failed',
        pattern: /\blws_client_connect\w{0,20}: getaddrinfo failed\b/,
        said: { means: 'dns-failure' },
        example: 'lws_client_connect_3_connect: getaddrinfo failed',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'hung-up',
        needle: 'Peer hung up',
        pattern: /\bPeer hung up\b/,
        said: { means: 'closed-before-answer' },
        example: 'Peer hung up',
        explains: 'The server ended the connection before it answered.',
      },
      {
        id: 'connect',
        needle: 'conn fail: ',
        pattern: /\bconn fail: (?:errno )?\d{1,3}\b/,
        said: { means: 'no-connection' },
        example: 'conn fail: 111',
        explains: 'TCP did not connect.',
      },
      {
        id: 'timed-out',
        needle: 'CLIENT_CONNECTION_ERROR: ',
        pattern: /\bCLIENT_CONNECTION_ERROR: Timed out waiting (?:SSL|server reply|connect)/i,
        said: { means: 'handshake-timeout' },
        example: 'CLIENT_CONNECTION_ERROR: Timed out waiting server reply',
        explains: 'TLS or the answer took longer than this client’s own timer.',
      },
      {
        id: 'name',
        needle: 'CLIENT_CONNECTION_ERROR: ',
        pattern: /\bCLIENT_CONNECTION_ERROR: getaddrinfo /i,
        said: { means: 'dns-failure' },
        example: 'CLIENT_CONNECTION_ERROR: getaddrinfo failed',
        explains: 'The host name has no address in DNS.',
      },
      {
        id: 'no-connection',
        needle: 'CLIENT_CONNECTION_ERROR: ',
        pattern: /\bCLIENT_CONNECTION_ERROR: Unable to connect/i,
        said: { means: 'no-connection' },
        example: 'CLIENT_CONNECTION_ERROR: Unable to connect',
        explains: 'TCP did not connect: refused, unreachable or without an answer.',
      },
      {
        id: 'proxy',
        needle: 'CLIENT_CONNECTION_ERROR: ',
        pattern:
          /\bCLIENT_CONNECTION_ERROR: (?:proxy (?:conn dead|write failed|read err|auth too long)|socks (?:connect fail|conn dead|recv fail|reply|write fail))/i,
        said: { means: 'forward-proxy' },
        example: 'CLIENT_CONNECTION_ERROR: proxy conn dead',
        explains: 'The forward proxy could not make the tunnel.',
      },
      {
        id: 'before-established',
        needle: 'closed before established',
        pattern: /\bclosed before established\b/,
        said: { means: 'closed-before-answer' },
        example: 'CLIENT_CONNECTION_ERROR: closed before established',
        explains: 'The server closed TCP without an answer to the handshake.',
      },
    ]),
  ],
})
