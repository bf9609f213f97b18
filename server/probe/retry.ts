/** One retry: the first attempt's options with one thing changed, and what is kept of its result. */
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import { changedIn, type RetryKind, type Varied, type Vary } from '#lib/evidence/retry-kinds.ts'
import type { ProbeEvidence, RetryEvidence } from '#lib/evidence/schema.ts'
import type { AttemptOptions } from '#server/probe/attempt.ts'
import { portOf } from '#server/probe/dial.ts'
import type { Variation } from '#server/probe/question.ts'

const LONGEST_BANNER = 200
/** Enough to see whether it is refused with the same words. */
const LONGEST_BODY = 400

/** What each kind of retry changes of the first attempt. */
const CHANGES: { readonly [Kind in RetryKind]: (value: Varied<Kind>, first: AttemptOptions) => Change } = {
  origin: (origin) => ({ origin }),
  subprotocols: (subprotocols) => ({ subprotocols }),
  heartbeat_seconds: (seconds) => ({ heartbeatMs: seconds * 1000 }),
  url: (url) => ({ url: new URL(url) }),
  location: (url) => ({ url: new URL(url) }),
  path: (path, { url }) => ({ url: changedUrl(url, { pathname: path }) }),
  query: (query, { url }) => ({ url: changedUrl(url, { search: query }) }),
  // The address is the session's: whoever opened it has it.
  session: () => ({}),
  scheme: (scheme, { url }) => ({
    url: changedUrl(url, { protocol: `${scheme}:`, port: String(portOf(url)) }),
  }),
  verify: (verify) => ({ verify }),
  extensions: (extensions) => ({ extensions }),
  again: () => ({}),
}

type Change = Partial<Omit<AttemptOptions, 'hold'>> & Pick<AttemptOptions['hold'], 'heartbeatMs'>

export function retryOptions({ vary, watchMs }: Variation, first: AttemptOptions): AttemptOptions {
  const changes = changedIn(vary).map((kind) => changeOf(kind, vary, first))
  const { heartbeatMs, ...changed }: Change = Object.assign({}, ...changes)
  const url = changed.url ?? first.url
  const downgraded = first.url.protocol === 'wss:' && url.protocol === 'ws:'
  const trusted = vary.url !== undefined || (url.hostname === first.url.hostname && !downgraded)
  return {
    ...first,
    ...changed,
    // Credentials and cookies are for whom the user named: not for wherever a redirect points, nor in clear.
    headers: trusted ? first.headers : [],
    hold: { ...first.hold, watchMs, closeInOrder: false, ...(heartbeatMs && { heartbeatMs }) },
  }
}

const changeOf = <Kind extends RetryKind>(kind: Kind, vary: Vary, first: AttemptOptions): Change =>
  CHANGES[kind](vary[kind] as Varied<Kind>, first)

const changedUrl = (url: URL, change: Partial<URL>): URL => Object.assign(new URL(url), change)

export function retryEvidence(vary: Vary, seen: ProbeEvidence): RetryEvidence {
  const { http, checks, end } = seen
  const failed = failedStage(seen)
  const body = http?.body_start ?? ''
  const frames = framesToViolation(seen)
  return {
    vary,
    ...(http?.status === undefined ? {} : { status: http.status }),
    ...(failed ? { failed } : {}),
    ...(http?.headers ? { headers: http.headers } : {}),
    ...(http?.status === undefined || body === '' ? {} : { body_start: body.slice(0, LONGEST_BODY) }),
    ...(checks ? { checks } : {}),
    ...(seen.first_message ? { first_message: { ...seen.first_message, ...bytesOfFirst(seen) } } : {}),
    ...(end ? { end } : {}),
    ...(frames.length > 0 ? { frames } : {}),
    ...(http?.not_http ? { not_http: body.slice(0, LONGEST_BANNER) } : {}),
  }
}

/** A binary message shows its protocol by its bytes. */
function bytesOfFirst({ last_messages: [kept] = [], first_message: first }: ProbeEvidence): {
  hex_start?: string
} {
  const isFirst = kept?.ms === first?.ms
  return isFirst && kept?.hex_start !== undefined ? { hex_start: kept.hex_start } : {}
}

/** The frames by which it broke the protocol: the last of them, which tells on its own or after the one before. */
function framesToViolation(seen: ProbeEvidence): NonNullable<ProbeEvidence['frames']> {
  const { frames = [] } = seen
  const outcome = outcomeOfProbe(seen)
  if (outcome.stage !== 'open' || outcome.end.kind !== 'violation') return []
  const at = outcome.end.violation.frame
  return at === undefined ? [] : frames.slice(Math.max(0, at - 1), at + 1)
}

function failedStage(seen: ProbeEvidence): RetryEvidence['failed'] {
  const outcome = outcomeOfProbe(seen)
  switch (outcome.stage) {
    case 'dns':
      return { stage: 'dns', ...(outcome.code && { code: outcome.code }) }
    case 'tcp':
    case 'tls':
      return { stage: outcome.stage, code: outcome.code || 'timeout' }
    default:
      return undefined
  }
}
