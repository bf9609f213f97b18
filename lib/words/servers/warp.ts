import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const filters = 'https://github.com/seanmonstar/warp/blob/master/src/filters/ws.rs'

export default defineProgram({
  id: 'warp',
  name: 'warp (Rust)',
  side: 'server',
  mark: /\bwarp(?:::)/,
  phrases: [
    ...phrasesOf(filters, [
      {
        id: 'no-upgrade-state',
        needle: 'no upgrade state',
        pattern: /\bws couldn't be upgraded since no upgrade state was present\b/,
        said: { means: 'upgrade-missing' },
        example: "warp::filters::ws: ws couldn't be upgraded since no upgrade state was present",
        explains: 'The request cannot be upgraded: it came as HTTP/1.0, or without Connection: Upgrade.',
      },
      {
        id: 'upgrade-missing',
        needle: ['upgrade', 'Missing request header "connection"', 'Invalid request header "connection"'],
        pattern:
          /\bMissingConnectionUpgrade\b|\b(?:Missing|Invalid) request header "(?:upgrade|connection)"/i,
        said: { means: 'upgrade-missing' },
        example: 'Missing request header "upgrade"',
        explains:
          'The request has no Upgrade: websocket and Connection: Upgrade. A proxy left them out, or it is plain HTTP.',
      },
      {
        id: 'header',
        needle: 'request header "sec-websocket',
        pattern: /\b(?:Missing|Invalid) request header "sec-websocket-(?:key|version)"/i,
        said: { means: 'handshake-header' },
        example: 'Missing request header "sec-websocket-key"',
        explains: 'A header that belongs to the handshake is missing or wrong.',
      },
      {
        id: 'upgrade-failed',
        needle: 'ws upgrade error',
        pattern: /\bws upgrade error: /,
        said: { means: 'lost' },
        example: 'warp::filters::ws: ws upgrade error: connection closed before message completed',
        explains: 'The connection ended before the 101 was sent.',
      },
    ]),
  ],
})
