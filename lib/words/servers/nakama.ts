import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const socket = 'https://github.com/heroiclabs/nakama/blob/master/server/socket_ws.go'
const session = 'https://github.com/heroiclabs/nakama/blob/master/server/session_ws.go'

export default defineProgram({
  id: 'nakama',
  name: 'Nakama',
  side: 'server',
  mark: /\bnakama\b/i,
  phrases: [
    ...phrasesOf(socket, [
      {
        id: 'token',
        needle: 'Missing or invalid token',
        pattern: /\bMissing or invalid token\b/,
        said: { means: 'unauthorized', status: 401 },
        example: 'Missing or invalid token',
        explains: 'The address has no token, or one that ran out or is of another server.',
      },
      {
        id: 'format',
        needle: 'Invalid format parameter',
        pattern: /\bInvalid format parameter\b/,
        said: { means: 'application-protocol', unsure: true, status: 400 },
        example: 'Invalid format parameter',
        explains: 'The address asks for a format that is neither json nor protobuf.',
      },
      {
        id: 'upgrade',
        needle: 'Could not upgrade to WebSocket',
        pattern: /\bCould not upgrade to WebSocket\b/,
        said: { means: 'nothing-said', phase: 'handshake' },
        example: '{"level":"debug","msg":"Could not upgrade to WebSocket"}',
        explains: 'The handshake was not taken. The error beside it says why.',
      },
      {
        id: 'opened',
        needle: 'New WebSocket session connected',
        pattern: /\bNew WebSocket session connected\b/,
        said: { means: 'opened' },
        example: '{"level":"info","msg":"New WebSocket session connected","uid":"7"}',
        explains: 'A client is connected.',
      },
    ]),
    ...phrasesOf(session, [
      {
        id: 'queue',
        needle: 'session outgoing queue full',
        pattern: /\bCould not write message, session outgoing queue full\b/,
        said: { means: 'not-reading' },
        example: '{"level":"warn","msg":"Could not write message, session outgoing queue full"}',
        explains: 'The client does not read as fast as messages come, and the server ends its session.',
      },
      {
        id: 'ack',
        needle: 'socket close ack not received within',
        pattern: /\bsocket close ack not received within \d{1,4} seconds\b/,
        said: { means: 'close-unanswered' },
        example: '{"level":"debug","msg":"socket close ack not received within 10 seconds"}',
        explains: 'The server sent its Close frame, and the client did not answer.',
      },
      {
        id: 'ended',
        needle: 'Closed client connection',
        pattern: /\bClosed client connection\b/,
        said: { means: 'ended' },
        example: '{"level":"debug","msg":"Closed client connection"}',
        explains: 'A client is gone. Nakama writes this for every one.',
      },
      {
        id: 'malformed',
        needle: 'Received malformed payload',
        pattern: /\bReceived malformed payload\b/,
        said: { means: 'application-protocol', unsure: true, phase: 'open' },
        example: '{"level":"warn","msg":"Received malformed payload"}',
        explains: 'The client’s message is not in the format that its address asked for.',
      },
    ]),
  ],
})
