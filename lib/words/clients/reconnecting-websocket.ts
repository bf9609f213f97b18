import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const source = 'https://github.com/pladaria/reconnecting-websocket/blob/master/reconnecting-websocket.ts'

export default defineProgram({
  id: 'reconnecting-websocket',
  name: 'reconnecting-websocket and PartySocket',
  side: 'client',
  mark: /\bRWS>/,
  phrases: [
    ...phrasesOf(source, [
      {
        id: 'timeout-event',
        needle: 'RWS> timeout event',
        pattern: /\bRWS> timeout event\b/,
        said: { means: 'handshake-timeout' },
        example: 'RWS> timeout event',
        explains:
          'The socket did not open within connectionTimeout (4 s, if it was not set), and the client tries again.',
      },
      {
        id: 'timeout',
        needle: 'TIMEOUT',
        pattern: /\bError: TIMEOUT\b|\bErrorEvent \{[^\n]{0,200}message: ?["']TIMEOUT["']/,
        said: { means: 'handshake-timeout' },
        example: 'Error: TIMEOUT',
        explains:
          'The socket did not open within connectionTimeout (4 s, if it was not set), and the client tries again.',
      },
      {
        id: 'open-event',
        needle: 'RWS> open event',
        pattern: /\bRWS> open event\b/,
        said: { means: 'opened' },
        example: 'RWS> open event',
        explains: 'The WebSocket opened.',
      },
      {
        id: 'close-event',
        needle: 'RWS> close event',
        pattern: /\bRWS> close event\b/,
        said: { means: 'lost' },
        example: 'RWS> close event',
        explains: 'The connection ended, before or after it opened. The library does not print the code.',
      },
      {
        id: 'error-event',
        needle: 'RWS> error event',
        pattern: /\bRWS> error event\b/,
        said: { means: 'nothing-said' },
        example: 'RWS> error event undefined',
        explains: 'The browser reported an error event, which has no reason. The console has it.',
      },
      {
        id: 'max-retries',
        needle: 'RWS> max retries reached',
        pattern: /\bRWS> max retries reached \d/,
        said: { means: 'nothing-said' },
        example: 'RWS> max retries reached 10 >= 10',
        explains: 'The library tries no more. Why the attempts failed is printed elsewhere.',
      },
      {
        id: 'accept-open',
        needle: ['accept open', 'RWS> open event'],
        pattern: /\bRWS> (?:accept open|open event)\b/,
        said: { means: 'opened' },
        example: 'RWS> accept open',
        explains: 'The handshake succeeded.',
      },
      {
        id: 'attempt',
        needle: '> connect ',
        pattern: /\bRWS> connect (?:\d|\{)/,
        said: { means: 'connecting' },
        example: 'RWS> connect 0',
        explains: 'An attempt begins. The number counts those before it.',
      },
      {
        id: 'next-delay',
        needle: 'next delay ',
        pattern: /\bRWS> next delay \d/,
        said: { means: 'nothing-said' },
        example: 'RWS> next delay 1300',
        explains: 'The client waits this long, in milliseconds, before its next attempt.',
      },
      {
        id: 'misuse',
        needle: 'No valid WebSocket class provided',
        pattern: /\bNo valid WebSocket class provided\b/,
        said: { means: 'nothing-said' },
        example: 'Error: No valid WebSocket class provided',
        explains:
          'Where the program runs there is no global WebSocket: give it one as options.WebSocket. No connection was tried.',
      },
    ]),
  ],
})
