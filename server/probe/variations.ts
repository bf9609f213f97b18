/**
 * Which retries a first result calls for: the probe again with one thing changed, so that the difference
 * names the hop or the rule. Pure, so that every decision can be read and tested; at most a handful each time.
 */
import { type EndOnWire, endOnWire, outcomeOfProbe, type ProbeFailure } from '#lib/evidence/probe-outcome.ts'
import type { Vary } from '#lib/evidence/retry-kinds.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'

export interface Variation {
  vary: Vary
  /** How long to watch after a 101, in milliseconds; a handshake that is settled needs only a glance. */
  watchMs: number
}

export interface PlanFacts {
  url: URL
  /** What the first probe sent; null: no Origin header. */
  origin: string | null
  subprotocols: readonly string[]
  /** Of the page that tries the same URL in a browser. */
  pageOrigin?: string
  /** The backend behind the proxy, as the user named it. */
  direct?: string
}

/** Long enough to see a server accept and close at once (as a rejection by 1008 does). */
const GLANCE_MS = 150
/** Nobody's application: whoever accepts this accepts any website. */
export const FOREIGN_ORIGIN = 'https://foreign.example'
/** What the servers that insist on a subprotocol usually want, all offered at once. */
export const COMMON_SUBPROTOCOLS = ['graphql-transport-ws', 'graphql-ws', 'mqtt', 'v12.stomp', 'wamp.2.json']
/** Browsers make this offer, window bits and all. */
export const DEFLATE_OFFER = 'permessage-deflate; client_max_window_bits'
/** A cut sooner than this after the opening is no idle timer's. */
const SOONEST_IDLE_CUT_MS = 400

export function planVariations(first: ProbeEvidence, facts: PlanFacts): Variation[] {
  const outcome = outcomeOfProbe(first)
  const direct = facts.direct === undefined ? [] : [{ url: facts.direct }]
  switch (outcome.stage) {
    case 'unfinished':
    case 'dns':
    case 'tcp':
      return []
    case 'tls':
      return planAfterTls(outcome, first, facts).map(glance)
    case 'handshake': {
      // A TLS port answers plain HTTP with an alert or by hanging up; one that says nothing is no TLS port.
      const isPlain = facts.url.protocol === 'ws:' && outcome.how !== 'silence'
      // Half a head in plain HTTP says what is spoken here.
      const isHttp = first.http?.body_start?.startsWith('HTTP/') === true
      return [...(isPlain && !isHttp ? [{ scheme: 'wss' }] : []), ...direct].map(glance)
    }
    case 'answer':
      return [...planAfterRefusal(outcome.status, first, facts), ...direct].map(glance)
    case 'checks': {
      const wasAsked = outcome.failed.includes('subprotocol') && facts.subprotocols.length > 0
      return [...(wasAsked ? [{ subprotocols: [] }] : []), ...direct].map(glance)
    }
    case 'open':
      return planAfterOpening(endOnWire(outcome.end), first, facts, direct)
  }
}

const glance = (vary: Vary): Variation => ({ vary, watchMs: GLANCE_MS })

function planAfterTls(
  { how, code }: Extract<ProbeFailure, { stage: 'tls' }>,
  first: ProbeEvidence,
  { url }: PlanFacts,
): Vary[] {
  if (how === 'silence') return url.protocol === 'wss:' ? [{ scheme: 'ws' }] : []
  // A certificate was shown and failed its check: look behind it.
  if (first.tls?.valid_to !== undefined && !code.startsWith('ERR_SSL_')) return [{ verify: false }]
  return /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|ECONNRESET|UNEXPECTED_EOF/.test(code)
    ? [{ scheme: 'ws' }]
    : []
}

function planAfterRefusal(status: number, first: ProbeEvidence, facts: PlanFacts): Vary[] {
  const { url, origin, subprotocols } = facts
  const body = first.http?.body_start ?? ''
  const varies: Vary[] = []
  if (url.protocol === 'ws:' && status === 400 && /https|\bssl\b|\btls\b/i.test(body))
    varies.push({ scheme: 'wss' })
  const location = locationOf(first, url)
  if (location !== undefined) varies.push({ location })
  if (status === 404 && url.pathname !== '/') varies.push({ path: toggledSlash(url.pathname) })
  // ActionCable refuses an origin with 404.
  if (status === 404) varies.push(...otherOrigins(facts))
  if ([400, 401, 403].includes(status)) {
    if (origin !== null) varies.push({ origin: null })
    if (status === 403) varies.push(...otherOrigins(facts, FOREIGN_ORIGIN))
    if (subprotocols.length > 0) varies.push({ subprotocols: [] })
    else if (status === 400) varies.push({ subprotocols: COMMON_SUBPROTOCOLS })
  }
  return varies
}

