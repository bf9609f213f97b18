/** The address that was asked for, resolved the way browsers do since 2023: relative and http(s) URLs are allowed. */
import type { Evidence } from '#lib/evidence/schema.ts'

export type Target = {
  /** As it was given. */
  given: string | undefined
  /** Undefined where the browser could not have parsed it either. */
  url: URL | undefined
  secure: boolean
  host: string
  port: number
  /** Path and query, as the request line carries them. */
  requestTarget: string
  pathname: string
  pageOrigin: string | undefined
  /** Where the page is: its origin, else what a person or a setting tells. */
  page: string | undefined
  subprotocols: readonly string[]
}

const SCHEMES: Record<string, string> = { 'http:': 'ws:', 'https:': 'wss:' }

export function readTarget(evidence: Evidence): Target {
  const target = evidence.target
  const url = target?.url === undefined ? undefined : resolve(target.url, target.page_origin)
  const secure = url?.protocol === 'wss:'
  return {
    given: target?.url,
    url,
    secure,
    host: url?.hostname ?? '',
    port: url ? Number(url.port || (secure ? 443 : 80)) : 0,
    requestTarget: url ? url.pathname + url.search : '',
    pathname: url?.pathname ?? '',
    pageOrigin: target?.page_origin,
    page: target?.page_origin ?? target?.page_told,
    subprotocols: target?.subprotocols ?? [],
  }
}

function resolve(given: string, pageOrigin: string | undefined): URL | undefined {
  const url = URL.parse(given, pageOrigin ?? undefined) ?? undefined
  const scheme = url && SCHEMES[url.protocol]
  if (!url || !scheme) return url
  return URL.parse(url.href.replace(url.protocol, scheme)) ?? undefined
}

/**
 * Whether another URL names the same host and port. Schemes of HTTP and WebSocket count as equal, and so do the
 * default ports: HSTS turns ws:// into wss:// while the console still prints ws://.
 */
export function sameAuthority(target: Target, uri: string): boolean {
  if (!target.url) return true
  const other = resolve(uri, target.pageOrigin)
  return other !== undefined && other.hostname === target.host && portName(other) === portName(target.url)
}

const portName = (url: URL): string => (url.port === '80' || url.port === '443' ? '' : url.port)
