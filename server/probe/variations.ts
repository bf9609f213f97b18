/**
 * Which questions a first result calls for: the probe again with one thing changed, so that the difference names the hop
 * or the rule. Pure, so that every decision can be read and tested.
 */
import { isBareHost, placesOf } from '#lib/applications/bare-host.ts'
import { commonSubprotocols, subprotocolsAt } from '#lib/applications/subprotocols.ts'
import { headerValue } from '#lib/evidence/headers.ts'
import {
  type EndOnWire,
  endOnWire,
  type OpenEnd,
  outcomeOfRetry,
  type ProbeFailure,
  type ProbeOutcome,
  type RetryOutcome,
} from '#lib/evidence/probe-outcome.ts'
import type { Vary } from '#lib/evidence/retry-kinds.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'
import {
  all,
  beyond,
  GLANCE_MS,
  glance,
  lastedOf,
  type PlanFacts,
  type Question,
  untilOne,
  type Variation,
} from '#server/probe/question.ts'

/** Nobody's application: whoever accepts this accepts any website. */
export const FOREIGN_ORIGIN = 'https://foreign.example'
/** Browsers make this offer, window bits and all. */
export const DEFLATE_OFFER = 'permessage-deflate; client_max_window_bits'
/** A cut sooner than this after the opening is no idle timer's. */
const SOONEST_IDLE_CUT_MS = 400
/** An end sooner than this after the opening may be about who asked, or for what. */
const EARLY_MS = 1500

/** In the order in which they are asked. */
export function questionsFor(outcome: ProbeOutcome, first: ProbeEvidence, facts: PlanFacts): Question[] {
  switch (outcome.stage) {
    case 'unfinished':
    case 'dns':
    case 'tcp':
      return []
    case 'tls':
      return [all(...planAfterTls(outcome, first, facts).map(glance))]
    case 'handshake':
      return [...planAfterHangUp(outcome, first, facts), ...past(facts, GLANCE_MS)]
    case 'answer':
      return [...planAfterRefusal(outcome.status, first, facts), ...past(facts, GLANCE_MS)]
    case 'checks': {
      const wasAsked = outcome.failed.includes('subprotocol') && facts.subprotocols.length > 0
      return [...(wasAsked ? [untilOne(glance({ subprotocols: [] }))] : []), ...past(facts, GLANCE_MS)]
    }
    case 'open':
      return planAfterOpening(outcome.end, first, facts)
  }
}

/** Past what stands in between: of interest whatever else opens. */
const past = ({ direct }: PlanFacts, watchMs: number): Question[] =>
  direct === undefined ? [] : [{ ...all({ vary: { url: direct }, watchMs }), always: true }]

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

/** No answer in HTTP. A TLS port answers plain HTTP with an alert or by hanging up; one that says nothing is no TLS port. */
function planAfterHangUp(
  outcome: Extract<ProbeFailure, { stage: 'handshake' }>,
  first: ProbeEvidence,
  facts: PlanFacts,
): Question[] {
  const start = first.http?.body_start ?? ''
  // Half a head in plain HTTP says what is spoken here.
  const isHttp = start.startsWith('HTTP/')
  const isPlain = facts.url.protocol === 'ws:' && outcome.how !== 'silence' && !isHttp
  // The greeting of another protocol greets everybody.
  const isForeign = outcome.how === 'not-http' && !isText(start)
  return [
    ...(isPlain ? [untilOne(glance({ scheme: 'wss' }))] : []),
    ...(isForeign ? [] : [aboutOrigin(facts, GLANCE_MS)]),
    ...(outcome.how === 'not-http' || isHttp ? [] : aboutSubprotocols(outcome, facts, GLANCE_MS)),
  ]
}

const isText = (start: string): boolean => /^[\t\r\n\x20-\x7e]*$/.test(start)

/** Statuses of a server that may know the same path with, or without, the last slash. */
const MISSES: ReadonlySet<number> = new Set([200, 400, 403, 404, 405, 410, 500, 501])
/** Who answers these was never asked, or wants to be asked less. */
const LATER: ReadonlySet<number> = new Set([407, 408, 413, 414, 429, 431, 511])
/** Statuses by which a server may refuse what it is asked to speak. */
const MISUNDERSTANDINGS: ReadonlySet<number> = new Set([400, 403, 406, 415, 421, 422, 500, 501])

function planAfterRefusal(status: number, first: ProbeEvidence, facts: PlanFacts): Question[] {
  const { url } = facts
  const body = first.http?.body_start ?? ''
  const wantsTls = url.protocol === 'ws:' && status === 400 && /https|\bssl\b|\btls\b/i.test(body)
  const location = locationOf(first, url)
  if (location !== undefined) return [all(glance({ location }))]
  if (LATER.has(status) || (status >= 300 && status < 400)) return []
  const mayMisunderstand = MISUNDERSTANDINGS.has(status) || subprotocolsAt(url.pathname).length > 0
  return [
    ...(wantsTls ? [untilOne(glance({ scheme: 'wss' }))] : []),
    ...(MISSES.has(status) && url.pathname !== '/'
      ? [untilOne(glance({ path: toggledSlash(url.pathname) }))]
      : []),
    ...(MISSES.has(status) ? usualPlaces(url) : []),
    aboutOrigin(facts, GLANCE_MS, ...(status === 403 ? [FOREIGN_ORIGIN] : [])),
    ...(mayMisunderstand ? aboutSubprotocols({ stage: 'answer', status }, facts, GLANCE_MS) : []),
  ]
}

/** A host without a path: where libraries put their WebSocket unless they are told otherwise. */
const usualPlaces = (host: URL): Question[] =>
  isBareHost(host)
    ? [
        untilOne(
          ...placesOf(host).map(({ url, subprotocols: [first] }) =>
            glance({ url, ...(first !== undefined && { subprotocols: [first] }) }),
          ),
        ),
      ]
    : []

