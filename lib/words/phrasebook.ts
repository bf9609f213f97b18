/**
 * The phrasebook: one sentence of any known program → what it means. Where several phrases fit, that of the program
 * that the line or the caller names is taken, else the one that fits most of the line.
 */
import { isLocalReport } from '#lib/protocol/close-codes.ts'
import { createFinder } from '#lib/text/needles.ts'
import { circumstanceIn, isOfReload } from '#lib/words/circumstances.ts'
import { closeOf, isEventObject, isOfCloseEvent, saidOfClose } from '#lib/words/close-words.ts'
import { closerIn } from '#lib/words/closer.ts'
import { failureWordsOf } from '#lib/words/failure-words.ts'
import { isAgain, lifeWordsOf } from '#lib/words/life-words.ts'
import type { Meaning, Said, SaidClose, Side } from '#lib/words/meaning.ts'
import { needlesOf, type Phrase, type Program, sideIn } from '#lib/words/phrase.ts'
import { programs } from '#lib/words/programs.ts'
import { isTold } from '#lib/words/prose.ts'
import { saidOfStatus, statusPageOf } from '#lib/words/status-words.ts'
import { systemErrorOf, withAbort } from '#lib/words/system-words.ts'

export type Sentence = {
  /** Absent where only the shape or plain words were understood, whatever the program. */
  readonly program?: Program
  /** Absent where the program is known, and its words are understood as anybody's. */
  readonly phrase?: Phrase
  /** Undefined where the words are the same at both ends. */
  readonly side: Side | undefined
  readonly said: Said
  /** The part of the line that was understood. */
  readonly text: string
}

export type SentenceHints = {
  /** Id of the program that printed the line, where it is known. */
  readonly program?: string | undefined
  readonly side?: Side | undefined
}

/** Longest part of a line that is read: no program's sentence is longer. */
export const LONGEST_SENTENCE = 4000

type Entry = { readonly program: Program; readonly phrase: Phrase }

const entries: readonly Entry[] = programs.flatMap((program) =>
  program.phrases.map((phrase) => ({ program, phrase })),
)
const needles = entries.flatMap((entry) => needlesOf(entry.phrase).map((needle) => ({ entry, needle })))
const findNeedles = createFinder(needles.map(({ needle }) => needle))

/** The phrases of which a needle is in a text. */
function candidatesIn(text: string): ReadonlySet<Entry> {
  const found = new Set<Entry>()
  for (const index of findNeedles(text)) {
    const entry = needles[index]?.entry
    if (entry) found.add(entry)
  }
  return found
}

/** That it failed, and not why. */
const WITHOUT_REASON: ReadonlySet<Meaning> = new Set(['nothing-said', 'never-opened'])

const EMPTY = 1_000_000
const HINTED = 100_000
const MARKED = 10_000

/** Undefined where no program is known to print it, and no shape tells of a connection's life. Time grows with the line's length alone. */
export function readSentence(line: string, hints: SentenceHints = {}): Sentence | undefined {
  // Browsers set no-break spaces, and what is copied from a page has them.
  const text = line.slice(0, LONGEST_SENTENCE).replaceAll('\u00a0', ' ')
  const close = closeOf(text)
  // The reason in it may be a server’s words: only a client’s own are about the event.
  const event = close !== undefined && isEventObject(text)
  let best: { entry: Entry; said: Said; fit: string; at: number; weight: number } | undefined
  for (const entry of candidatesIn(text)) {
    const groups = entry.phrase.pattern.exec(text)
    if (!groups || (event && entry.program.side !== 'client')) continue
    const { said: meaning } = entry.phrase
    const said = typeof meaning === 'function' ? meaning(groups) : meaning
    const weight = weightOf(entry, said, groups[0], text, hints)
    const isStatus = best !== undefined && isStatusOf(best.said, said)
    if (best === undefined || isStatus || (weight > best.weight && !isStatusOf(said, best.said)))
      best = { entry, said, fit: groups[0], at: groups.index, weight }
  }
  if (best === undefined) return byShape(text, close)
  const { program, phrase } = best.entry
  if (WITHOUT_REASON.has(best.said.means) && close === undefined) {
    // Its reason may stand beside it, in anybody's words.
    const rest = `${text.slice(0, best.at)} ${text.slice(best.at + best.fit.length)}`
    const plain = failureWordsOf(rest, { aboutConnection: true })
    if (plain) return { program, side: phrase.side ?? program.side, said: plain.said, text }
  }
  const behind =
    program.side === undefined && phrase.side === undefined ? ofBackend(best.said, text) : undefined
  if (behind !== undefined) return { program, phrase, side: 'proxy', said: behind, text: best.fit }
  const stored =
    program.side === undefined && phrase.side === undefined ? ofStore(best.said, text) : undefined
  if (stored !== undefined) return { program, side: 'server', said: stored, text: best.fit }
  const accepted =
    program.side === undefined && phrase.side === undefined ? ofListener(best.said, text) : undefined
  if (accepted !== undefined) return { program, phrase, side: 'server', said: accepted, text: best.fit }
  const told = isTold(text, best.fit) ? ({ ...best.said, unsure: true } as const) : best.said
  const said = withAbort(withPhase(withStatus(withClose(told, close), text), text), text)
  return { program, phrase, side: sideIn({ program, phrase, text }), said, text: best.fit }
}

