import type { Meaning } from '#lib/words/meaning.ts'
import { defineProgram, type Phrase } from '#lib/words/phrase.ts'

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

export default defineProgram({
  id: 'squid',
  name: 'Squid (its error pages)',
  side: 'proxy',
  mark: /\bX-Squid-Error\b/i,
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
  ],
})
