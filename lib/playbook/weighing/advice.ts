/** Pieces that fixes share: the address in question, and lines of configuration that depend on it. */
import type { Facts } from '#lib/facts/facts.ts'
import { hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import type { Change } from '#lib/text/fix.ts'
import { configQuote, shellQuote } from '#lib/text/quote.ts'

/** `wss://app.example/ws`, or a stand-in where the evidence names no address. */
export const addressOf = (facts: Facts): string => facts.target.url?.href ?? 'wss://app.example/ws'

/** The path as one word of nginx's or Apache's configuration. */
export const pathWordOf = (facts: Facts): string => configQuote(pathOf(facts))

/** The scheme's own where the evidence names no address. */
export const portOf = (facts: Facts): number => facts.target.port || 443

export const pathOf = (facts: Facts): string => facts.target.pathname || '/ws'

const STAND_IN = 'app.example'

export const hostOf = (facts: Facts): string => facts.target.host || STAND_IN

/**
 * The host as one word of a shell that no program takes for an option. A URL's host may hold all that a shell acts
 * on but spaces and slashes (`a;{touch,x}` is one to browsers). IPv6 addresses lose their brackets, as getent, nc
 * and ping want them.
 */
export function hostWordOf(facts: Facts): string {
  const host = hostOf(facts)
  return host.startsWith('-') ? STAND_IN : shellQuote(host.replace(/^\[(.*)\]$/, '$1'))
}

/** Host and port as one word of a shell. */
export const authorityWordOf = (facts: Facts): string => shellQuote(`${hostOf(facts)}:${portOf(facts)}`)

/** The host for a line of configuration: a stand-in for what is neither a name nor an address. */
export function plainHostOf(facts: Facts): string {
  const host = hostOf(facts)
  return /^\w[\w.-]*$|^\[[\da-f.:]+\]$/.test(host) ? host : STAND_IN
}

/** The proxies of the evidence: the one whose files were given, and those that the answer's headers show. */
export function proxyKindsOf({ proxy, probe }: Facts): string[] {
  const passed = hopsOf(probe?.evidence.http?.headers ?? []).map(({ id }) => id)
  const kinds = proxy.kind === undefined ? passed : [proxy.kind, ...passed]
  return [...new Set(kinds.map((kind) => SAME[kind] ?? kind))]
}

const SAME: Readonly<Record<string, string>> = {
  openresty: 'nginx',
  httpd: 'apache',
  apache2: 'apache',
  alb: 'aws-alb',
}

/** Changes for the proxies at hand; all of them where none is known. Keys are kinds of proxies and ids of hops. */
export function forProxy(facts: Facts, changes: Record<string, Change>): Change[] {
  const own = proxyKindsOf(facts).flatMap((kind) => changes[kind] ?? [])
  return own.length > 0 ? own : Object.values(changes)
}
