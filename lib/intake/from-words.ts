/**
 * Sentences of programs → evidence: a page's console, what other clients printed, the lines of servers and proxies, and
 * the lives of connections that they tell of together.
 */
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence, ServerEvent } from '#lib/evidence/schema.ts'
import { evidenceFromConsole } from '#lib/intake/from-console.ts'
import { createLives, type LifeLine, type Lives } from '#lib/intake/life.ts'
import { passedMs } from '#lib/intake/times.ts'
import type { ToldLife } from '#lib/intake/told-life.ts'
import { isOfEither } from '#lib/protocol/close-codes.ts'
import { isEventObject } from '#lib/words/close-words.ts'
import type { Meaning, Said } from '#lib/words/meaning.ts'
import { readSentence, type Sentence } from '#lib/words/phrasebook.ts'

const MOST_LINES_KEPT = 500
/** Whose the words are that both ends print, so many lines of one source decide. */
const MOST_WAITING = 50_000

/** A line that was understood: its text without envelopes, and the time beside it. */
type Line = { readonly text: string; readonly atMs: number | undefined }
/** `sentence` is absent of what only the life of a connection is told by. */
type Taken = { readonly line: Line; readonly said: LifeLine['said']; readonly sentence?: Sentence }

export type Words = {
  take: (sentence: Sentence, line: Line) => void
  /** Something moved on the connection that the lines before tell of. */
  moved: (line: Line) => void
  /** A time alone on its line: what ended just above it ended then. */
  passed: (atMs: number) => void
  /** The command whose output this was ran for so long: so did the connection that opened and ended in it. */
  lasted: (ms: number) => void
  /** A person tells how long connections live. */
  lived: (told: ToldLife) => void
  /** A person tells that something is sent so often. */
  beaten: (everyMs: number) => void
  /** What was taken last happened to a connection that was open. */
  wasOpen: () => void
  /** A thread of a server wrote a line of this source. */
  wasServersThread: () => void
  /** A connection is open, as far as the lines of this source tell. */
  isOpen: () => boolean
  /** What follows comes from somewhere else. */
  endSource: () => void
  evidence: () => Evidence
}

