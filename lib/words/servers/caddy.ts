import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const command = 'https://github.com/caddyserver/caddy/blob/master/cmd/main.go'
const run = 'https://github.com/caddyserver/caddy/blob/master/cmd/commandfuncs.go'

const addresses =
  'https://github.com/caddyserver/caddy/blob/master/modules/caddyhttp/reverseproxy/addresses.go'
const streaming =
  'https://github.com/caddyserver/caddy/blob/master/modules/caddyhttp/reverseproxy/streaming.go'

export default defineProgram({
  id: 'caddy',
  name: 'Caddy (its own errors)',
  side: 'proxy',
  mark: /\baborting with incomplete response\b|\bstreaming error\b|\bhttp\.handlers\.reverse_proxy\b/,
  phrases: [
    ...phrasesOf(command, [
      {
        id: 'config-refused',
        needle: 'adapting config using ',
        // What is said of an upstream's address has phrases of its own below.
        pattern:
          /\badapting config using [a-z]{2,30}: (?![^\n]{1,600}(?:only supported in browsers|upstreams only support|upstream address|parsing difficulties))[^\n]{1,300}/,
        said: { means: 'config-refused' },
        example: 'Error: adapting config using caddyfile: Caddyfile:6: unrecognized directive: reverse_prox',
        explains: 'Caddy refuses its Caddyfile and does not start. The words behind name the line.',
      },
    ]),
    ...phrasesOf(addresses, [
      {
        id: 'upstream-scheme',
        needle: ' is only supported in browsers; use http',
        pattern:
          /(?:\badapting config using [^\n]{1,600}?)?\bthe scheme wss?:\/\/ is only supported in browsers; use https?:\/\/[^\n,]{0,40}/,
        said: { means: 'config-refused' },
        example: 'the scheme ws:// is only supported in browsers; use http:// instead',
        explains: 'Caddy refuses its Caddyfile and does not start: an upstream is an HTTP server.',
        fix: 'Write the upstream of reverse_proxy with http:// or without a scheme: Caddy passes upgrades on by itself.',
      },
      {
        id: 'upstream-address',
        needle: [
          'URLs for proxy upstreams only support scheme, host, and port components',
          'upstream address has conflicting scheme',
          'upstream address scheme is HTTP but transport is configured for HTTP+TLS',
          'due to parsing difficulties',
        ],
        pattern:
          /(?:\badapting config using [^\n]{1,600}?)?\b(?:URLs for proxy upstreams only support scheme, host, and port components|upstream address has conflicting scheme|upstream address scheme is HTTP but transport is configured for HTTP\+TLS|due to parsing difficulties, placeholders are not allowed)\b[^\n]{0,80}/,
        said: { means: 'config-refused' },
        example: 'for now, URLs for proxy upstreams only support scheme, host, and port components',
        explains:
          'Caddy refuses its Caddyfile and does not start: the address behind reverse_proxy is not one.',
        fix: 'Give reverse_proxy a host and a port alone, such as 127.0.0.1:YOUR_PORT, and the path to a matcher or to rewrite.',
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
        id: 'non-hijacker',
        needle: 'switch protocols using non-Hijacker',
        pattern: /\bcan't switch protocols using non-Hijacker ResponseWriter\b/,
        said: { means: 'upgrade-not-allowed' },
        example: "can't switch protocols using non-Hijacker ResponseWriter",
        explains: 'A module before reverse_proxy wraps the response and hides the connection.',
      },
      {
        id: 'answer-left',
        needle: 'aborting with incomplete response',
        pattern:
          /\baborting with incomplete response\b(?:[:"]| error)[^\n]{0,40}?(?:reading: context canceled|writing: )/,
        said: { means: 'ended' },
        example: 'aborting with incomplete response: reading: context canceled',
        explains:
          'The client left while Caddy handed it an answer. It is not an upgraded connection: those are not copied in this place.',
      },
      {
        id: 'answer-broken',
        needle: 'aborting with incomplete response',
        pattern:
          /\baborting with incomplete response\b(?:[:"]| error)[^\n]{0,40}?reading: (?!context canceled)[^\n]{1,200}/,
        said: { means: 'backend-closed', unsure: true },
        example: 'aborting with incomplete response: reading: unexpected EOF',
        explains: 'The backend ended the connection in the middle of an answer that was no 101.',
      },
      {
        id: 'stream-error',
        needle: 'streaming error',
        pattern: /\bstreaming error\b(?:[:"]| error)[^\n]{1,300}/,
        said: { means: 'lost', phase: 'open' },
        example:
          'streaming error: read tcp 172.18.0.2:48230->172.18.0.5:8080: read: connection reset by peer',
        explains:
          'An upgraded connection broke. The addresses tell on which side: the second is the one that ended it.',
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
