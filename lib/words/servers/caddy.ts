import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const command = 'https://github.com/caddyserver/caddy/blob/master/cmd/main.go'
const run = 'https://github.com/caddyserver/caddy/blob/master/cmd/commandfuncs.go'

const streaming =
  'https://github.com/caddyserver/caddy/blob/master/modules/caddyhttp/reverseproxy/streaming.go'

export default defineProgram({
  id: 'caddy',
  name: 'Caddy (its own errors)',
  side: 'proxy',
  phrases: [
    ...phrasesOf(command, [
      {
        id: 'config-refused',
        needle: 'adapting config using ',
        pattern: /\badapting config using [a-z]{2,30}: [^\n]{1,300}/,
        said: { means: 'config-refused' },
        example: 'Error: adapting config using caddyfile: Caddyfile:6: unrecognized directive: reverse_prox',
        explains: 'Caddy refuses its Caddyfile and does not start. The words behind name the line.',
      },
    ]),
    ...phrasesOf(run, [
      {
        id: 'start-failed',
        needle: 'loading initial config: ',
        pattern: /\bloading initial config: [^\n]{1,300}/,
        said: { means: 'config-refused' },
        example:
          'Error: loading initial config: loading new config: http app module: start: listening on :443: listen tcp :443: bind: permission denied',
        explains: 'Caddy does not start with its configuration: a module refuses it, or a port is taken.',
      },
    ]),
    ...phrasesOf(streaming, [
      {
        id: 'no-upstream',
        needle: 'no upstreams available',
        pattern: /\bno upstreams available\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'no upstreams available',
        explains: 'Every upstream is marked as failed, or none is there.',
      },
      {
        id: 'protocol',
        needle: 'tried to switch to',
        pattern: /\bbackend tried to switch to (?:invalid|unexpected) protocol\b/,
        said: { means: 'backend-bad-answer', status: 502 },
        example: 'backend tried to switch to unexpected protocol via Upgrade header',
        explains: 'The backend’s 101 is not one for a WebSocket.',
      },
      {
        id: 'hijack',
        needle: 'hijack failed on protocol switch',
        pattern: /\bhijack failed on protocol switch\b/,
        said: { means: 'upgrade-not-allowed' },
        example: 'hijack failed on protocol switch',
        explains:
          'The request cannot be upgraded here: it came over HTTP/2, or a module before reverse_proxy hides the connection.',
      },
      {
        id: 'stream-timeout',
        needle: 'stream timed out',
        pattern: /"stream timed out"|\bstream timed out\b/,
        said: { means: 'lifetime' },
        example: 'stream timed out',
        explains: 'The connection reached stream_timeout.',
      },
    ]),
  ],
})
