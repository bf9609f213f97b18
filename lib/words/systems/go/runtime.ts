/** What Go's runtime prints when it ends a process. */
import { type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const panics = 'https://github.com/golang/go/blob/master/src/runtime/panic.go'
const maps = 'https://github.com/golang/go/blob/master/src/internal/runtime/maps/map.go'

export const runtime: readonly Phrase[] = [
  ...phrasesOf(panics, [
    {
      id: 'closed-channel',
      needle: 'closed channel',
      pattern: /(?:^|\s)panic: (?:send on|close of) closed channel\b/,
      said: { means: 'process-ended', unsure: true },
      example: 'panic: send on closed channel',
      explains:
        'A goroutine sent to a channel that another had closed, such as that of a client who is gone. The process ended, and its connections with it.',
    },
    {
      id: 'out-of-memory',
      needle: 'fatal error: runtime: ',
      pattern: /\bfatal error: runtime: (?:out of memory|cannot allocate memory)/,
      said: { means: 'process-ended', unsure: true },
      example: 'fatal error: runtime: out of memory',
      explains: 'The process had no memory left and ended, and its connections with it.',
    },
  ]),
  ...phrasesOf(maps, [
    {
      id: 'concurrent-map',
      needle: 'fatal error: concurrent map ',
      pattern: /\bfatal error: concurrent map (?:writes|read and map write|iteration and map write)\b/,
      said: { means: 'process-ended', unsure: true },
      example: 'fatal error: concurrent map writes',
      explains:
        'Two goroutines used one map at once, such as the list of connections. The process ended, and its connections with it.',
    },
  ]),
]
