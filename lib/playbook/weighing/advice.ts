/** Pieces that fixes share: the address in question, and the changes for the proxies at hand. */
import type { Facts } from '#lib/facts/facts.ts'
import { hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import { type Code, plainHost } from '#lib/text/code.ts'
import type { Change } from '#lib/text/fix.ts'
import { shell } from '#lib/text/shell.ts'

/** `wss://app.example/ws`, or a stand-in where the evidence names no address. */
export const addressOf = (facts: Facts): string => facts.target.url?.href ?? 'wss://app.example/ws'

/** The same for a language that is not a page's, where a host that is no name or address is left out. */
export function plainAddressOf(facts: Facts): string {
  const { url } = facts.target
  if (!url || plainHost(url.hostname) === url.hostname) return addressOf(facts)
  return `${url.protocol}//${plainHost(url.hostname)}${url.port && `:${url.port}`}${url.pathname}${url.search}`
}

/** The scheme's own where the evidence names no address. */
export const portOf = (facts: Facts): number => facts.target.port || 443

export const pathOf = (facts: Facts): string => facts.target.pathname || '/ws'

export const hostOf = (facts: Facts): string => facts.target.host || 'app.example'

/** The host in a command. */
export const hostWordOf = (facts: Facts): Code<'shell'> => shell.host(hostOf(facts))

/** Host and port as one word of a command. */
export const authorityWordOf = (facts: Facts): Code<'shell'> => shell.authority(hostOf(facts), portOf(facts))

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
