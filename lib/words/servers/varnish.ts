import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const fetching = 'https://github.com/varnishcache/varnish-cache/blob/master/bin/varnishd/cache/cache_fetch.c'
const builtin = 'https://github.com/varnishcache/varnish-cache/blob/master/bin/varnishd/builtin.vcl'

const log = 'https://github.com/varnishcache/varnish-cache/blob/master/bin/varnishd/cache/cache_backend.c'

const sessions = 'https://github.com/varnishcache/varnish-cache/blob/master/include/tbl/sess_close.h'

export default defineProgram({
  id: 'varnish',
  name: 'Varnish',
  side: 'proxy',
  mark: /\bGuru Meditation\b|\bVarnish cache server\b|\b(?:FetchError|SessClose|BogoHeader) {2}/,
  phrases: [
    ...phrasesOf(fetching, [
      {
        id: 'fetch-failed',
        needle: 'Backend fetch failed',
        pattern: /\bBackend fetch failed\b/,
        said: { means: 'no-backend', status: 503, unsure: true },
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
    ...phrasesOf(log, [
      {
        id: 'no-backend',
        needle: 'FetchError',
        pattern: /\bFetchError +(?:c )?(?:No backend\b|[^\n]{0,80}\bunhealthy\b)/,
        said: { means: 'no-backend' },
        example: 'FetchError   No backend connection',
        explains: 'No backend is there, or its probe calls it sick.',
      },
      {
        id: 'backend-refused',
        needle: 'FetchError',
        pattern: /\bFetchError +(?:c )?backend \S{1,100}: fail(?: errno \d{1,4})?[^\n]{0,80}/,
        said: { means: 'backend-refused' },
        example: 'FetchError   backend boot.default: fail errno 111 (Connection refused)',
        explains: 'The backend does not accept connections.',
      },
      {
        id: 'backend-timeout',
        needle: 'FetchError',
        pattern: /\bFetchError +(?:c )?(?:first byte timeout|timeout\b|between bytes timeout)/,
        said: { means: 'backend-timeout' },
        example: 'FetchError   first byte timeout',
        explains:
          'The backend did not answer within first_byte_timeout. An upgrade has to go through pipe, not through pass.',
      },
      {
        id: 'backend-closed',
        needle: 'FetchError',
        pattern:
          /\bFetchError +(?:c )?(?:backend closed|HTC eof|Received junk|http (?:first read|format) error)/,
        said: { means: 'backend-closed' },
        example: 'FetchError   HTC eof (-1)',
        explains: 'The backend closed the connection, or answered what is no HTTP.',
      },
      {
        id: 'bad-header',
        needle: 'too l',
        pattern: /\bBogoHeader[^\n]{0,40}\bHeader too (?:large|long)\b/,
        said: { means: 'request-too-large' },
        example: 'BogoHeader   Header too large: Cookie: a=b',
        explains: 'A header, mostly Cookie, is longer than http_req_hdr_len.',
      },
    ]),
    ...phrasesOf(sessions, [
      {
        id: 'idle',
        needle: 'SessClose',
        pattern: /\bSessClose +(?:c )?RX_(?:TIMEOUT|CLOSE_IDLE)\b/,
        said: { means: 'idle-timeout' },
        example: 'SessClose    RX_CLOSE_IDLE 5.003',
        explains: 'Nothing came for timeout_idle. That is a kept connection, and no pipe.',
      },
      {
        id: 'overload',
        needle: 'SessClose',
        pattern: /\bSessClose +(?:c )?(?:OVERLOAD|PIPE_OVERFLOW)\b/,
        said: { means: 'too-many-connections' },
        example: 'SessClose    PIPE_OVERFLOW 0.001',
        explains: 'Varnish holds as many pipes as pipe_sess_max allows.',
      },
      {
        id: 'pipe-ended',
        needle: 'SessClose',
        pattern: /\bSessClose +(?:c )?TX_PIPE\b/,
        said: { means: 'lost' },
        example: 'SessClose    TX_PIPE 62.104',
        explains: 'A pipe ended: one side closed, or nothing came for pipe_timeout (60 s).',
      },
      {
        id: 'client-left',
        needle: 'SessClose',
        pattern: /\bSessClose +(?:c )?REM_CLOSE\b/,
        said: { means: 'lost' },
        example: 'SessClose    REM_CLOSE 62.104',
        explains: 'The client closed the connection.',
      },
      {
        id: 'http10',
        needle: 'SessClose',
        pattern: /\bSessClose +(?:c )?REQ_HTTP10\b/,
        said: { means: 'http-version' },
        example: 'SessClose    REQ_HTTP10 0.002',
        explains: 'The request came as HTTP/1.0, which cannot be upgraded.',
      },
    ]),
  ],
})
