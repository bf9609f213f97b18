import { corsPhrases } from '#lib/words/cors.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'
import { saidOfStatus } from '#lib/words/status-words.ts'

const client = 'https://github.com/sockjs/sockjs-client/blob/main/lib/main.js'
const transport = 'https://github.com/sockjs/sockjs-client/blob/main/lib/transport/websocket.js'
const protocol = 'https://sockjs.github.io/sockjs-protocol/sockjs-protocol-0.3.3.html'
const server = 'https://github.com/sockjs/sockjs-node/blob/main/lib/transport/websocket.js'

const application = 'sockjs'

export default defineProgram({
  id: 'sockjs',
  name: 'SockJS',
  side: 'client',
  mark: /\bsockjs(?:-node|-client)?\b/i,
  phrases: [
    ...corsPhrases({
      application,
      source:
        'https://docs.spring.io/spring-framework/reference/web/websocket/server.html#websocket-server-allowed-origins',
      address: 'info\\?t=\\d',
      example: 'https://app.example/ws/info?t=1634000000000',
      explains:
        'The first HTTP request (…/info) was answered without this page’s origin, before any WebSocket. An error page without CORS headers looks the same.',
      fix: 'Allow the page’s origin at the endpoint: in Spring setAllowedOriginPatterns("https://…") on it, and no other CORS filter that answers before it.',
    }),
    ...phrasesOf(protocol, [
      {
        id: 'info-refused',
        needle: '/info?t=',
        pattern: /\bGET https?:\/\/[^\s?]{1,1900}\/info\?t=\d{1,20} (?:net::ERR_FAILED )?([45]\d{2})\b/,
        said: ([, status]) => ({ ...saidOfStatus(status), application }),
        example: 'GET https://app.example/ws/info?t=1767225600000 403 (Forbidden)',
        explains: 'The first request of SockJS, before any WebSocket, was answered with this status.',
      },
    ]),
    ...phrasesOf(client, [
      {
        id: 'all-transports-failed',
        needle: 'All transports failed',
        pattern: /\bAll transports failed\b/,
        said: { means: 'never-opened', application },
        example: 'CloseEvent {type: "close", code: 2000, reason: "All transports failed", wasClean: false}',
        explains: 'Neither the WebSocket nor any other transport connected.',
      },
      {
        id: 'cannot-connect',
        needle: 'Cannot connect to server',
        pattern: /\b1002\b[^\n]{0,30}\bCannot connect to server\b/,
        said: { means: 'never-opened', application },
        example: 'CloseEvent {type: "close", code: 1002, reason: "Cannot connect to server", wasClean: true}',
        explains:
          'The first HTTP request (…/info) failed, before any WebSocket: a wrong address, CORS, or a server that is down.',
      },
      {
        id: 'transport-timed-out',
        needle: 'Transport timed out',
        pattern: /\bTransport timed out\b/i,
        said: { means: 'handshake-timeout', application },
        example: 'CloseEvent {type: "close", code: 2007, reason: "Transport timed out"}',
        explains: 'A transport did not open in time, and the client tries the next.',
      },
      {
        id: 'server-lost-session',
        needle: 'Server lost session',
        pattern: /\bServer lost session\b/,
        said: { means: 'session-unknown', application, unsure: true },
        example: 'CloseEvent {type: "close", code: 1006, reason: "Server lost session"}',
        explains: 'The server opened the session a second time: it restarted, or another instance answered.',
      },
      {
        id: 'insecure',
        needle: 'An insecure SockJS connection',
        pattern: /An insecure SockJS connection may not be initiated from a page loaded over HTTPS/,
        said: { means: 'mixed-content', application },
        example:
          'Error: SecurityError: An insecure SockJS connection may not be initiated from a page loaded over HTTPS',
        explains: 'The page is HTTPS and the address of SockJS begins with http:.',
      },
      {
        id: 'invalid-scheme',
        needle: "must be either 'http:' or 'https:'",
        pattern: /The URL's scheme must be either 'http:' or 'https:'\. '[^']{0,40}' is not allowed/,
        said: { means: 'invalid-url', application },
        example: "SyntaxError: The URL's scheme must be either 'http:' or 'https:'. 'ws:' is not allowed.",
        explains: 'SockJS wants an http: or https: address and makes the WebSocket’s from it.',
      },
      {
        id: 'not-established',
        needle: 'The connection has not been established yet',
        pattern: /InvalidStateError: The connection has not been established yet/,
        said: { means: 'used-too-early', application },
        example: 'Error: InvalidStateError: The connection has not been established yet',
        explains: 'The program called send() before the open event. The connection itself did not fail.',
      },
      {
        id: 'misuse',
        needle: 'InvalidAccessError: Invalid code',
        pattern: /\bInvalidAccessError: Invalid code\b/,
        said: { means: 'nothing-said' },
        example: 'InvalidAccessError: Invalid code',
        explains:
          'The program gave close() a code that may not be sent: only 1000 and 3000 to 4999. The connection did not fail.',
      },
      {
        id: 'invalid-protocols',
        needle: 'The protocols entry ',
        pattern: /\bThe protocols entry ['"][^'"\n]{0,60}['"] is (?:duplicated|invalid)\b/,
        said: { means: 'invalid-subprotocol' },
        example: "SyntaxError: The protocols entry 'a b' is invalid.",
        explains:
          'The program asks for a subprotocol with characters that are not allowed, or for one twice.',
      },
    ]),
    ...phrasesOf(transport, [
      {
        id: 'broken',
        needle: 'WebSocket connection broken',
        pattern: /\bWebSocket connection broken\b/,
        said: { means: 'lost', application },
        example: 'CloseEvent {type: "close", code: 1006, reason: "WebSocket connection broken"}',
        explains: 'The WebSocket of SockJS reported an error event, before or after it opened.',
      },
    ]),
    ...phrasesOf(protocol, [
      {
        id: 'go-away',
        needle: 'Go away!',
        pattern: /\b3000\b[^\n]{0,12}\bGo away!/,
        said: { means: 'close', close: { code: 3000, reason: 'Go away!', way: 'received' }, application },
        example: 'c[3000,"Go away!"]',
        explains: 'The server closed the session in order.',
      },
      {
        id: 'another-connection',
        needle: 'Another connection still open',
        pattern: /\bAnother connection still open\b/,
        said: { means: 'session-unknown', application },
        example: 'c[2010,"Another connection still open"]',
        explains: 'The session has another connection on the server, as when two tabs or instances share it.',
      },
    ]),
    ...phrasesOf(server, [
      {
        id: 'not-valid',
        needle: 'Not a valid websocket request',
        pattern: /\bNot a valid websocket request\b/,
        said: { means: 'upgrade-missing', application },
        side: 'server',
        example: 'Not a valid websocket request',
        explains: 'The request to …/websocket is not a handshake: its headers were removed on the way.',
      },
      {
        id: 'no-heartbeat',
        needle: 'No response from heartbeat',
        pattern: /\bNo response from heartbeat\b/,
        said: { means: 'ping-timeout', application },
        side: 'server',
        example: '3000 No response from heartbeat',
        explains: 'The client did not answer the server’s heartbeat in 10 s, and the server closed.',
      },
    ]),
  ],
})
