import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const fetching = 'https://github.com/varnishcache/varnish-cache/blob/master/bin/varnishd/cache/cache_fetch.c'
const builtin = 'https://github.com/varnishcache/varnish-cache/blob/master/bin/varnishd/builtin.vcl'

export default defineProgram({
  id: 'varnish',
  name: 'Varnish (its own pages)',
  side: 'proxy',
  mark: /\bGuru Meditation\b|\bVarnish cache server\b/,
  phrases: [
    ...phrasesOf(fetching, [
      {
        id: 'fetch-failed',
        needle: 'Backend fetch failed',
        pattern: /\bBackend fetch failed\b/,
        said: { means: 'no-backend', status: 503 },
        example: 'Error 503 Backend fetch failed Backend fetch failed Guru Meditation: XID: 32771',
        explains:
          'Varnish got nothing from its backend: no connection, no answer in time, or one that is not HTTP. varnishlog says which, as FetchError.',
      },
    ]),
    ...phrasesOf(builtin, [
      {
        id: 'no-host',
        needle: 'Guru Meditation',
        pattern: /\bError 400 Bad Request Bad Request Guru Meditation\b/,
        said: { means: 'host-refused', status: 400 },
        example: 'Error 400 Bad Request Bad Request Guru Meditation: XID: 5',
        explains: 'Varnish refuses a request of HTTP/1.1 without a Host header.',
      },
    ]),
  ],
})
