/** What one sentence says of how a connection ended, whoever printed it. */
import { say } from '#lib/facts/because.ts'
import { ENDING_SAYS, type Ending, type EndingKind, type Observer } from '#lib/facts/ending/ending.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { isLocalReport, isOfEither } from '#lib/protocol/close-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { meaningOfReason } from '#lib/words/close-reasons.ts'
import type { Meaning, SaidClose } from '#lib/words/meaning.ts'

/** Null: said of something else than an end, or without the reason that would name it. */
const KIND_OF = {
  'invalid-url': 'blocked',
  'invalid-subprotocol': 'blocked',
  csp: 'blocked',
  'mixed-content': 'blocked',
  'scheme-upgraded': null,
  'blocked-port': 'blocked',
  'local-network': 'blocked',
  'socket-limit': 'blocked',
  offline: 'blocked',
  'blocked-by-client': 'blocked',
  'closed-by-page': 'pending',
  'used-too-early': null,
  'not-built-in': null,
  'dns-failure': 'dns',
  refused: 'tcp',
  'no-connection': 'tcp',
  unreachable: 'tcp',
  'connect-timeout': 'tcp',
  'timed-out': 'lost',
  'cert-untrusted': 'tls',
  'cert-expired': 'tls',
  'cert-name': 'tls',
  'tls-version': 'tls',
  'tls-client-certificate': 'tls',
  'tls-garbled': 'tls',
  'plain-on-tls': 'refused',
  'forward-proxy': 'unanswered',
  'proxy-authentication': 'refused',
  'handshake-timeout': 'unanswered',
  'closed-before-answer': 'unanswered',
  'not-http': 'unanswered',
  http2: 'lost',
  status: 'refused',
  authentication: 'refused',
  redirect: 'refused',
  'bad-answer': 'refused',
  'bad-101': 'refused-101',
  subprotocol: 'refused-101',
  extension: 'refused-101',
  'upgrade-missing': 'refused',
  'http-version': 'refused',
  'handshake-header': 'refused',
  'origin-refused': 'refused',
  'origin-missing': 'refused',
  'host-refused': 'refused',
  unauthorized: 'refused',
  forbidden: 'refused',
  'no-route': 'refused',
  'plain-request': 'refused',
  'no-websocket-support': 'refused',
  'transport-unknown': 'refused',
  'upgrade-twice': 'lost',
  'session-unknown': 'refused',
  'application-protocol': 'refused',
  'first-message-missing': 'dropped',
  'rate-limited': 'refused',
  'too-many-connections': 'refused',
  'request-too-large': 'refused',
  'handler-failed': 'lost',
  'backend-refused': 'refused',
  'backend-unresolved': 'refused',
  'backend-timeout': 'refused',
  'backend-closed': 'refused',
  'backend-bad-answer': 'refused',
  'no-backend': 'refused',
  'upgrade-not-allowed': 'refused',
  'config-refused': null,
  close: 'closed',
  dropped: 'dropped',
  'process-ended': 'dropped',
  lost: 'lost',
  'never-opened': 'unopened',
  reset: 'lost',
  'hung-up': 'lost',
  'client-hung-up': 'dropped',
  frame: 'violated',
  'invalid-utf8': 'violated',
  'too-big': 'closed',
  compression: 'violated',
  interrupted: 'broken',
  'ping-timeout': 'given-up',
  'idle-timeout': 'dropped',
  'close-unanswered': 'closing',
  lifetime: 'dropped',
  'shutting-down': 'dropped',
  suspended: 'given-up',
  stalled: 'given-up',
  'network-changed': 'given-up',
  'page-left': 'closed',
  'not-reading': 'dropped',
  'closed-by-server': 'closed',
  'closed-by-client': 'closed',
  connecting: null,
  reached: null,
  opened: 'opened',
  ended: null,
  'nothing-said': null,
} satisfies Record<Meaning, EndingKind | null>

/** Statuses that go without saying: the one that RFC 9110 has for it, or nginx's. */
const STATUS_OF: Partial<Record<Meaning, number>> = {
  authentication: 401,
  'proxy-authentication': 407,
  'backend-refused': 502,
  'backend-unresolved': 502,
  'backend-closed': 502,
  'backend-bad-answer': 502,
  'backend-timeout': 504,
}