export function createWords(): Words {
  const console: string[] = []
  const client: { sentence: Sentence; text: string }[] = []
  const server: ServerEvent[] = []
  const proxy: string[] = []
  const lives = { client: createLives('client'), server: createLives('server') }
  let waiting: Taken[] = []
  let isOpen = false
  let hasServersThread = false
  let toldLife: ToldLife | undefined
  let toldBeatMs: number | undefined

  // A process ends at either side.
  const has = (wanted: string) =>
    waiting.some(
      ({ sentence }) => sentence && sideOf(sentence) === wanted && sentence.said.means !== 'process-ended',
    )
  /** Of words that both ends print, the others of the same source tell whose they are. */
  const speaker = () => {
    const hasClients = has('client') || has('browser')
    const isOfServer = (has('server') || hasServersThread) && !hasClients
    return { hasPrograms: has('client'), unsaid: isOfServer ? 'server' : 'client' } as const
  }
  const settle = (
    { line, said, sentence }: Taken,
    { hasPrograms, unsaid }: ReturnType<typeof speaker>,
  ): void => {
    const { text, atMs } = line
    const isServers = !hasPrograms && OF_SERVERS.has(said.means)
    const side = (sentence && sideOf(sentence)) ?? (isServers ? 'server' : unsaid)
    if (side === 'proxy') {
      if (proxy.length < MOST_LINES_KEPT) proxy.push(text)
      return
    }
    lives[side === 'server' ? 'server' : 'client'].add({ said, text, atMs })
    if (sentence === undefined) return
    if (side === 'browser' && console.length < MOST_LINES_KEPT) console.push(text)
    if (side === 'client' && client.length < MOST_LINES_KEPT) client.push({ sentence, text })
    if (side === 'server' && server.length < MOST_LINES_KEPT) server.push({ type: 'log', text })
  }

  const settleAll = (): void => {
    const told = speaker()
    for (const taken of withoutIdleDevice(withoutIdleRetries(waiting))) settle(taken, told)
    waiting = []
  }
  const wait = (taken: Taken): void => {
    if (waiting.length >= MOST_WAITING) settleAll()
    waiting.push(taken)
  }

  /** The life that a person tells, where lines tell no times, and no reason why it did not open. */
  const asTold = (life: Lives): Lives => {
    if (toldLife === undefined || life.events.some(({ ms = 0 }) => ms > 0)) return life
    const said = [
      ...client.map(({ sentence }) => sentence),
      ...console.flatMap((text) => readSentence(text) ?? []),
    ]
    if (!said.every(({ said: { means } }) => TELLING_NO_REASON.has(means))) return life
    const { ms, isBusy } = toldLife
    const end = life.events.find(({ type }) => type === 'close')
    const events = [
      { ms: 0, type: 'open' },
      ...(isBusy ? [{ ms: Math.max(0, ms - JUST_BEFORE_MS), type: 'message' }] : []),
      { ...end, ms, type: 'close' },
    ]
    return { ...life, events, isWhole: true, isEnded: true }
  }

  return {
    take(sentence, line) {
      const { means } = sentence.said
      if (means === 'opened') isOpen = true
      else if (ENDED.has(means)) isOpen = false
      wait({ line, said: sentence.said, sentence })
    },
    moved: (line) => wait({ line, said: { means: 'message' } }),
    passed(atMs) {
      const last = waiting.at(-1)
      if (last !== undefined && isEnd(last) && last.line.atMs === undefined)
        waiting.splice(-1, 1, timed(last, atMs))
    },
    lasted(ranMs) {
      // The start of the program and its handshake took part of it.
      const ms = Math.floor(ranMs / 1000) * 1000
      const end = waiting.length - 1
      const last = waiting[end]
      const opening = waiting.findLastIndex(({ said }) => said.means === 'opened')
      const first = waiting[opening]
      if (last === undefined || first === undefined || !isEnd(last)) return
      if (last.line.atMs !== undefined || first.line.atMs !== undefined) return
      waiting.splice(opening, 1, timed(first, 0))
      waiting.splice(end, 1, timed(last, ms))
    },
    lived(told) {
      toldLife ??= told
    },
    beaten(everyMs) {
      toldBeatMs ??= everyMs
    },
    wasOpen() {
      const last = waiting.at(-1)
      if (last === undefined || !ENDS_OF_BOTH.has(last.said.means)) return
      // Without a time: nobody saw when it opened.
      const opening: Taken = { line: { text: '', atMs: undefined }, said: { means: 'opened' } }
      waiting.splice(-1, 1, opening, last)
    },
    wasServersThread() {
      hasServersThread = true
    },
    isOpen: () => isOpen,
    endSource() {
      settleAll()
      hasServersThread = false
      isOpen = false
    },
    evidence() {
      const life = withBeats(asTold(lives.client.read()), toldBeatMs)
      const failed = client.some(({ sentence }) => !TELLING_NO_FAILURE.has(sentence.said.means))
      const events = life.isEnded || !failed ? life.events : []
      const served = lives.server.read()
      const peers = [...life.peers, ...served.peers]
      // Who gives a reason is the client; what says nothing may be a line of another program beside it.
      const speaking = client.filter(({ sentence: { said } }) => said.means !== 'nothing-said')
      const [named] = [...speaking, ...client].flatMap(({ sentence: { program } }) => program ?? [])
      const parts: Evidence[] = [
        ...(console.length > 0 ? [ofPage(console, life)] : []),
        ...(client.length > 0 || (events.length > 0 && console.length === 0)
          ? [
              {
                client: {
                  ...(named && { program: named.id }),
                  ...(client.length > 0 && { lines: client.map(({ text }) => ({ text })) }),
                  ...(events.length > 0 && console.length === 0 && { events }),
                },
              },
            ]
          : []),
        {
          ...(peers.length > 0 && { peers }),
          ...(server.length > 0 && { server: [...lossOf(served), ...server] }),
        },
        ...(proxy.length > 0 ? [{ proxy: { error_log: proxy } }] : []),
      ]
      return parts.reduce(mergeEvidence, {})
    },
  }
}

/** Of a life of which only its beginning and its end are told: beats went over it until then. */
function withBeats(life: Lives, everyMs: number | undefined): Lives {
  const [open, close] = life.events
  if (everyMs === undefined || life.events.length !== 2 || open?.type !== 'open' || close?.type !== 'close')
    return life
  const { ms: endMs = 0 } = close
  const count = Math.min(Math.ceil(endMs / everyMs) - 1, MOST_BEATS)
  const last = endMs - (endMs % everyMs || everyMs)
  const beats = Array.from({ length: Math.max(0, count) }, (_, at) => ({
    ms: last - (count - 1 - at) * everyMs,
    type: 'message',
  }))
  return { ...life, events: [open, ...beats, close] }
}

const MOST_BEATS = 200

/** That a client connects again says something where a code leaves open who closed. */
const withoutIdleRetries = (all: readonly Taken[]): readonly Taken[] =>
  all.filter(({ said }, at) => !isAgain(said) || isOfEither(closeOf(all[at - 1]?.said)?.code ?? 0))

const isAgain = (said: Taken['said']): boolean => 'isAgain' in said
const closeOf = (said: Taken['said'] | undefined): Said['close'] =>
  said !== undefined && 'close' in said ? said.close : undefined

