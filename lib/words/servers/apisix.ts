import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const init = 'https://github.com/apache/apisix/blob/master/apisix/init.lua'
const balancer = 'https://github.com/apache/apisix/blob/master/apisix/balancer.lua'
const plugins = 'https://github.com/apache/apisix/tree/master/apisix/plugins'

export default defineProgram({
  id: 'apisix',
  name: 'APISIX (its own answers)',
  side: 'proxy',
  mark: /\bapisix\b|"error_msg"/i,
  phrases: [
    ...phrasesOf(init, [
      {
        id: 'no-route',
        needle: '404 Route Not Found',
        pattern: /\b404 Route Not Found\b/,
        said: { means: 'no-route', status: 404 },
        example: '{"error_msg":"404 Route Not Found"}',
        explains: 'No route of APISIX has this host, path and method.',
      },
    ]),
    ...phrasesOf(balancer, [
      {
        id: 'no-node',
        needle: ['failed to pick server', 'no valid upstream node', 'all upstream servers tried'],
        pattern: /\bfailed to pick server: |\bno valid upstream node\b|\ball upstream servers tried\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'failed to pick server: no valid upstream node',
        explains: 'The upstream has no node, or none that answers.',
      },
    ]),
    ...phrasesOf(plugins, [
      {
        id: 'no-credentials',
        needle: [
          'Missing API key',
          'Missing authorization in request',
          'Missing JWT token in request',
          'Invalid API key in request',
          'Invalid user authorization',
        ],
        pattern:
          /\b(?:Missing API key (?:found )?in request|Missing authorization in request|Missing JWT token in request|Invalid API key in request|Invalid user authorization)\b/,
        said: { means: 'unauthorized', status: 401 },
        example: '{"message":"Missing API key found in request"}',
        explains:
          'A plugin of the route wants credentials. A page can send them in the query string or a cookie.',
      },
    ]),
  ],
})
