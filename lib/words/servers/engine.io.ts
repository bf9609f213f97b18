import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const server = 'https://socket.io/docs/v4/server-socket-instance/#disconnect'
const engine = 'https://github.com/socketio/socket.io/blob/main/packages/engine.io/lib/server.ts'

const application = 'socket.io'

/** A reason is printed after words of the program's own: `socket disconnected: ping timeout`, `reason: …`. */
const ENDED =
  '\\b(?:disconnect\\w{0,5}|reason|closed?|socket(?:\\.io)?)\\b[^\\n]{0,60}?(?<!keepalive )(?<![\\w-])'
/** A server says whom it lost. */
const WHO =
  '\\b(?:client|user|player|peer|socket)\\b[^\\n]{0,60}? (?:has )?(?:disconnected|left)\\b[^\\n]{0,40}?(?<!keepalive )'

export default defineProgram({
  id: 'engine.io',
  name: 'Socket.IO and Engine.IO (server)',
  side: 'server',
  mark: /\b(?:socket|engine)\.io\b/i,
  phrases: [
    // The server's reasons.
    ...phrasesOf(server, [
      {
        id: 'client-lost-ping-timeout',
        needle: 'ping timeout',
        pattern: new RegExp(`${WHO}ping timeout\\b`, 'i'),
        said: { means: 'ping-timeout', application },
        example: 'client Wv2xY1pZ0aQ9LmNbAAAA disconnected: ping timeout',
        explains: 'The client did not answer the server’s ping within pingTimeout, and the server closed.',
      },
      {
        id: 'client-lost-transport',
        needle: 'transport ',
        pattern: new RegExp(`${WHO}transport (?:close|error)\\b`, 'i'),
        said: { means: 'dropped', application },
        example: 'user disconnected: transport close',
        explains: 'The client left, or the connection to it failed.',
      },
      {
        id: 'server-namespace-disconnect',
        needle: 'server namespace disconnect',
        pattern: /\bserver namespace disconnect\b/,
        said: { means: 'closed-by-server', application },
        example: 'disconnect: server namespace disconnect',
        explains: 'The server called socket.disconnect().',
      },
      {
        id: 'client-namespace-disconnect',
        needle: 'client namespace disconnect',
        pattern: /\bclient namespace disconnect\b/,
        said: { means: 'closed-by-client', application },
        example: 'disconnect: client namespace disconnect',
        explains: 'The client called socket.disconnect().',
      },
      {
        id: 'forced-server-close',
        needle: 'forced server close',
        pattern: /\bforced server close\b/,
        said: { means: 'first-message-missing', application },
        example: 'disconnect: forced server close',
        explains: 'The client joined no namespace within connectTimeout (45 s, if it was not set).',
      },
      {
        id: 'server-shutting-down',
        needle: 'server shutting down',
        pattern: new RegExp(`${ENDED}server shutting down\\b`, 'i'),
        said: { means: 'shutting-down', application },
        example: 'disconnect reason: server shutting down',
        explains: 'The server is stopping.',
      },
    ]),
    // With DEBUG=engine*,socket.io*.
    ...phrasesOf(engine, [
      {
        id: 'debug-upgrade-missing',
        needle: 'unexpected transport without upgrade',
        pattern: /\bbad request: unexpected transport without upgrade\b/,
        said: { means: 'upgrade-missing', application },
        example: 'engine bad request: unexpected transport without upgrade',
        explains:
          'The request asks for transport=websocket and arrived without its Upgrade header. A proxy removed it.',
      },
      {
        id: 'debug-handshake-without-upgrade',
        needle: 'invalid transport upgrade',
        pattern: /\binvalid transport upgrade\b(?!: )/,
        said: { means: 'upgrade-missing', application },
        example: 'engine invalid transport upgrade +0ms',
        explains:
          'The request asks for transport=websocket and arrived without its Upgrade header. A proxy removed it.',
      },
      {
        id: 'debug-protocol-version',
        needle: 'unsupported protocol version',
        pattern: /\bengine unsupported protocol version\b/,
        said: { means: 'application-protocol', application, older: 'client' },
        example: 'engine unsupported protocol version +0ms',
        explains:
          'The client asks for version 3 of Engine.IO (Socket.IO 2), and the server takes version 4 only.',
      },
      {
        id: 'debug-upgrade-of-another-transport',
        needle: 'handle upgraded requests',
        pattern: /\btransport doesn?['’]?t handle upgraded requests\b/,
        said: { means: 'transport-unknown', application, unsure: true },
        example: 'engine transport doesnt handle upgraded requests +1ms',
        explains: 'A WebSocket came to an address that asks for transport=polling.',
      },
      {
        id: 'debug-session-gone',
        needle: [
          'upgrade attempt for closed client',
          'already been upgraded',
          'already been trying to upgrade',
        ],
        pattern:
          /\bupgrade attempt for closed client\b|\btransport ha[sd] already been (?:upgraded|trying to upgrade)\b/,
        said: { means: 'closed-by-server', application },
        example: 'engine upgrade attempt for closed client +1ms',
        explains:
          'The session of this upgrade has ended, or has its WebSocket already: the server closed this one.',
      },
      {
        id: 'debug-handshake-failed',
        needle: [
          'error handshaking to transport',
          'error while generating an id',
          'websocket error before upgrade',
        ],
        pattern:
          /\berror handshaking to transport "|\bengine error while generating an id\b|\bengine websocket error before upgrade\b/,
        said: { means: 'nothing-said', application },
        example: 'engine error handshaking to transport "websocket" +1ms',
        explains: 'The session could not begin. The event connection_error of the server has the reason.',
      },
      {
        id: 'debug-unknown-sid',
        needle: 'unknown sid "',
        pattern: /\bengine unknown sid "/,
        said: { means: 'session-unknown', application },
        example: 'engine unknown sid "Wv2xY1pZ0aQ9LmNbAAAA"',
        explains:
          'This instance did not issue the session id: several instances without sticky sessions, or a restart.',
      },
      {
        id: 'debug-unknown-transport',
        needle: 'unknown transport "',
        pattern: /\bengine unknown transport "/,
        said: { means: 'transport-unknown', application, unsure: true },
        example: 'engine unknown transport "websockets"',
        explains: 'The request names no transport that the server allows.',
      },
      {
        id: 'debug-origin',
        needle: 'origin header invalid',
        pattern: /\bengine origin header invalid\b/,
        said: { means: 'origin-refused', application },
        example: 'engine origin header invalid',
        explains: 'The Origin header holds a character that no header may have.',
      },
      {
        id: 'debug-no-namespace',
        needle: 'no namespace joined yet',
        pattern: /\bno namespace joined yet, close the client\b/,
        said: { means: 'first-message-missing', application },
        example: 'socket.io:client no namespace joined yet, close the client',
        explains: 'The client joined no namespace within connectTimeout (45 s, if it was not set).',
      },
      {
        id: 'debug-upgrade-unfinished',
        needle: 'client did not complete upgrade',
        pattern: /\bclient did not complete upgrade - closing transport\b/,
        said: { means: 'lost', application },
        example: 'engine:socket client did not complete upgrade - closing transport',
        explains: 'The WebSocket opened, and the client did not move over to it within upgradeTimeout.',
      },
    ]),
    // The server's answers: {"code":1,"message":"Session ID unknown"}.
    ...phrasesOf(engine, [
      answer(
        0,
        'Transport unknown',
        { means: 'transport-unknown', application, status: 400, unsure: true },
        'The request names no transport that the server allows. A client that is not of Socket.IO looks like this.',
      ),
      answer(
        1,
        'Session ID unknown',
        { means: 'session-unknown', application, status: 400 },
        'The instance that answered did not issue this session id: several instances without sticky sessions, or a restart.',
      ),
      answer(
        2,
        'Bad handshake method',
        { means: 'handshake-header', application, status: 400 },
        'The first request must be GET, and this one is not.',
      ),
      answer(
        3,
        'Bad request',
        { means: 'upgrade-missing', application, status: 400 },
        'The request asks for transport=websocket and arrived without its Upgrade header. A proxy removed it.',
      ),
      answer(
        4,
        'Forbidden',
        { means: 'forbidden', application, status: 403 },
        'The server’s allowRequest refused the request.',
      ),
      answer(
        5,
        'Unsupported protocol version',
        { means: 'application-protocol', application, status: 400, older: 'client' },
        'The client asks for version 3 of Engine.IO (Socket.IO 2), and the server takes version 4 only.',
      ),
      context(
        'TRANSPORT_HANDSHAKE_ERROR',
        { means: 'upgrade-missing', application },
        'The request asks for transport=websocket and arrived without its Upgrade header.',
      ),
      context(
        'TRANSPORT_MISMATCH',
        { means: 'upgrade-missing', application },
        'A request of the session came by another transport than before, without an upgrade.',
      ),
      context(
        'PROTOCOL_MISMATCH',
        { means: 'application-protocol', application },
        'A request of the session has another version of the protocol than before.',
      ),
      context(
        'INVALID_ORIGIN',
        { means: 'origin-refused', application },
        'The Origin header has characters that are not allowed.',
      ),
      context(
        'MIDDLEWARE_FAILURE',
        { means: 'handler-failed', application },
        'A middleware of the Engine.IO server failed.',
      ),
    ]),
  ],
})

type Entry = Omit<Phrase, 'source'>

function answer(code: number, message: string, said: Said, explains: string): Entry {
  return {
    id: `code-${code}`,
    needle: message,
    pattern: new RegExp(
      `\\\\?["']?code\\\\?["']?: ?${code}, ?\\\\?["']?message\\\\?["']?: ?\\\\?["']${message}\\b`,
    ),
    said,
    example: `{"code":${code},"message":"${message}"}`,
    explains,
  }
}

function context(name: string, said: Said, explains: string): Entry {
  return {
    id: name.toLowerCase().replaceAll('_', '-'),
    needle: name,
    pattern: new RegExp(`\\bname\\\\?["']?: ?\\\\?["']${name}\\b`),
    said,
    example: `context: { name: '${name}' }`,
    explains,
  }
}
