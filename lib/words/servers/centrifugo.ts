import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const codes = 'https://github.com/centrifugal/centrifuge/blob/master/disconnect.go'
const client = 'https://github.com/centrifugal/centrifuge/blob/master/client.go'
const handler = 'https://github.com/centrifugal/centrifuge/blob/master/handler_websocket.go'
const js = 'https://github.com/centrifugal/centrifuge-js/blob/master/src/centrifuge.ts'

/** A code and its reason, in the shapes of the server, the client libraries and those who print the two. */
const disconnect = (
  code: number,
  reason: string,
  means: Said['means'],
  explains: string,
): Omit<Phrase, 'source'> => ({
  id: reason.replaceAll(' ', '-'),
  needle: String(code),
  pattern: new RegExp(
    `\\b${code}\\b["']?[^\\n]{0,30}?\\b${reason}\\b|\\b${reason}\\b["']?[^\\n]{0,30}?\\b${code}\\b`,
    'i',
  ),
  said: { means, close: { code, reason, way: 'sent' } },
  example: `disconnected: ${code}, ${reason}`,
  explains,
})

export default defineProgram({
  id: 'centrifugo',
  name: 'Centrifugo',
  side: 'server',
  mark: /\bcentrifug[eo]\b/i,
  phrases: [
    ...phrasesOf(codes, [
      disconnect(
        3000,
        'connection closed',
        'ended',
        'The server’s word for a client that left, or was lost: it does not know which.',
      ),
      disconnect(
        3001,
        'shutdown',
        'shutting-down',
        'The server shuts down. The client connects again by itself.',
      ),
      disconnect(3004, 'internal server error', 'handler-failed', 'An error on the server. Its log has it.'),
      disconnect(
        3005,
        'connection expired',
        'unauthorized',
        'The token of the connection ran out, and the client brought no fresh one.',
      ),
      disconnect(
        3006,
        'subscription expired',
        'unauthorized',
        'The token of a subscription ran out, and the client brought no fresh one.',
      ),
      disconnect(
        3008,
        'slow',
        'not-reading',
        'The client does not read as fast as messages come, and its queue on the server is full.',
      ),
      disconnect(3009, 'write error', 'lost', 'The server could not write to the client’s connection.'),
      disconnect(
        3010,
        'insufficient state',
        'closed-by-server',
        'The client missed messages. It connects again, and gets them.',
      ),
      disconnect(
        3011,
        'force reconnect',
        'closed-by-server',
        'Somebody told the server to make clients connect again.',
      ),
      disconnect(3012, 'no pong', 'ping-timeout', 'The client did not answer the server’s ping in time.'),
      disconnect(
        3013,
        'too many requests',
        'rate-limited',
        'The client sent more commands than the server allows.',
      ),
      disconnect(3500, 'invalid token', 'unauthorized', 'The token of the connect command is not valid.'),
      disconnect(
        3501,
        'bad request',
        'application-protocol',
        'The client’s command is malformed, or came in the wrong order: another version or format of the protocol.',
      ),
      disconnect(3502, 'stale', 'first-message-missing', 'The client sent no connect command in time.'),
      disconnect(
        3503,
        'force disconnect',
        'closed-by-server',
        'Somebody told the server to end the connection, and the client does not connect again.',
      ),
      disconnect(
        3504,
        'connection limit',
        'too-many-connections',
        'The server, or the user, has as many connections as it may have.',
      ),
      disconnect(
        3505,
        'channel limit',
        'too-many-connections',
        'The client has as many channels as it may have.',
      ),
      disconnect(
        3506,
        'inappropriate protocol',
        'application-protocol',
        'The client’s format is not the server’s.',
      ),
      disconnect(3507, 'permission denied', 'forbidden', 'The server does not let this client do that.'),
      disconnect(
        3508,
        'not available',
        'no-websocket-support',
        'What the client asked for is switched off on the server.',
      ),
      disconnect(3509, 'too many errors', 'rate-limited', 'The client made too many mistakes in a row.'),
    ]),
    ...phrasesOf(client, [
      {
        id: 'user-limit',
        needle: 'limit of connections for user reached',
        pattern: /\blimit of connections for user reached\b/,
        said: {
          means: 'too-many-connections',
          close: { code: 3504, reason: 'connection limit', way: 'sent' },
        },
        example: '{"level":"info","limit":5,"message":"limit of connections for user reached","user":"7"}',
        explains: 'The user has as many connections as client.user_connection_limit allows.',
      },
      {
        id: 'node-limit',
        needle: 'node connection limit reached',
        pattern: /\bnode connection limit reached\b/,
        said: {
          means: 'too-many-connections',
          close: { code: 3504, reason: 'connection limit', way: 'sent' },
        },
        example: '{"level":"warn","message":"node connection limit reached"}',
        explains: 'This instance has as many connections as client.connection_limit allows.',
      },
      {
        id: 'origin',
        needle: 'request Origin is not authorized',
        pattern: /\brequest Origin is not authorized\b/i,
        said: { means: 'origin-refused' },
        example:
          '{"level":"info","origin":"https://app.example","message":"request Origin is not authorized"}',
        explains: 'The page’s Origin is not in allowed_origins.',
      },
      {
        id: 'connect-error',
        needle: 'connect error',
        pattern: /\bclient command error\b[^\n]{0,600}\b(?:token expired|unauthorized|permission denied)\b/i,
        said: { means: 'unauthorized', phase: 'open' },
        example:
          '{"level":"info","command":"connect error","error":"token expired","message":"client command error token expired"}',
        explains: 'The client’s connect command was refused: the error says why.',
      },
      {
        id: 'before-connect',
        needle: 'unexpected frame before connect',
        pattern: /\bunexpected frame before connect\b/,
        said: { means: 'application-protocol', unsure: true },
        example: '{"level":"debug","message":"unexpected frame before connect"}',
        explains: 'The client did not send its connect command first.',
      },
    ]),
    ...phrasesOf(handler, [
      {
        id: 'upgrade',
        needle: 'websocket upgrade error',
        pattern: /\bwebsocket upgrade error\b/,
        said: { means: 'nothing-said' },
        example: '{"level":"debug","message":"websocket upgrade error"}',
        explains: 'The handshake was not taken. The error beside it says why.',
      },
    ]),
    ...phrasesOf(
      js,
      [
        {
          id: 'transport-closed',
          needle: 'transport closed',
          pattern:
            /\bconnecting: 1, transport closed\b|\bcode["']?[:=] ?1, ?["']?reason["']?[:=] ?["']?transport closed\b/i,
          said: { means: 'lost' as const, application: 'centrifugo' },
          example: 'connecting: 1, transport closed',
          explains:
            'The connection is gone without a code of the server, or never opened. The client tries again.',
        },
        {
          id: 'no-ping',
          needle: 'no ping',
          pattern: /\bconnecting: 2, no ping\b|\bcode["']?[:=] ?2, ?["']?reason["']?[:=] ?["']?no ping\b/i,
          said: { means: 'ping-timeout' as const, application: 'centrifugo' },
          example: 'connecting: 2, no ping',
          explains: 'No ping of the server came in time, and the client gave up.',
        },
        {
          id: 'bad-protocol',
          needle: 'disconnected: 2, bad protocol',
          pattern: /\bdisconnected: 2, bad protocol\b/,
          said: { means: 'application-protocol' as const, unsure: true as const, application: 'centrifugo' },
          example: 'disconnected: 2, bad protocol',
          explains: 'What the server sent is not the protocol that the client speaks.',
        },
        {
          id: 'size-limit',
          needle: 'disconnected: 3, message size limit',
          pattern: /\bdisconnected: 3, message size limit\b/,
          said: { means: 'too-big' as const, application: 'centrifugo' },
          example: 'disconnected: 3, message size limit',
          explains: 'A message of the client was larger than the server takes, which closes with 1009.',
        },
        {
          id: 'client-unauthorized',
          needle: 'disconnected: 1, unauthorized',
          pattern: /\bdisconnected: 1, unauthorized\b/,
          said: { means: 'unauthorized' as const, application: 'centrifugo', phase: 'open' as const },
          example: 'disconnected: 1, unauthorized',
          explains: 'The client’s own function for a token said that it may not connect.',
        },
        {
          id: 'connect-called',
          needle: 'connecting: 0, connect called',
          pattern: /\bconnecting: 0, connect called\b/,
          said: { means: 'connecting' as const, application: 'centrifugo' },
          example: 'connecting: 0, connect called',
          explains: 'A handshake begins.',
        },
        {
          id: 'disconnect-called',
          needle: 'disconnected: 0, disconnect called',
          pattern: /\bdisconnected: 0, disconnect called\b/,
          said: { means: 'closed-by-client' as const, application: 'centrifugo' },
          example: 'disconnected: 0, disconnect called',
          explains: 'The program called disconnect().',
        },
      ].map((phrase) => ({ ...phrase, side: 'client' as const })),
    ),
  ],
})
