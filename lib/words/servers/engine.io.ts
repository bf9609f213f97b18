import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const server = 'https://github.com/socketio/socket.io/blob/main/packages/engine.io/lib/server.ts'

/** The JSON of an answer, also where a log has it with escaped quotes. */
const body = (code: number, message: string): RegExp =>
  new RegExp(
    `\\\\?"code\\\\?"\\s{0,4}:\\s{0,4}${code},\\s{0,4}\\\\?"message\\\\?"\\s{0,4}:\\s{0,4}\\\\?"${message}`,
    'i',
  )

export default defineProgram({
  id: 'engine.io',
  name: 'Engine.IO (Socket.IO server)',
  side: 'server',
  phrases: phrasesOf(server, [
    {
      id: 'session-unknown',
      needle: 'Session ID unknown',
      pattern: body(1, 'Session ID unknown'),
      said: { means: 'session-unknown', status: 400, application: 'socket.io' },
      example: '{"code":1,"message":"Session ID unknown"}',
      explains: 'The instance that answered did not issue the session id (sid) in the address.',
    },
    {
      id: 'bad-request',
      needle: 'Bad request',
      pattern: body(3, 'Bad request'),
      said: { means: 'upgrade-missing', status: 400, application: 'socket.io' },
      example: '{"code":3,"message":"Bad request"}',
      explains: 'The address asks for the WebSocket transport, and the request had no Upgrade header.',
    },
    {
      id: 'forbidden',
      needle: 'Forbidden',
      pattern: body(4, 'Forbidden'),
      said: { means: 'forbidden', status: 403, application: 'socket.io' },
      example: '{"code":4,"message":"Forbidden"}',
      explains: 'The server’s allowRequest function refused the request.',
    },
    {
      id: 'unsupported-version',
      needle: 'Unsupported protocol version',
      pattern: body(5, 'Unsupported protocol version'),
      said: { means: 'application-protocol', status: 400, application: 'socket.io' },
      example: '{"code":5,"message":"Unsupported protocol version"}',
      explains:
        'The client asks for version 3 of Engine.IO (Socket.IO 2), and the server takes version 4 only.',
    },
  ]),
})