/** “Handshake error. Response code was not 101: 404”: the status says more than that there is one. */
const isStatusOf = (vague: Said, other: Said): boolean =>
  vague.means === 'bad-answer' && vague.status === undefined && other.status !== undefined

/** A system's error on the other side of a proxy, which says of which side it speaks. */
const BACKEND =
  /\bup-?streams?\b|(?<!\blookup )\bback-?ends?\b(?!:\d| on \d|\.\w)|\bproxy(?:ing)? (?:error|request|data)\b|\berror (?:while )?proxying\b|\bfailed to proxy\b|\[HPM\] WebSocket error\b|\bcould not proxy\b|\bdown-?stream server\b|\btarget server\b|\borigin (?:server|service)\b|\breverse ?proxy\b|\b50[234] (?:bad gateway|service unavailable|gateway time-?out)\b|\bConfigProxy\b|\boriginService\b|"status":50[234]\b/i

const BEHIND: Partial<Record<Meaning, Meaning>> = {
  refused: 'backend-refused',
  unreachable: 'backend-refused',
  'dns-failure': 'backend-unresolved',
  'connect-timeout': 'backend-timeout',
  'timed-out': 'backend-timeout',
  reset: 'backend-closed',
  lost: 'backend-closed',
  'closed-before-answer': 'backend-closed',
  'not-http': 'backend-bad-answer',
  'tls-garbled': 'backend-bad-answer',
  'plain-on-tls': 'backend-bad-answer',
  'cert-untrusted': 'backend-bad-answer',
  'cert-expired': 'backend-bad-answer',
  'cert-name': 'backend-bad-answer',
}

function ofBackend(said: Said, text: string): Said | undefined {
  const means = BEHIND[said.means]
  return means !== undefined && BACKEND.test(text) ? { ...said, means } : undefined
}

/** Ports and names of what a server keeps its data in, which speaks no WebSocket. */
const STORE =
  /[:,] ?(?:6379|6380|26379|5432|3306|1433|27017|5672|9092|11211|9200)\b|\b(?:redis|valkey|postgres\w{0,3}|psycopg2?|mysql|mariadb|mongo(?:db|ose)?|rabbitmq|amqp|kafka|memcached|elasticsearch)\b(?![.-](?:\w{1,30}-)?(?:ws|wss|web-?sockets?|sockets?|gateway|proxy|realtime)\b)/i
const NO_CONNECTION: ReadonlySet<Meaning> = new Set([
  'refused',
  'unreachable',
  'no-connection',
  'connect-timeout',
  'timed-out',
  'dns-failure',
])

/** Whose connection it is: not the WebSocket’s, and its handler fails with it. */
const ofStore = (said: Said, text: string): Said | undefined =>
  NO_CONNECTION.has(said.means) && STORE.test(text)
    ? { means: 'handler-failed', unsure: true, isOfStore: true }
    : undefined

/** A TLS library’s error at the end that listens. */
const ACCEPTING =
  /\b(?:accept(?:ing|ed)?|incoming|inbound)\b.{0,40}\b(?:tls|ssl|connection|client|stream|socket)\b|\b(?:tls|ssl)\b.{0,20}\baccept(?:or|ing|ed)?\b|\bhand-?shake (?:error|failed|failure)? ?(?:from|with) (?:client|peer|remote)\b/i

/** What came to it is no TLS: it listens for TLS, and somebody spoke without. */
function ofListener(said: Said, text: string): Said | undefined {
  if (!ACCEPTING.test(text)) return undefined
  return said.means === 'tls-garbled' ? { ...said, means: 'plain-on-tls', unsure: true } : undefined
}

/** What a server or client may put into the reason of a Close frame; a code beside other words has other makers. */
const REASONS: ReadonlySet<Meaning> = new Set([
  'nothing-said',
  'lost',
  'ping-timeout',
  'idle-timeout',
  'lifetime',
  'shutting-down',
  'not-reading',
  'too-big',
  'frame',
  'invalid-utf8',
  'compression',
  'unauthorized',
  'forbidden',
  'origin-refused',
  'session-unknown',
  'rate-limited',
  'too-many-connections',
  'subprotocol',
  'application-protocol',
  'first-message-missing',
  'handler-failed',
  'closed-by-server',
  'closed-by-client',
])

