/**
 * The lives of connections as lines with times beside them tell them: opened, last message, ended. The last that ended
 * is the one in question, all of them are its peers, so that equal ages and silences show.
 */
import type { BrowserEvent, PeerEvidence } from '#lib/evidence/schema.ts'
import { passedMs } from '#lib/intake/times.ts'
import type { Said, SaidClose } from '#lib/words/meaning.ts'

export type LifeLine = {
  readonly said: Said | { readonly means: 'message' }
  /** As `timeIn` gives it. */
  readonly atMs: number | undefined
  /** The line itself: ids in it tell one connection from another. */
  readonly text: string
}

export type Lives = {
  /** Of the last connection that ended, else of the last that opened. */
  events: BrowserEvent[]
  /** All that ended at a known time, or at a known age; empty for one alone. */
  peers: PeerEvidence[]
  /** An opening, and an end, was seen of the connection that `events` tell of. */
  isWhole: boolean
  isEnded: boolean
  /** By what is no end in order: without it a server’s line about an end says only that a client is gone. */
  isLost: boolean
}

type Life = {
  keys: ReadonlySet<string>
  openedMs?: number
  opened: boolean
  /** Times of messages, in order. */
  movedMs: number[]
  closedMs?: number
  /** As the line about its end has it. */
  ageMs?: number
  ended: boolean
  close?: SaidClose
  closedByItself?: boolean
  isLost?: boolean
}

/** How a line says that an open connection ended, and the code that its client then reports; undefined where it is not said. */
const ENDS: Partial<Record<Said['means'], number | undefined>> = {
  dropped: 1006,
  interrupted: 1006,
  reset: 1006,
  'timed-out': 1006,
  'ping-timeout': 1006,
  'closed-by-server': 1005,
  'closed-by-client': 1000,
  'idle-timeout': undefined,
  'shutting-down': undefined,
  lifetime: undefined,
  suspended: undefined,
  lost: undefined,
  ended: undefined,
}

/** Said of handshakes as well: without an opening before it no life ended. */
const DOUBTFUL: ReadonlySet<Said['means']> = new Set([
  'lost',
  'reset',
  'hung-up',
  'timed-out',
  'suspended',
  'ended',
  'shutting-down',
])

/** Two lines about one event are no further apart. */
const TOGETHER_MS = 2000
/** Bounds what a log of a busy server costs: a new line is compared with this many connections. */
const MOST_OPEN = 200
const MOST_LIVES = 5000

export type LivesReader = {
  add: (line: LifeLine) => void
  /** A connection is open: what is written beside it may be its messages. */
  isOpen: () => boolean
  read: () => Lives
}

/** @param side whose lines they are: a client has one connection after the other, a server many at once */
export function createLives(side: 'client' | 'server'): LivesReader {
  const lives: Life[] = []
  let open: Life[] = []

  const begin = (life: Life): Life => {
    if (lives.length < MOST_LIVES) lives.push(life)
    if (!life.ended) open = [...open.slice(-MOST_OPEN + 1), life]
    return life
  }
  /** The connection that a line is about: the one that shares an id with it, else the last that opened. */
  const chosen = (keys: ReadonlySet<string>): Life | undefined => {
    const shared = open.findLast((life) => [...keys].some((key) => life.keys.has(key)))
    // Of several clients nobody knows which it was.
    return shared ?? (side === 'client' || open.length === 1 ? open.at(-1) : undefined)
  }
  const openings = ({ atMs, text }: LifeLine): void => {
    const keys = keysIn(text)
    const last = open.at(-1)
    // “Connected” of a library and “onopen” of its program are one opening.
    const isSame = last !== undefined && last.movedMs.length === 0 && isTogether(last.openedMs, atMs)
    if (isSame && (keys.size === 0 || last.keys.size === 0)) return
    begin({ keys, opened: true, ended: false, movedMs: [], ...(atMs !== undefined && { openedMs: atMs }) })
  }
  const endings = (line: LifeLine, close: SaidClose | undefined, means: Said['means']): void => {
    const { atMs, text } = line
    const keys = keysIn(text)
    const known = chosen(keys)
    const last = lives.at(-1)
    const ageMs = ageIn(text)
    // An end is told by whoever notices it: an event, a Close frame, a loop that breaks.
    const isTold =
      last?.ended &&
      ((side === 'client' && isUnanswered(last, close, atMs)) ||
        (isTogether(last.closedMs, atMs) && isSameEnd(last, { close, ageMs, atMs })))
    if (known === undefined && isTold) {
      if (close !== undefined)
        last.close = isAnswer(last.close, close) ? { ...close, ...last.close } : { ...last.close, ...close }
      last.closedMs ??= atMs
      return
    }
    if (known === undefined && DOUBTFUL.has(means)) return
    const life = known ?? begin({ keys, opened: wasOpen(means, close), ended: true, movedMs: [] })
    open = open.filter((each) => each !== life)
    life.ended = true
    if (close !== undefined) life.close = close
    if (means === 'closed-by-client' || close?.way === 'sent') life.closedByItself = true
    if (means === 'lost') life.isLost = true
    if (atMs !== undefined) life.closedMs = atMs
    if (ageMs !== undefined) tellAge(life, ageMs, silenceIn(text))
  }

  return {
    add(line) {
      const { said, atMs } = line
      if (said.means === 'opened') return openings(line)
      if (said.means === 'message') {
        const last = chosen(keysIn(line.text))
        if (last && atMs !== undefined) moved(last, atMs)
        return
      }
      if (said.means === 'close') return endings(line, said.close, said.means)
      if (!(said.means in ENDS)) return
      const code = ENDS[said.means]
      endings(line, said.close ?? (code === undefined ? undefined : { code }), said.means)
    },
    isOpen: () => open.length > 0,
    read() {
      const ended = lives.filter((life) => life.ended)
      const last = ended.at(-1) ?? lives.at(-1)
      if (last === undefined) return { events: [], peers: [], isWhole: false, isEnded: false, isLost: false }
      const timed = ended.filter(({ closedMs, ageMs }) => closedMs !== undefined || ageMs !== undefined)
      return {
        events: eventsOf(last),
        peers: timed.length > 1 ? timed.map(peerOf) : [],
        isWhole: last.opened,
        isEnded: last.ended,
        isLost: last.close?.code === 1006 || last.isLost === true,
      }
    },
  }
}

