import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const realtime = 'https://github.com/ably/ably-js/blob/main/src/common/lib/transport/connectionmanager.ts'

export default defineProgram({
  id: 'ably',
  name: 'Ably',
  side: 'client',
  mark: /\bAbly\b|\bErrorInfo: /,
  phrases: [
    ...phrasesOf(realtime, [
      {
        id: 'activity',
        needle: 'No activity seen from realtime',
        pattern: /\bNo activity seen from realtime in (\d{1,9}) ?ms\b/,
        said: ([, ms]) => ({ means: 'ping-timeout' as const, limitMs: Number(ms) }),
        example: 'No activity seen from realtime in 25001ms; assuming connection has dropped',
        explains: 'Neither a message nor a heartbeat came in time, and the client gave up.',
      },
      {
        id: 'network',
        needle: 'Unable to connect (network unreachable)',
        pattern: /\bUnable to connect \(network unreachable\)/,
        said: { means: 'unreachable', unsure: true },
        example: '[ErrorInfo: Unable to connect (network unreachable); statusCode=404; code=80003]',
        explains: 'The client has no network: even its check over HTTP fails.',
      },
      {
        id: 'hosts',
        needle: 'Unable to connect (and no more fallback hosts to try)',
        pattern: /\bUnable to connect \(and no more fallback hosts to try\)/,
        said: { means: 'never-opened' },
        example:
          '[ErrorInfo: Unable to connect (and no more fallback hosts to try); statusCode=404; code=80003]',
        explains: 'No host of Ably could be reached from here.',
      },
      {
        id: 'token',
        needle: 'code=4014',
        pattern: /\bcode=4014[0-9]\b/,
        said: { means: 'unauthorized', phase: 'open' },
        example: '[ErrorInfo: Key/token status changed (expire); statusCode=401; code=40142]',
        explains: 'The token ran out, and the client has no way to get another.',
      },
      {
        id: 'credentials',
        needle: 'code=40',
        pattern: /\bcode=4010[0-9]\b|\bcode=40005\b/,
        said: { means: 'unauthorized' },
        example: '[ErrorInfo: Invalid credentials; statusCode=401; code=40101]',
        explains: 'The key or token is not valid.',
      },
      {
        id: 'unavailable',
        needle: 'Connection to server temporarily unavailable',
        pattern: /\bConnection to server temporarily unavailable\b/,
        said: { means: 'lost' },
        example: '[ErrorInfo: Connection to server temporarily unavailable; statusCode=408; code=80003]',
        explains: 'The connection did not open in time, or was lost. The client tries again.',
      },
      {
        id: 'limit',
        needle: 'code=',
        pattern: /\bcode=(?:80021|42920|42921)\b/,
        said: { means: 'too-many-connections' },
        example: '[ErrorInfo: Rate limit exceeded; account connection limit; statusCode=429; code=80021]',
        explains: 'The account has more connections, or opens them faster, than it may.',
      },
    ]),
  ],
})