/** Set behind a line where the lines around it tell that. */
export const BEFORE_ACCEPTED = '(before it was accepted)'
export const AFTER_ACCEPTED = '(after it was accepted)'

/** What the handler of a handshake fails with is answered with 500 by every server that has handlers for handshakes. */
function withPhase(said: Said, text: string): Said {
  if (said.means !== 'handler-failed') return said
  if (text.endsWith(BEFORE_ACCEPTED)) return { ...said, phase: 'handshake', status: 500 }
  return text.endsWith(AFTER_ACCEPTED) ? { ...said, phase: 'open' } : said
}

/** `bad handshake` and its like, and a field of the same line has what was answered. */
const STATUS_BESIDE =
  /\b(?:(?:status(?:[ _]?code)?|resp(?:onse)?)["']?[=:] ?["']?|HTTP(?:\/[\d.]{1,3})?[ :]{1,2})([2-5]\d\d)\b(?! ?(?:ms|bytes)\b)/i

function withStatus(said: Said, text: string): Said {
  if (said.means !== 'bad-answer' || said.status !== undefined) return said
  const status = STATUS_BESIDE.exec(text)?.[1]
  return status === undefined ? said : saidOfStatus(status)
}

/** The code that stands beside a program's words: they are its reason, or say why it was sent. */
function withClose(said: Said, close: SaidClose | undefined): Said {
  if (close === undefined || said.close !== undefined || said.status !== undefined) return said
  if (!REASONS.has(said.means) || isLocalReport(close.code)) return said
  return said.means === 'nothing-said' ? { ...said, means: 'close', close } : { ...said, close }
}

function weightOf(
  { program, phrase }: Entry,
  said: Said,
  fit: string,
  text: string,
  hints: SentenceHints,
): number {
  // “fetch failed: connect ECONNREFUSED”: what says nothing never wins over a reason in the same line.
  const empty = said.means === 'nothing-said' ? -EMPTY : said.means === 'never-opened' ? -EMPTY / 2 : 0
  const hinted = hints.program === program.id ? HINTED : 0
  const marked = program.mark?.test(text) ? MARKED : 0
  const sided = hints.side !== undefined && hints.side === (phrase.side ?? program.side) ? MARKED / 10 : 0
  return empty + hinted + marked + sided + fit.length
}

/** What no program is known to print: a close code or a system's error in any shape, or an opening, an end or a failure in somebody's own words. */
function byShape(text: string, close: SaidClose | undefined): Sentence | undefined {
  // A code that was never sent says less than when it happens.
  const circumstance = circumstanceIn(text)
  if (circumstance && (close === undefined || isLocalReport(close.code))) {
    const isEnd = circumstance.means === 'shutting-down'
    return { side: isEnd ? (isOfReload(text) ? 'proxy' : 'server') : 'client', said: circumstance, text }
  }
  if (close !== undefined) {
    const gaveUp = close.reason === undefined || close.reason === '' ? gaveUpIn(text, close) : undefined
    if (gaveUp) return gaveUp
    const closer = isEventObject(text) || close.way === 'received' ? undefined : closerIn(text, close.code)
    if (closer) return { side: closer.side, said: { means: closer.means, close }, text }
    return { side: isOfCloseEvent(text) ? 'client' : undefined, said: saidOfClose(close), text }
  }
  const page = statusPageOf(text)
  if (page) return { side: undefined, said: page, text }
  const system = systemErrorOf(text)
  if (system) {
    const behind = ofBackend(system, text)
    return behind
      ? { side: 'proxy', said: behind, text }
      : { side: undefined, said: withAbort(system, text), text }
  }
  const failure = failureWordsOf(text)
  if (failure) return { ...failure, text }
  const life = lifeWordsOf(text)
  if (life) return { side: life.side, said: { means: life.means, unsure: true }, text }
  return isAgain(text) ? { side: undefined, said: { means: 'nothing-said', isAgain: true }, text } : undefined
}

/** “No pong for 30 s, closing with 1000”: the frame is in order, and why it was sent stands before it. */
function gaveUpIn(text: string, close: SaidClose): Sentence | undefined {
  const words = failureWordsOf(text, { aboutConnection: true })
  if (words?.said.means !== 'ping-timeout' || isLocalReport(close.code)) return undefined
  return { side: words.side, said: { ...words.said, close }, text }
}

/** The phrase at `/playbook/messages/<program>/<phrase>`. */
export function phraseOf(programId: string, phraseId: string): Entry | undefined {
  return entries.find(({ program, phrase }) => program.id === programId && phrase.id === phraseId)
}

/** The page of one phrase. */
export const phrasePath = ({ id }: Pick<Program, 'id'>, phrase: Pick<Phrase, 'id'>): string =>
  `/playbook/messages/${id}/${phrase.id}`