/** Of more messages every second one is kept: what matters are the last and the longest pause. */
const MOST_MESSAGES = 2000

function moved(life: Life, atMs: number): void {
  if (life.movedMs.length >= MOST_MESSAGES) life.movedMs = life.movedMs.filter((_, at) => at % 2 === 1)
  life.movedMs.push(atMs)
}

const isTogether = (earlierMs: number | undefined, laterMs: number | undefined): boolean =>
  earlierMs === undefined || laterMs === undefined || passedMs(earlierMs, laterMs) <= TOGETHER_MS

/**
 * Two codes are two ends; so are two ages, and two lines without times that say the same. A client’s own Close frame
 * comes back to it.
 */
const isSameEnd = (
  life: Life,
  {
    close: other,
    ageMs,
    atMs,
  }: { close: SaidClose | undefined; ageMs: number | undefined; atMs: number | undefined },
): boolean => {
  const { close, closedMs, closedByItself } = life
  if (ageMs !== undefined && life.ageMs !== undefined && ageMs !== life.ageMs) return false
  if (close === undefined || other === undefined || isAnswer(close, other)) return true
  return (
    close.code === other.code && (closedMs !== undefined || atMs !== undefined || closedByItself === true)
  )
}

/** Whoever closes itself and then reports that no Close frame, or an empty one, came had one end. */
const isUnanswered = (life: Life, close: SaidClose | undefined, atMs: number | undefined): boolean =>
  life.closedByItself === true &&
  (close?.code === 1005 || close?.code === 1006) &&
  (life.closedMs === undefined || atMs === undefined || passedMs(life.closedMs, atMs) <= UNANSWERED_MS)

/** Longer than any client waits for the answer to its Close frame. */
const UNANSWERED_MS = 120_000

/** The Close frame that answers one: it tells nothing of why, and its code may be another. */
const isAnswer = (close: SaidClose | undefined, other: SaidClose): boolean =>
  close?.way !== undefined && other.way !== undefined && close.way !== other.way

/** Whoever writes down how old it was had it open, whether its opening was written down or not. */
function tellAge(life: Life, ageMs: number, silenceMs: number | undefined): void {
  life.ageMs = ageMs
  const { closedMs, openedMs } = life
  life.opened = true
  if (openedMs !== undefined || closedMs === undefined || closedMs < ageMs) return
  life.openedMs = closedMs - ageMs
  if (silenceMs !== undefined && silenceMs <= ageMs) moved(life, closedMs - silenceMs)
}

const AMOUNT =
  '(?:[_ ]?(?<before>ms|s|sec|secs|seconds|millis))?["\']?[=:][ ]?["\']?(?<amount>\\d{1,9}(?:\\.\\d{1,6})?) ?(?<behind>ms|s|sec|secs|seconds|m|min|minutes|h)?(?![\\w.:])'
