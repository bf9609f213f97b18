/**
 * The kinds of retry: what the probe changes when it tries again, in words, and which question the difference
 * answers. A new kind is a member of `variedMembers` in the schema; the compiler lists what it needs.
 */
import type { variedMembers } from '#lib/evidence/observers.ts'
import type { OpenEnd, RetryOutcome } from '#lib/evidence/probe-outcome.ts'
import type { RetryEvidence } from '#lib/evidence/schema.ts'

export type Vary = RetryEvidence['vary']
export type RetryKind = keyof typeof variedMembers
/** The value of one kind: null, where that is a change too (no Origin). */
export type Varied<Kind extends RetryKind> = Exclude<Vary[Kind], undefined>

/** What the result of a retry tells: `direct`, past what stands in between; `path`, elsewhere on the same server. */
export type RetryQuestion =
  | 'direct'
  | 'path'
  | 'version'
  | 'session'
  | 'origin'
  | 'subprotocols'
  | 'heartbeat'
  | 'scheme'
  | 'redirect'
  | 'certificate'
  | 'compression'
  | 'again'

type Row<Value> = {
  /** Completes “Trying again”. */
  says: (value: Value) => string
  /** @param isTarget whether a URL has the host and port of the first attempt's */
  asks: (value: Value, isTarget: (url: string) => boolean) => RetryQuestion
  /** As something that a person can go and get; null where no cause needs it. */
  wanted: string | null
}

const kinds = {
  url: {
    says: (url) => `directly to ${url}`,
    asks: (url, isTarget) => (isTarget(url) ? 'path' : 'direct'),
    wanted: 'a try at another URL, such as the server without the proxy',
  },
  /** null: no Origin header, as clients that are no browsers send none. */
  origin: {
    says: (origin) => (origin === null ? 'without an Origin' : `from ${origin}`),
    asks: () => 'origin',
    wanted: 'a try with another Origin',
  },
  subprotocols: {
    says: (names) => (names.length === 0 ? 'without subprotocols' : `asking for ${names.join(', ')}`),
    asks: () => 'subprotocols',
    wanted: 'a try with other subprotocols',
  },
  heartbeat_seconds: {
    says: (seconds) => `with a ping every ${seconds} s`,
    asks: () => 'heartbeat',
    wanted: 'a try with a heartbeat',
  },
  scheme: {
    says: (scheme) => `as ${scheme}:// on the same port`,
    asks: () => 'scheme',
    wanted: 'a try with ws:// instead of wss://, or the reverse',
  },
  /** Where a redirect leads. */
  location: {
    says: (url) => `where the redirect leads, ${url}`,
    asks: () => 'redirect',
    wanted: null,
  },
  /** A trailing slash more or less. */
  path: {
    says: (path) => `at ${path}`,
    asks: () => 'path',
    wanted: null,
  },
  /** Another version of the protocol above WebSocket. */
  query: {
    says: (query) => `with ${query}`,
    asks: () => 'version',
    wanted: null,
  },
  /** A session that a client opens by HTTP first: \`polling\`, \`negotiation\`. */
  session: {
    says: (name) =>
      name === 'address' ? 'with the session of the address' : `with a new session, opened by ${name}`,
    asks: () => 'session',
    wanted: null,
  },
  /** false: behind a certificate that fails its check. */
  verify: {
    says: () => 'ignoring the certificate error',
    asks: () => 'certificate',
    wanted: null,
  },
  /** An offer of compression. */
  extensions: {
    says: () => 'offering compression',
    asks: () => 'compression',
    wanted: null,
  },
  /** Nothing changed: whether the failure is there each time. */
  again: {
    says: () => 'with the first request as it was',
    asks: () => 'again',
    wanted: null,
  },
} satisfies { [Kind in RetryKind]: Row<Varied<Kind>> }

/** The kinds that a cause may name as missing. */
export type WantedRetry = {
  [Kind in RetryKind]: (typeof kinds)[Kind]['wanted'] extends string ? Kind : never
}[RetryKind]

const rows: { readonly [Kind in RetryKind]: Row<Varied<Kind>> } = kinds
const names = Object.keys(kinds) as RetryKind[]

/** What was changed, to complete “Trying again”. */
export function variationWords(vary: Vary): string {
  const words = changedIn(vary).map((kind) => saysOf(kind, vary))
  return words.length > 0 ? words.join(', ') : 'with another variation'
}

/** @returns undefined for a retry that changes two things, which settles neither */
export function questionOf(vary: Vary, isTarget: (url: string) => boolean): RetryQuestion | undefined {
  const [kind, ...more] = changedIn(vary)
  const changes = Object.values(vary).filter((value) => value !== undefined)
  return kind === undefined || more.length > 0 || changes.length > 1
    ? undefined
    : asksOf(kind, vary, isTarget)
}

/** The kinds that a retry is of: one, where it was made to settle something. */
export const changedIn = (vary: Vary): RetryKind[] => names.filter((kind) => vary[kind] !== undefined)

const saysOf = <Kind extends RetryKind>(kind: Kind, vary: Vary): string =>
  rows[kind].says(vary[kind] as Varied<Kind>)

const asksOf = <Kind extends RetryKind>(kind: Kind, vary: Vary, isTarget: (url: string) => boolean) =>
  rows[kind].asks(vary[kind] as Varied<Kind>, isTarget)

/** The kinds that a cause may ask for, in words. */
export const wantedRetries = names.flatMap((kind) => {
  const { wanted } = rows[kind]
  return wanted === null ? [] : [{ kind: kind as WantedRetry, wanted }]
})

/** What came of a retry, in a few words: `403`, `101, dropped`. */
export function resultWords(outcome: RetryOutcome): string {
  switch (outcome.stage) {
    case 'unmade':
      return 'not run'
    case 'unfinished':
      return 'no result'
    case 'dns':
      return `DNS failed: ${outcome.code}`
    case 'tcp':
      return `TCP failed: ${outcome.code || outcome.how}`
    case 'tls':
      return `TLS failed: ${outcome.code || outcome.how}`
    case 'handshake':
      return HANG_UPS[outcome.how]
    case 'answer':
      return String(outcome.status)
    case 'checks':
      return '101, invalid'
    case 'open':
      return openWords(outcome.end)
  }
}

const HANG_UPS = {
  silence: 'no answer',
  closed: 'closed without an answer',
  reset: 'reset',
  'not-http': 'not HTTP',
  error: 'failed',
}

function openWords(end: OpenEnd): string {
  switch (end.kind) {
    case 'unseen':
    case 'open':
    case 'left':
      return '101'
    case 'close':
      return end.by === 'probe' ? '101' : `101, closed with ${end.code}`
    case 'fin':
    case 'rst':
    case 'error':
      return '101, dropped'
    case 'violation':
      return `101, ${end.violation.short}`
  }
}
