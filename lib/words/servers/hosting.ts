import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const fly = 'https://fly.io/docs/networking/services/'
const serverless = 'https://vercel.com/docs/errors'
const render = 'https://render.com/docs/troubleshooting-deploys'

export default defineProgram({
  id: 'hosting',
  name: 'Fly.io, Render, Railway, Vercel and Netlify',
  side: 'proxy',
  mark: /\bfly-proxy\b|\bFUNCTION_INVOCATION\b|\bx-render-\b|\brailway\b/i,
  phrases: [
    ...phrasesOf(fly, [
      {
        id: 'fly-refused',
        needle: 'instance refused connection',
        pattern: /\binstance refused connection\b/,
        said: { means: 'backend-refused' },
        example:
          '[error] [PC01] instance refused connection. is your app listening on 0.0.0.0:8080? make sure it is not only listening on 127.0.0.1',
        explains: 'The app does not listen at internal_port, or on 127.0.0.1 only.',
      },
      {
        id: 'fly-candidate',
        needle: 'candidate within',
        pattern: /\bcould not find a good candidate within \d{1,4} attempts\b/,
        said: { means: 'no-backend' },
        example:
          '[error] [PR03] could not find a good candidate within 21 attempts at load balancing. last error: no known healthy instances found for route tcp/443',
        explains: 'No machine runs, all fail their check, or all are at their hard_limit.',
      },
      {
        id: 'fly-healthy',
        needle: 'no known healthy instances',
        pattern: /\bno known healthy instances found for route\b/,
        said: { means: 'no-backend' },
        example: 'no known healthy instances found for route tcp/443',
        explains: 'No machine runs, or all fail their check.',
      },
      {
        id: 'fly-closed',
        needle: 'could not complete HTTP request to instance',
        pattern: /\bcould not complete HTTP request to instance: connection (?:closed|error)\b/,
        said: { means: 'backend-closed' },
        example:
          '[error] [PU02] could not complete HTTP request to instance: connection closed before message completed',
        explains: 'The app closed the connection before it had answered.',
      },
    ]),
    ...phrasesOf(serverless, [
      {
        id: 'vercel-timeout',
        needle: 'FUNCTION_INVOCATION_TIMEOUT',
        pattern: /\bFUNCTION_INVOCATION_TIMEOUT\b/,
        said: { means: 'backend-timeout', status: 504 },
        example: '504: GATEWAY_TIMEOUT Code: FUNCTION_INVOCATION_TIMEOUT',
        explains: 'A function of Vercel ran for longer than it may.',
      },
      {
        id: 'vercel-failed',
        needle: 'FUNCTION_INVOCATION_FAILED',
        pattern: /\bFUNCTION_INVOCATION_FAILED\b/,
        said: { means: 'handler-failed', phase: 'handshake', status: 500 },
        side: 'server',
        example: '500: INTERNAL_SERVER_ERROR Code: FUNCTION_INVOCATION_FAILED',
        explains: 'A function of Vercel ended with an error. Its functions keep no WebSocket open.',
      },
      {
        id: 'vercel-missing',
        needle: 'DEPLOYMENT_NOT_FOUND',
        pattern: /\bDEPLOYMENT_NOT_FOUND\b/,
        said: { means: 'no-route', status: 404 },
        example: '404: NOT_FOUND Code: DEPLOYMENT_NOT_FOUND',
        explains: 'Vercel knows no deployment of this host name.',
      },
      {
        id: 'netlify-missing',
        needle: 'Looks like you',
        pattern: /\bPage not found\b[^\n]{0,40}\bLooks like you['’]ve followed a broken link\b/,
        said: { means: 'no-route', status: 404 },
        example:
          "Page not found Looks like you've followed a broken link or entered a URL that doesn't exist on this site.",
        explains: 'Netlify serves files and functions at this host, and nothing at this path.',
      },
    ]),
    ...phrasesOf(render, [
      {
        id: 'railway',
        needle: 'Application failed to respond',
        pattern: /\bApplication failed to respond\b/,
        said: { means: 'backend-refused', status: 502, unsure: true },
        example: 'Application failed to respond',
        explains: 'Railway’s 502: the app does not listen at PORT, or does not answer.',
      },
      {
        id: 'render-routing',
        needle: [
          'no-server',
          'x-render-routing:suspend',
          'x-render-routing:dynamic-',
          'x-render-routing:hibernate-',
          'x-render-routing: suspend',
          'x-render-routing: dynamic-',
          'x-render-routing: hibernate-',
        ],
        pattern: /\bx-render-routing: ?(?:no-server|suspend\w{0,3}|dynamic-\w{1,30}|hibernate-\w{1,30})/,
        said: { means: 'no-backend' },
        example: 'x-render-routing: no-server',
        explains: 'Render found no running instance for this host.',
      },
    ]),
    ...phrasesOf(fly, [
      {
        id: 'fly-limit',
        needle: 'hard limit of',
        pattern: /\breached (?:connections )?hard limit of \d{1,7}\b/,
        said: { means: 'too-many-connections' },
        example:
          'Instance 148e2d0b reached hard limit of 25 concurrent connections. This usually indicates your app is not closing connections properly',
        explains: 'The machine has as many connections as hard_limit allows. Each WebSocket is one of them.',
      },
      {
        id: 'fly-connect',
        needle: 'failed to connect to machine',
        pattern: /\bfailed to connect to machine: gave up after \d{1,4} attempts\b/,
        said: { means: 'no-backend' },
        example: 'failed to connect to machine: gave up after 15 attempts (in 8.6s)',
        explains: 'The machine did not start in time.',
      },
      {
        id: 'fly-stopping',
        needle: 'machine',
        pattern:
          /\bDownscaling app \S{1,80} from \d{1,4} machines? to \d{1,4} machines?\b|\bhas excess capacity, autostopping machine\b/,
        said: { means: 'shutting-down' },
        // The proxy says it, and what stops is the server.
        side: 'server',
        fix: 'Fly stopped a machine that it counts as idle. Keep one with min_machines_running = 1 in fly.toml, or set auto_stop_machines = "off". Close WebSockets with 1001 at SIGTERM.',
        example: 'Downscaling app chat from 1 machines to 0 machines. Automatically stopping machine d5683',
        explains: 'Fly stops machines without traffic (auto_stop_machines). Quiet WebSockets end with them.',
      },
      {
        id: 'fly-unreachable',
        needle: 'instance unreachable',
        pattern: /\binstance unreachable\b/,
        said: { means: 'no-backend' },
        example: '[PA01] instance unreachable',
        explains: 'Fly’s proxy does not reach the machine.',
      },
    ]),
  ],
})
