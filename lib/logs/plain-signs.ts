/**
 * Signs in error lines that no parser knows: Envoy, Traefik, a Go or Node proxy, and the error that Caddy puts
 * into a request's own record. The words are those of operating systems and standard libraries, which most
 * proxies pass on; what is not plainly said is left alone.
 */
import type { Sign } from '#lib/logs/record.ts'

const SIGNS: readonly [RegExp, Sign][] = [
  [
    /server gave HTTP response to HTTPS client|(?<!handshake error from \S{1,80} )tls: first record does not look like a TLS handshake|wrong[_ ]version[_ ]number/i,
    'upstream-not-tls',
  ],
  [/malformed HTTP response \\{0,2}"\\{1,3}x15\\{1,3}x03/, 'upstream-is-tls'],
  [/connection refused|ECONNREFUSED/i, 'connect-refused'],
  [
    /no such host|ENOTFOUND|name or service not known|host not found|could not be resolved/i,
    'unknown-upstream-host',
  ],
  [/no healthy upstream|no upstreams? available|no available server|no live upstream/i, 'no-live-upstream'],
  [/no route to host|network is unreachable|EHOSTUNREACH|ENETUNREACH/i, 'connect-failed'],
  [
    /dial (tcp|unix).{0,200} i\/o timeout|connect(ion)? (attempt )?timed? ?out|connect_timeout/i,
    'connect-timed-out',
  ],
  [
    /awaiting (response )?headers|upstream request timeout|response header timeout|timeout awaiting/i,
    'response-timed-out',
  ],
  [/header.{0,20}(too (big|large|long)|exceeded)|response headers? exceeded/i, 'response-header-too-big'],
  [
    /unexpected EOF|: EOF\b|socket hang up|server closed connection|prematurely closed/i,
    'closed-before-response',
  ],
  [
    /connection reset by peer|ECONNRESET|reset before headers|upstream_reset_before/i,
    'reset-before-response',
  ],
]

const MOST_CHARACTERS = 4000

export function plainSign(text: string): Sign | undefined {
  const read = text.slice(0, MOST_CHARACTERS)
  return SIGNS.find(([pattern]) => pattern.test(read))?.[1]
}