/** A connection that ends later than this after the device was back, or changed its network, had another reason. */
const SOON_MS = 120_000

/**
 * What a device did is no reason where no open connection ended over it. That it came back is kept where the end was told
 * only then.
 */
function withoutIdleDevice(all: readonly Taken[]): readonly Taken[] {
  if (!all.some(({ said }) => isOfDevice(said))) return all
  const kept = new Set<Taken>()
  for (const [at, taken] of all.entries()) {
    if (!isOfDevice(taken.said) || taken.said.isBeside === 'back') continue
    const next = all.slice(at + 1, at + 1 + MOST_BESIDE)
    const ending = next.findIndex(({ said }) => !isOfDevice(said) && said.means !== 'message')
    const end = next[ending]
    if (end === undefined || !isEnd(end)) continue
    const back = next.slice(0, ending).findLast(({ said }) => isOfDevice(said))
    const since = (taken.said.means === 'network-changed' ? taken : (back ?? end)).line.atMs
    const isSoon =
      since === undefined || end.line.atMs === undefined || passedMs(since, end.line.atMs) <= SOON_MS
    if (!isSoon) continue
    kept.add(taken)
    if (back !== undefined) kept.add(back)
  }
  return all.filter((taken) => !isOfDevice(taken.said) || kept.has(taken))
}

const MOST_BESIDE = 50

/** Where nobody says whose process or code it was, a server’s: whoever writes a client seldom keeps a log of it. */
const OF_SERVERS: ReadonlySet<LifeLine['said']['means']> = new Set(['process-ended', 'handler-failed'])

const isOfDevice = (said: Taken['said']): said is Said => 'isBeside' in said

const NO_END: ReadonlySet<LifeLine['said']['means']> = new Set(['opened', 'connecting', 'reached', 'message'])

const isEnd = ({ said }: Taken): boolean => !NO_END.has(said.means)
const timed = (taken: Taken, atMs: number): Taken => ({ ...taken, line: { ...taken.line, atMs } })

/** A connection that a server saw open and lost, as its events; how others end is in its words. */
function lossOf({ events, isWhole, isEnded, isLost }: Lives): ServerEvent[] {
  if (!isWhole || !isEnded || !isLost) return []
  const isTimed = events.some(({ ms = 0 }) => ms > 0)
  return events.map(({ ms, type }): ServerEvent => {
    const time = isTimed ? { ms } : {}
    if (type === 'close') return { type, ...time, code: 1006 }
    return { type: type === 'open' ? 'upgraded' : type, ...time }
  })
}

const ENDED: ReadonlySet<Meaning> = new Set([
  'close',
  'dropped',
  'lost',
  'ended',
  'closed-by-server',
  'closed-by-client',
])

/** Said of connections that were open, and of those that never were. */
const ENDS_OF_BOTH: ReadonlySet<LifeLine['said']['means']> = new Set([
  'lost',
  'reset',
  'hung-up',
  'timed-out',
])

/** Said of every connection that was open and ended. */
const TELLING_NO_REASON: ReadonlySet<Meaning> = new Set([
  'opened',
  'connecting',
  'reached',
  'close',
  'dropped',
  'lost',
  'ended',
  'hung-up',
  'reset',
  'interrupted',
  'nothing-said',
  'used-too-early',
])

const JUST_BEFORE_MS = 500

const TELLING_NO_FAILURE: ReadonlySet<Meaning> = new Set([
  'opened',
  'ended',
  'connecting',
  'reached',
  'nothing-said',
])

/** A page whose socket was seen to open and end tells its own story; else the console's words imply what came before. */
function ofPage(console: readonly string[], { events, isWhole, isEnded }: Lives): Evidence {
  const { evidence } = evidenceFromConsole(console.join('\n'))
  // Firefox tells of an attempt that failed, and of the page that was left meanwhile: the first is the failure.
  const implied = evidence.browser?.events ?? []
  const isUnopened =
    implied.some(({ type }) => type === 'error') && !implied.some(({ type }) => type === 'open')
  const isTimed = events.some(({ ms = 0 }) => ms > 0)
  if (isUnopened && !isTimed && console.every((line) => readSentence(line)?.program?.id === 'firefox'))
    return evidence
  return isWhole && isEnded && events.length > 1
    ? { ...evidence, browser: { ...evidence.browser, events } }
    : evidence
}

const BROWSERS: ReadonlySet<string> = new Set(['chromium', 'firefox', 'safari'])

/** Undefined where both ends print the words. */
export function sideOf({
  program,
  phrase,
  side,
  text,
}: Sentence): 'browser' | 'client' | 'server' | 'proxy' | undefined {
  if ((program !== undefined && BROWSERS.has(program.id)) || (phrase === undefined && isEventObject(text)))
    return 'browser'
  return side
}
