import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handler = 'https://github.com/Kong/kong/blob/master/kong/runloop/handler.lua'
const errors = 'https://github.com/Kong/kong/blob/master/kong/error_handlers.lua'

export default defineProgram({
  id: 'kong',
  name: 'Kong (its own answers)',
  side: 'proxy',
  mark: /\bkong\b/i,
  phrases: [
    ...phrasesOf(handler, [
      {
        id: 'no-route',
        needle: 'no Route matched with those values',
        pattern: /\bno Route matched with those values\b/,
        said: { means: 'no-route', status: 404 },
        example: '{"message":"no Route matched with those values"}',
        explains: 'No route of Kong has this host, path and protocol.',
      },
      {
        id: 'ring-balancer',
        needle: 'failure to get a peer from the ring-balancer',
        pattern: /\bfailure to get a peer from the ring-balancer\b/,
        said: { means: 'no-backend', status: 503 },
        example: '{"message":"failure to get a peer from the ring-balancer"}',
        explains: 'No target of the upstream is healthy.',
      },
    ]),
    ...phrasesOf(errors, [
      {
        id: 'invalid-response',
        needle: 'An invalid response was received from the upstream server',
        pattern: /\bAn invalid response was received from the upstream server\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: '{"message":"An invalid response was received from the upstream server"}',
        explains: 'The service behind Kong refused TCP, ended it, or answered something that is not HTTP.',
      },
      {
        id: 'unavailable',
        needle: 'The upstream server is currently unavailable',
        pattern: /\bThe upstream server is currently unavailable\b/,
        said: { means: 'no-backend', status: 503 },
        example: '{"message":"The upstream server is currently unavailable"}',
        explains: 'The service behind Kong is not to be reached.',
      },
      {
        id: 'timing-out',
        needle: 'The upstream server is timing out',
        pattern: /\bThe upstream server is timing out\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: '{"message":"The upstream server is timing out"}',
        explains: 'The service behind Kong did not answer within read_timeout.',
      },
    ]),
  ],
})