/** The server's own origin, as its own pages send it, that of the page which asks, and others: each but the one sent. */
function otherOrigins({ url, origin: sent, pageOrigin }: PlanFacts, ...more: string[]): Vary[] {
  const others = new Set([ownOrigin(url), ...(pageOrigin === undefined ? [] : [pageOrigin]), ...more])
  return [...others].filter((other) => other !== sent).map((origin) => ({ origin }))
}

/** A page may be refused where the server's own one is let in: asked whenever the first attempt opened. */
function asThePage({ pageOrigin, origin: sent }: PlanFacts): Variation[] {
  return pageOrigin === undefined || pageOrigin === sent ? [] : [glance({ origin: pageOrigin })]
}

/** The origin of a page that the same server delivers. */
export function ownOrigin(url: URL): string {
  return `${url.protocol === 'wss:' ? 'https' : 'http'}://${url.host}`
}

const toggledSlash = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) || '/' : `${path}/`)

/** Where a redirect leads, as the ws:// or wss:// URL that a client would have to open. */
export function locationOf(probe: ProbeEvidence, base: URL): string | undefined {
  const status = probe.http?.status ?? 0
  const location = probe.http?.headers?.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (status < 300 || status > 399 || location === undefined) return undefined
  const page = new URL(base.href.replace(/^ws/, 'http'))
  if (!URL.canParse(location, page)) return undefined
  const target = new URL(location, page)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return undefined
  target.hash = ''
  return target.href.replace(/^http/, 'ws')
}

function planAfterOpening(
  end: EndOnWire,
  first: ProbeEvidence,
  facts: PlanFacts,
  direct: readonly Vary[],
): Variation[] {
  const lastedMs = Math.max(0, (first.end?.ms ?? 0) - (first.http?.ms ?? 0))
  if (end.kind === 'close' && end.by === 'peer') {
    const watchMs = Math.min(lastedMs + 300, 3000)
    const beats = end.code === 1001 ? heartbeats(first) : []
    const varies = [...planAfterClose(end.code, facts), ...direct]
    return [...varies.map((vary) => ({ vary, watchMs })), ...beats]
  }
  if (end.kind === 'fin' || end.kind === 'rst') {
    const behind = direct.map((vary) => ({ vary, watchMs: lastedMs * 1.3 + 300 }))
    return [...asThePage(facts), ...heartbeats(first), ...behind]
  }
  const foreign = facts.origin === FOREIGN_ORIGIN ? [] : [glance({ origin: FOREIGN_ORIGIN })]
  return [...asThePage(facts), ...foreign, glance({ extensions: DEFLATE_OFFER })]
}

/** The server closed with a code: was it about who asked, or about the protocol asked for? */
function planAfterClose(code: number, facts: PlanFacts): Vary[] {
  const aboutWho = code === 1008 || code === 3000 || code === 3003 || code >= 4000
  const aboutHow = facts.subprotocols.length === 0 && (code === 1002 || code === 4406)
  return [
    ...(aboutWho && facts.origin !== null ? [{ origin: null }] : []),
    ...(aboutWho ? otherOrigins(facts) : []),
    ...(aboutHow ? [{ subprotocols: COMMON_SUBPROTOCOLS }] : []),
  ]
}

/** Milliseconds of silence before the end: since the last frame, or since the handshake. */
function silenceMs(probe: ProbeEvidence): number {
  const last = Math.max(probe.http?.ms ?? 0, ...(probe.frames ?? []).map((frame) => frame.ms ?? 0))
  return (probe.end?.ms ?? 0) - last
}

/** Cut in silence: try again with a beat three times as often, for more than twice as long as it lived. */
function heartbeats(probe: ProbeEvidence): Variation[] {
  const silence = silenceMs(probe)
  if (silence < SOONEST_IDLE_CUT_MS) return []
  const lastedMs = (probe.end?.ms ?? 0) - (probe.http?.ms ?? 0)
  // Whole seconds where there is room for them, so that the report reads well.
  const third = silence / 3000
  const heartbeatSeconds = third >= 1 ? Math.floor(third) : Math.max(0.1, Math.round(third * 20) / 20)
  return [{ vary: { heartbeat_seconds: heartbeatSeconds }, watchMs: Math.max(1200, lastedMs * 2 + 300) }]
}
