/** Pieces that fixes share: the address in question, and lines of configuration that depend on it. */
import type { Facts } from '#lib/diagnosis/facts/facts.ts'
import type { Change } from '#lib/playbook/cause.ts'

/** `wss://app.example/ws`, or a stand-in where the evidence names no address. */
export const addressOf = (facts: Facts): string => facts.target.url?.href ?? 'wss://app.example/ws'

export const pathOf = (facts: Facts): string => facts.target.pathname || '/ws'

export const hostOf = (facts: Facts): string => facts.target.host || 'app.example'

/** The proxy of the evidence, by its own word or by its `Server` header. */
export function proxyKindOf(facts: Facts): string | undefined {
  const server = facts.probe?.evidence.http?.headers?.find(([name]) => name.toLowerCase() === 'server')?.[1]
  return facts.proxy.kind ?? /^(nginx|openresty|apache|caddy|envoy)/i.exec(server ?? '')?.[1]?.toLowerCase()
}

/** Changes for the proxy at hand; all of them where it is not known. */
export function forProxy(facts: Facts, changes: Record<string, Change>): Change[] {
  const kind = proxyKindOf(facts)
  const own = kind === undefined ? undefined : changes[kind === 'openresty' ? 'nginx' : kind]
  return own ? [own] : Object.values(changes)
}