/** Without an Origin, and from others than the one that was sent. */
function aboutOrigin(facts: PlanFacts, watchMs: number, ...more: string[]): Question {
  const bare: Vary[] = facts.origin === null ? [] : [{ origin: null }]
  return all(...[...bare, ...otherOrigins(facts, ...more)].map((vary) => ({ vary, watchMs })))
}

/**
 * Those that are usual at this path, one by one; then all common ones at once. Only where that shows that the server
 * minds them does each follow alone: some take the first that is offered, whatever it is.
 */
function aboutSubprotocols(first: ProbeFailure | OpenFailure, facts: PlanFacts, watchMs: number): Question[] {
  if (facts.hasSpoken) return []
  const asked = facts.subprotocols
  const usual = subprotocolsAt(facts.url.pathname).filter((name) => !asked.includes(name))
  const others = commonSubprotocols.filter((name) => !asked.includes(name))
  const each = (names: readonly string[]) =>
    names.map((name) => ({ vary: { subprotocols: [name] }, watchMs }))
  const none = asked.length > 0 ? [{ vary: { subprotocols: [] }, watchMs }] : []
  const alone = asked.length > 1 ? each(asked) : []
  const atOnce = { subprotocols: others }
  return [
    untilOne(...none, ...alone, ...each(usual)),
    untilOne({ vary: atOnce, watchMs }),
    {
      tries: (made) => {
        const together = made.find(({ vary }) => vary.subprotocols?.length === others.length)
        if (!together || !showsInterest(together, first)) return []
        const likeliest =
          headerValue(together.headers, 'sec-websocket-protocol') ??
          (first.stage === 'handshake' && first.how === 'silence' ? LEAVES_OTHERS_SILENT : undefined)
        const names = others.filter((name) => !usual.includes(name))
        return each(names.toSorted((a, b) => Number(b === likeliest) - Number(a === likeliest)))
      },
      untilOne: true,
      // Which of them it was that opened.
      always: true,
    },
  ]
}

/** Vite's server answers no upgrade but its own client's. */
const LEAVES_OTHERS_SILENT = 'vite-hmr'

/** An end of an open connection, as far as it tells one from another. */
type OpenFailure = { stage: 'open'; end: OpenEnd }

/** The server picked one of them, or ended otherwise than before. A 101 without a choice minds none. */
function showsInterest(retry: RetryEvidence, first: ProbeFailure | OpenFailure): boolean {
  const outcome = outcomeOfRetry(retry)
  if (outcome.stage === 'checks' || outcome.stage === 'unmade') return false
  const picked = headerValue(retry.headers, 'sec-websocket-protocol') !== undefined
  return picked || signature(outcome) !== signature(first)
}

function signature(outcome: RetryOutcome | ProbeFailure | OpenFailure): string {
  switch (outcome.stage) {
    case 'answer':
      return `answer ${outcome.status}`
    case 'handshake':
      return `handshake ${outcome.how}`
    case 'open': {
      const end = endOnWire(outcome.end)
      return `open ${end.kind} ${end.kind === 'close' ? end.code : ''}`
    }
    default:
      return outcome.stage
  }
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

function planAfterOpening(end: OpenEnd, first: ProbeEvidence, facts: PlanFacts): Question[] {
  const onWire = endOnWire(end)
  const lastedMs = lastedOf(first)
  const isBroken = end.kind === 'violation'
  if (onWire.kind === 'close' && onWire.by === 'peer' && !isBroken)
    return planAfterClose(onWire, end, first, facts)
  if ((onWire.kind === 'fin' || onWire.kind === 'rst') && !isBroken) {
    const watchMs = beyond(lastedMs)
    const isEarly = lastedMs < EARLY_MS
    return [
      isEarly ? aboutOrigin(facts, watchMs) : all(...asThePage(facts)),
      // Before the subprotocols, whose many tries may take all the time there is.
      all(...heartbeats(first)),
      ...(isEarly ? aboutSubprotocols({ stage: 'open', end }, facts, watchMs) : []),
      ...past(facts, lastedMs * 1.3 + 300),
    ]
  }
  const foreign = facts.origin === FOREIGN_ORIGIN ? [] : [glance({ origin: FOREIGN_ORIGIN })]
  return [all(...asThePage(facts), ...foreign, glance({ extensions: DEFLATE_OFFER }))]
}

/** Said of the server, and not of who asked or for what. */
const ABOUT_ITSELF: ReadonlySet<number> = new Set([1001, 1012, 1013])
/** Of a message that the server got. */
const ABOUT_DATA: ReadonlySet<number> = new Set([1003, 1007, 1009])

/** The server closed with a code: was it about who asked, or about the protocol asked for? */
function planAfterClose(
  { code }: Extract<EndOnWire, { kind: 'close' }>,
  end: OpenEnd,
  first: ProbeEvidence,
  facts: PlanFacts,
): Question[] {
  const isEarly = lastedOf(first) < EARLY_MS && !ABOUT_ITSELF.has(code)
  const aboutWho = code === 1008 || code === 3000 || code === 3003 || code >= 4000
  const aboutHow = code === 1002 || code === 4406
  const watchMs = beyond(lastedOf(first))
  return [
    ...(isEarly || aboutWho ? [aboutOrigin(facts, watchMs)] : []),
    ...(aboutHow || (isEarly && !ABOUT_DATA.has(code))
      ? aboutSubprotocols({ stage: 'open', end }, facts, watchMs)
      : []),
    ...past(facts, watchMs),
    ...(code === 1001 ? [all(...heartbeats(first))] : []),
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
