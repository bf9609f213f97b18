import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const codes = 'https://github.com/centrifugal/centrifuge/blob/master/disconnect.go'

export default defineProgram({
  id: 'centrifugo',
  name: 'Centrifugo',
  mark: /\bcentrifug[eo]\b/i,
  phrases: [
    ...phrasesOf(codes, [
      {
        id: 'no-pong',
        needle: 'no pong',
        pattern: /(?:\b3012\b[^\n]{0,30}\bno pong\b|\bno pong\b[^\n]{0,30}\b3012\b)/i,
        said: { means: 'ping-timeout', close: { code: 3012, reason: 'no pong' } },
        side: 'server',
        example: '{"code":3012,"reason":"no pong"}',
        explains: 'The client did not answer the server’s ping in time.',
      },
      {
        id: 'slow',
        needle: 'slow',
        pattern: /\b3008\b[^\n]{0,30}\bslow\b/i,
        said: { means: 'not-reading', close: { code: 3008, reason: 'slow' } },
        side: 'server',
        example: 'code: 3008, reason: slow',
        explains: 'The client does not read as fast as messages come.',
      },
      {
        id: 'expired',
        needle: 'expired',
        pattern: /\b300[56]\b[^\n]{0,30}\b(?:connection|subscription) expired\b/i,
        said: { means: 'unauthorized', close: { code: 3005, reason: 'connection expired' } },
        side: 'server',
        example: 'code: 3005, reason: connection expired',
        explains: 'The token ran out, and the client brought no fresh one.',
      },
      {
        id: 'stale',
        needle: 'stale',
        pattern: /\b3502\b[^\n]{0,30}\bstale\b/i,
        said: { means: 'first-message-missing', close: { code: 3502, reason: 'stale' } },
        side: 'server',
        example: 'code: 3502, reason: stale',
        explains: 'The client sent no connect command in time.',
      },
      {
        id: 'invalid-token',
        needle: 'invalid token',
        pattern: /\b3500\b[^\n]{0,30}\binvalid token\b/i,
        said: { means: 'unauthorized', close: { code: 3500, reason: 'invalid token' } },
        side: 'server',
        example: 'code: 3500, reason: invalid token',
        explains: 'The token of the connect command is not valid.',
      },
      {
        id: 'connection-limit',
        needle: 'connection limit',
        pattern: /\b3504\b[^\n]{0,30}\bconnection limit\b/i,
        said: { means: 'too-many-connections', close: { code: 3504, reason: 'connection limit' } },
        side: 'server',
        example: 'code: 3504, reason: connection limit',
        explains: 'The server, or the user, has as many connections as it may have.',
      },
    ]),
  ],
})