/** Said of a handshake that was answered, and not with a 101. */
export const isRefusal = (means: Meaning): boolean => KIND_OF[means] === 'refused'

/** The first that says more than that it ended, that it had opened, or that it did not. */
export const mostTelling = (ends: readonly Ending[]): Ending | undefined =>
  ends.find(({ kind }) => kind !== 'opened' && kind !== 'lost' && kind !== 'unopened') ??
  ends.find(({ kind }) => kind === 'unopened') ??
  ends.find(({ kind }) => kind !== 'opened') ??
  ends[0]

/** Undefined where the sentence is about something else than an end. */
export function endingOfWords(told: Told, seenBy: Observer): Ending | undefined {
  const { means, close, from, detail } = told
  const status = told.status ?? STATUS_OF[means]
  const kind = KIND_OF[means]
  if (kind === null) return undefined
  // What failed is no connection of a client, and may be why one failed.
  if (told.isOfStore) return undefined
  // A server that says that it stands still may be heard by all, and ends nobody’s connection with it.
  if (means === 'stalled' && told.side !== 'client' && told.unsure) return undefined
  if ((kind === 'refused' || kind === 'lost') && status !== undefined && status !== 101) {
    const says = sentence`The handshake was answered with HTTP ${status}`
    return { kind: 'answered', status, seenBy, because: [say(says, from)] }
  }
  if (kind === 'closed') return closedBy(told, seenBy)
  if (kind === 'lost' && told.phase !== undefined)
    return plain(told.phase === 'open' ? 'dropped' : 'unanswered', seenBy, told)
  // A Close frame in the same sentence tells more than that it ended.
  if (close && !isLocalReport(close.code) && kind !== 'given-up') return closedBy(told, seenBy)
  // Whoever speaks of its own ping gave the connection up; of a server's, the client is the one who was given up.
  if (kind === 'given-up' && told.side !== 'client') return plain('dropped', seenBy, told)
  return { ...plain(kind as PlainKind, seenBy, told), because: [say(detail, from)] }
}

/** The code that goes with it, where the words name none; who finds a message too big closes over it. */
const IMPLIED: Partial<Record<Meaning, SaidClose>> = {
  'closed-by-client': { code: 1000 },
  'page-left': { code: 1001 },
  'too-big': { code: 1009, way: 'sent' },
}

/** Who closed, whoever tells of it. */
const CLOSER: Partial<Record<Meaning, 'page' | 'peer'>> = {
  'closed-by-client': 'page',
  'page-left': 'page',
  'closed-by-server': 'peer',
}

function closedBy(told: Told, seenBy: Observer): Ending {
  const { means, close = IMPLIED[means] ?? { code: 1005 }, from, detail } = told
  const { code, reason = '', clean = !isLocalReport(code) || code === 1005 } = close
  // A server has an object for a connection that it accepted, and for no other.
  if (code === 1006)
    return {
      ...plain(told.side === 'server' ? 'dropped' : 'lost', seenBy, told),
      because: [say(detail, from)],
    }
  if (code === 1015) return { ...plain('tls', seenBy, told), because: [say(detail, from)] }
  const way = close.way ?? IMPLIED[means]?.way
  const isOfSpeaker = (way === 'sent') === (told.side === 'client')
  const by = CLOSER[means] ?? (isOfSpeaker ? 'page' : 'peer')
  // The end that closes over a pong that it did not get speaks of the other; that it was open all the same is no end.
  if (by === 'page' && told.side === 'client' && meaningOfReason(reason) === 'ping-timeout') {
    return { ...plain('given-up', seenBy, told), because: [say(detail, from)] }
  }
  const isUntold = isOfEither(code) && way === undefined && CLOSER[means] === undefined
  return {
    kind: 'closed',
    code,
    reason,
    clean,
    by,
    seenBy,
    because: [say(detail, from)],
    ...(isUntold && told.side === 'client' && { isUntold }),
  }
}

type PlainKind = Exclude<EndingKind, 'answered' | 'closed'>

const plain = (kind: PlainKind, seenBy: Observer, { from }: Told): Ending => ({
  kind,
  seenBy,
  because: [say(ENDING_SAYS[kind], from)],
})
