import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const source = 'https://wiki.squid-cache.org/ConfigExamples/Reverse/BasicAccelerator'

/** Squid names its reason in a header of its error pages: `ERR_CONNECT_FAIL 111`. */
const error = (name: string, means: Meaning, status: number, example: string, explains: string): Phrase => ({
  id: name.slice(4).toLowerCase().replaceAll('_', '-'),
  needle: name,
  pattern: new RegExp(`\\b${name}\\b(?: (?:\\d{1,3}|\\[[\\w ]{1,40}\\]))?`),
  said: { means, status },
  example: `X-Squid-Error: ${example}`,
  explains,
  source,
})

const access = 'https://wiki.squid-cache.org/SquidFaq/SquidLogs'

export default defineProgram({
  id: 'squid',
  name: 'Squid',
  side: 'proxy',
  mark: /\bX-Squid-Error\b|\bTCP_(?:DENIED|TUNNEL)\b/i,
  phrases: [
    error(
      'ERR_ACCESS_DENIED',
      'forbidden',
      403,
      'ERR_ACCESS_DENIED 0',
      'A rule of http_access denies the request.',
    ),
    error(
      'ERR_CACHE_ACCESS_DENIED',
      'proxy-authentication',
      407,
      'ERR_CACHE_ACCESS_DENIED 0',
      'Squid wants credentials for itself.',
    ),
    error(
      'ERR_CONNECT_FAIL',
      'backend-refused',
      503,
      'ERR_CONNECT_FAIL 111',
      'Squid could not connect to the server; the number is the errno, 111 is a refused connection.',
    ),
    error(
      'ERR_SECURE_CONNECT_FAIL',
      'backend-bad-answer',
      503,
      'ERR_SECURE_CONNECT_FAIL 71',
      'TLS between Squid and the server failed.',
    ),
    error(
      'ERR_DNS_FAIL',
      'backend-unresolved',
      503,
      'ERR_DNS_FAIL 0',
      'The name of the server has no address for Squid.',
    ),
    error(
      'ERR_CANNOT_FORWARD',
      'no-backend',
      503,
      'ERR_CANNOT_FORWARD 0',
      'Squid has no peer that it could ask: all are counted as dead, or no cache_peer fits.',
    ),
    error(
      'ERR_READ_TIMEOUT',
      'backend-timeout',
      504,
      'ERR_READ_TIMEOUT 110',
      'The server did not answer within read_timeout.',
    ),
    error(
      'ERR_READ_ERROR',
      'backend-closed',
      502,
      'ERR_READ_ERROR 104',
      'The server ended TCP while Squid waited for its answer.',
    ),
    error(
      'ERR_ZERO_SIZE_OBJECT',
      'backend-closed',
      502,
      'ERR_ZERO_SIZE_OBJECT 0',
      'The server ended TCP without a byte of an answer.',
    ),
    error(
      'ERR_INVALID_RESP',
      'backend-bad-answer',
      502,
      'ERR_INVALID_RESP 0',
      'What the server answered is not HTTP.',
    ),
    error(
      'ERR_TOO_BIG',
      'request-too-large',
      413,
      'ERR_TOO_BIG 0',
      'The request is larger than Squid takes.',
    ),
    error(
      'ERR_SHUTTING_DOWN',
      'shutting-down',
      503,
      'ERR_SHUTTING_DOWN 0',
      'Squid is stopping and takes no new requests.',
    ),
    ...phrasesOf(access, [
      {
        id: 'log-authentication',
        needle: 'TCP_DENIED',
        pattern: /\bTCP_DENIED(?:_\w{1,20})?\/407\b/,
        said: { means: 'proxy-authentication', status: 407 },
        side: 'client',
        example:
          '1714557600.123      0 10.0.0.9 TCP_DENIED/407 4032 CONNECT a.example:443 - HIER_NONE/- text/html',
        explains: 'The proxy wants credentials, and the client sent none.',
      },
      {
        id: 'log-denied',
        needle: 'TCP_DENIED',
        pattern: /\bTCP_DENIED(?:_\w{1,20})?\/403\b/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example:
          '1714557600.123      0 10.0.0.9 TCP_DENIED/403 3921 CONNECT a.example:8443 - HIER_NONE/- text/html',
        explains:
          'A rule of the proxy denies this host or port: CONNECT is allowed to 443 alone, unless SSL_ports says more.',
      },
      {
        id: 'log-unreachable',
        needle: 'TCP_',
        pattern: /\bTCP_TUNNEL(?:_\w{1,20})?\/50[0234]\b/,
        said: { means: 'forward-proxy' },
        side: 'client',
        example: '1714557600.123  60012 10.0.0.9 TCP_TUNNEL/503 0 CONNECT a.example:443 - HIER_NONE/- -',
        explains: 'The proxy could not reach the host.',
      },
      {
        id: 'client-lifetime',
        needle: 'due to lifetime timeout',
        pattern: /\bClosing client connection due to lifetime timeout\b/,
        said: { means: 'lifetime' },
        example: 'WARNING: Closing client connection due to lifetime timeout',
        explains: 'The connection reached client_lifetime of the proxy.',
      },
    ]),
  ],
})
