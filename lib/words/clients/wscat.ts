import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const source = 'https://github.com/websockets/wscat/blob/master/bin/wscat'

export default defineProgram({
  id: 'wscat',
  name: 'wscat',
  side: 'client',
  mark: /\(press CTRL\+C to quit\)/,
  phrases: [
    ...phrasesOf(source, [
      {
        id: 'connected',
        needle: 'connected (press CTRL+C to quit)',
        pattern: /\bconnected \(press CTRL\+C to quit\)/i,
        said: { means: 'opened', isLeftUnsaid: true },
        example: 'Connected (press CTRL+C to quit)',
        explains: 'The WebSocket opened.',
      },
      {
        id: 'disconnected',
        needle: 'disconnected (code: ',
        pattern: /\bdisconnected \(code: (\d{4})(?:, reason: "([^"]{0,123})")?/i,
        said: ([, code, reason]) => ended(Number(code), reason),
        isOfBothEnds: true,
        example: 'Disconnected (code: 1006, reason: "")',
        explains: 'The connection was open and ended with this code. 1006 says that no Close frame came.',
      },
      {
        id: 'typed-unknown',
        needle: 'Unrecognized slash command',
        pattern: /\bUnrecognized slash command\b/,
        said: { means: 'nothing-said' },
        example: 'error: Unrecognized slash command.',
        explains: 'What was typed is not a command of wscat --slash. The connection is as it was.',
      },
      {
        id: 'typed-close',
        needle: '> /close',
        pattern: /^> \/close(?: (\d{4})(?: (.{1,123}))?)?\s{0,4}$/,
        said: ([, code = '1000', reason]) => ({
          means: 'closed-by-client',
          close: { code: Number(code), way: 'sent', ...(reason !== undefined && { reason }) },
        }),
        example: '> /close 1000 bye',
        explains: 'The person who typed at wscat --slash closed the connection with this code.',
      },
    ]),
  ],
})

/** wscat says it of a connection that was open, and prints an error and stops for one that was not. */
function ended(code: number, reason: string | undefined): Said {
  const close = { code, ...(reason !== undefined && { reason }) }
  return { means: code === 1006 ? 'dropped' : 'close', close }
}