/** What a line about an end says of the connection itself: `age=8123s`, `"duration_ms":41200`, `last_message=2s`. */
const AGE = new RegExp(
  `(?<![\\w.-])(?:age|duration|lifetime|lasted|lived|uptime|conn(?:ection)?_?(?:age|time|duration)|(?:connected|open|alive)[_ ]?for)${AMOUNT}`,
  'i',
)
const SILENCE = new RegExp(
  `(?<![\\w.-])(?:last_?(?:message|msg|seen|activity|data|frame|rx)|idle|silent|since_?last)(?:_?ago)?${AMOUNT}`,
  'i',
)
const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  millis: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minutes: 60_000,
  h: 3_600_000,
}

/** Undefined where it has no unit. */
function amountIn(text: string, pattern: RegExp): number | undefined {
  const { before, amount, behind } = pattern.exec(text.slice(0, LONGEST_LINE))?.groups ?? {}
  const unitMs = UNITS_MS[(behind ?? before ?? '').toLowerCase()]
  return amount === undefined || unitMs === undefined ? undefined : Number(amount) * unitMs
}

/** `closed: code=1006 after 60012ms`, `disconnected after 59.8 s`. */
const AFTER =
  /\b(?:clos(?:ed?|ing)|disconnected|dropped|ended|lost|terminated)\b[^;\n]{0,120}? after (?<amount>\d{1,9}(?:\.\d{1,6})?) ?(?<behind>ms|s|sec|secs|seconds|m|min|minutes|h)\b/i
/** What comes after that time is yet to come, or another's. */
const OF_OTHERS =
  /\b(?:re-?connect|re-?try|again|next|back-?off|attempts?|wait(?:ing|ed)?|pings?|pongs?|silence|inactiv)/i

const LONGEST_LINE = 500
const ageIn = (text: string): number | undefined =>
  amountIn(text, AGE) ?? (OF_OTHERS.test(text) ? undefined : amountIn(text, AFTER))
const silenceIn = (text: string): number | undefined => amountIn(text, SILENCE)

/** Words that could be an id: a digit in them, or a name after `=`; times, sizes and codes are none. */
const KEY = /(?<![\w.:-])(?:[a-z_]{1,20}[=:] ?)?["'#[(]?([\w:@.-]{0,60}\d[\w:@.-]{0,60})/gi
const NO_KEY =
  /^(?:\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?\w?|\d{4}-\d\d-\d\dT?.*|\d+(?:\.\d+)?(?:ms|s|m|h|kb|b|%)?|1\d{9,12})$/i
const MOST_KEYS = 12

function keysIn(text: string): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const [, key = ''] of text.slice(0, 500).matchAll(KEY)) {
    // A short number may be an id as well, as long as it is no close code.
    const isNumber = /^\d{1,6}$/.test(key) && !/^(?:1\d{3}|[34]\d{3})$/.test(key)
    if (isNumber || !NO_KEY.test(key)) keys.add(key)
    if (keys.size >= MOST_KEYS) break
  }
  return keys
}

/** A Close frame was received, or the words say that it had been open. 1006 and 1015 alone say neither. */
const wasOpen = (means: Said['means'], close: SaidClose | undefined): boolean =>
  means === 'close' ? close?.code !== 1006 && close?.code !== 1015 : true

function eventsOf({
  opened,
  ended,
  openedMs,
  movedMs,
  closedMs,
  ageMs,
  close,
  closedByItself,
}: Life): BrowserEvent[] {
  const since = (atMs: number | undefined): number =>
    openedMs === undefined || atMs === undefined ? 0 : passedMs(openedMs, atMs)
  const events: BrowserEvent[] = opened ? [{ ms: 0, type: 'open' }] : []
  for (const atMs of movedMs) events.push({ ms: since(atMs), type: 'message' })
  if (!ended) return events
  const ms = closedMs === undefined ? (ageMs ?? 0) : since(closedMs)
  if (closedByItself) events.push({ ms, type: 'close_called' })
  events.push({
    ms,
    type: 'close',
    ...(close && { code: close.code }),
    ...(close?.reason !== undefined && { reason: close.reason }),
    ...(close?.clean !== undefined && { was_clean: close.clean }),
  })
  return events
}

function peerOf({ openedMs, movedMs, closedMs, ageMs: toldMs, close }: Life): PeerEvidence {
  const lastMs = movedMs.at(-1)
  const code = close && { code: close.code }
  if (closedMs === undefined) return { ...(toldMs !== undefined && { age_ms: toldMs }), ...code }
  if (openedMs === undefined) return { closed_ms: closedMs, ...code }
  const ageMs = passedMs(openedMs, closedMs)
  return {
    opened_ms: openedMs,
    closed_ms: openedMs + ageMs,
    age_ms: ageMs,
    last_byte_ms: openedMs + (lastMs === undefined ? 0 : passedMs(openedMs, lastMs)),
    ...code,
  }
}
