import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const command = 'https://github.com/caddyserver/caddy/blob/master/cmd/main.go'
const run = 'https://github.com/caddyserver/caddy/blob/master/cmd/commandfuncs.go'

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
  ],
})
