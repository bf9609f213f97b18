import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const handler = 'https://github.com/Kong/kong/blob/master/kong/runloop/handler.lua'
const errors = 'https://github.com/Kong/kong/blob/master/kong/error_handlers.lua'

const more = 'https://github.com/Kong/kong/tree/master/kong/plugins'

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
        id: 'unresolved',
        needle: 'initial dns/balancer resolve for',
        pattern: /\bfailed the initial dns\/balancer resolve for '[^']{1,253}'/,
        said: { means: 'backend-unresolved', status: 503 },
        example:
          "failed the initial dns/balancer resolve for 'chat.internal' with: dns server error: 3 name error",
        explains: 'The host name of the service has no address in DNS.',
      },
      {
        id: 'balancer-unresolved',
        needle: ['DNS resolution failed: ', 'failed to retry the dns/balancer resolver for'],
        pattern:
          /\bDNS resolution failed: [^\n]{1,200}?\bTried: |\bfailed to retry the dns\/balancer resolver for '?[^'\s]{1,253}'? with: /,
        said: { means: 'backend-unresolved', status: 503 },
        example:
          'balancer_execute(): DNS resolution failed: dns client error: 101 empty record received. Tried: ["chat.internal:(na) - cache-miss"]',
        explains: 'The host name of the service has no address in the DNS that Kong asks. It answers 503.',
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
    ...phrasesOf(more, [
      {
        id: 'name',
        needle: 'name resolution failed',
        pattern: /"message" ?: ?"name resolution failed"/,
        said: { means: 'backend-unresolved', status: 503 },
        example: '{"message":"name resolution failed"}',
        explains: 'Kong’s 503: the host of the service has no address.',
      },
      {
        id: 'protocol',
        needle: 'Please use HTTPS protocol',
        pattern: /"message" ?: ?"Please use HTTPS protocol"/,
        said: { means: 'redirect', status: 426 },
        example: '{"message":"Please use HTTPS protocol"}',
        explains: 'Kong’s 426: the route takes https and wss only.',
      },
      {
        id: 'no-key',
        needle: 'No API key found',
        pattern: /\bNo API key found in request\b/,
        said: { means: 'unauthorized', status: 401 },
        example: '{"message":"No API key found in request"}',
        explains: 'The key-auth plugin wants a key in a header or the query.',
      },
      {
        id: 'credentials',
        needle: 'authentication credentials',
        pattern: /\bInvalid authentication credentials\b/,
        said: { means: 'unauthorized', status: 401 },
        example: '{"message":"Invalid authentication credentials"}',
        explains: 'An authentication plugin did not accept the credentials.',
      },
      {
        id: 'rate',
        needle: 'API rate limit exceeded',
        pattern: /\bAPI rate limit exceeded\b/,
        said: { means: 'rate-limited', status: 429 },
        example: '{"message":"API rate limit exceeded"}',
        explains: 'The rate-limiting plugin refused the request.',
      },
    ]),
  ],
})
