import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const errors = 'https://ngrok.com/docs/errors/'

export default defineProgram({
  id: 'ngrok',
  name: 'ngrok',
  side: 'proxy',
  mark: /\bERR_NGROK_\d|\bngrok(?:-free)?\.(?:app|dev|io)\b/,
  phrases: [
    ...phrasesOf(errors, [
      {
        id: 'err-8012',
        needle: 'ERR_NGROK_8012',
        pattern: /\bERR_NGROK_8012\b[^\n]{0,400}/,
        said: { means: 'backend-refused', status: 502 },
        example:
          'ERR_NGROK_8012: Traffic was successfully tunneled to the ngrok agent, but the agent failed to establish a connection to the upstream web service at http://localhost:3000.',
        explains: 'The agent runs, and nothing accepts connections at the local address that it forwards to.',
      },
      {
        id: 'err-3200',
        needle: 'ERR_NGROK_3200',
        pattern: /\bERR_NGROK_3200\b/,
        // An agent that was started again often has another address.
        said: { means: 'no-backend', unsure: true, status: 404 },
        example: 'The endpoint abc.ngrok-free.app is offline. ERR_NGROK_3200',
        explains:
          'No agent serves this address now: it was stopped, or started again and got another address.',
      },
      {
        id: 'err-3004',
        needle: 'ERR_NGROK_3004',
        pattern: /\bERR_NGROK_3004\b[^\n]{0,400}/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'ERR_NGROK_3004: ngrok gateway error',
        explains: 'The local server closed the connection, or answered what is no HTTP.',
      },
      {
        id: 'err-6024',
        needle: 'ERR_NGROK_6024',
        pattern: /\bERR_NGROK_6024\b/,
        said: { means: 'status', status: 200 },
        example: 'You are about to visit abc.ngrok-free.app ERR_NGROK_6024',
        explains:
          'ngrok’s warning page came in place of the server’s answer: free accounts show it to browsers. The header ngrok-skip-browser-warning leaves it out.',
      },
      {
        id: 'err-108',
        needle: 'ERR_NGROK_108',
        pattern: /\bERR_NGROK_108\b/,
        said: { means: 'too-many-connections' },
        example: 'ERR_NGROK_108: Your account is limited to 1 simultaneous ngrok agent session.',
        explains: 'The account runs as many agents as it may.',
      },
      {
        id: 'err-702',
        needle: 'ERR_NGROK_702',
        pattern: /\bERR_NGROK_702\b/,
        said: { means: 'rate-limited', status: 429 },
        example: 'ERR_NGROK_702: Your account has exceeded the limit of requests per minute.',
        explains: 'The account has more requests in a minute than it may.',
      },
      {
        id: 'err-734',
        needle: 'ERR_NGROK_734',
        pattern: /\bERR_NGROK_734\b/,
        said: { means: 'rate-limited', status: 429 },
        example: 'ERR_NGROK_734: Too many connections on this endpoint.',
        explains: 'More connections in a minute than the account may have.',
      },
      {
        id: 'upstream',
        needle: [
          'failed to establish a connection to the upstream',
          'failed to connect to the upstream web service at',
        ],
        pattern: /\bfailed to (?:establish a connection|connect) to the upstream web service at\b/,
        said: { means: 'backend-refused', status: 502 },
        example:
          'the ngrok agent failed to establish a connection to the upstream web service at http://localhost:3000.',
        explains: 'The agent runs, and nothing accepts connections at the local address that it forwards to.',
      },
      {
        id: 'gateway',
        needle: 'ngrok gateway error',
        pattern: /\bngrok gateway error\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'ngrok gateway error. The server returned an invalid or incomplete HTTP response.',
        explains: 'The local server closed the connection, or answered what is no HTTP.',
      },
    ]),
  ],
})
