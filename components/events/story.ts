/** One connection as everybody told of it: the server's events, this page's own record, lines of imported logs. */
import { fetchEventsPage } from '#components/api/events.ts'
import { live } from '#components/core/live-core.ts'
import { eventTone, eventWords } from '#components/live/events/event-words.ts'
import type { Tone } from '#components/ui/badge.tsx'
import { formatMs, plural } from '#components/ui/format.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import { type DiagnosticEvent, eventsPageLimit } from '#lib/protocol/events.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import type { LogEntry } from '#lib/store/connection/message-log.ts'
import { foreign } from '#lib/text/foreign.ts'

export type Teller = 'browser' | 'proxy' | 'server'

export interface Told {
  readonly by: Teller
  /** Epoch milliseconds; null where the line has no time of its own. */
  readonly atMs: number | null
  readonly word: string
  readonly tone: Tone | 'plain'
  readonly text: string
  /** Of a log: its file, and the line's number where it is known. */
  readonly from?: string
}

export interface Story {
  /** In the order of their times. */
  readonly told: readonly Told[]
  /** By what each teller's part was found; null: nothing of it was. */
  readonly joined: Readonly<Record<Teller, string | null>>
  /** Why a part is missing, or cut. */
  readonly missing: readonly string[]
}

/** What a story begins with. */
export interface StoryStart {
  readonly clientId: string | null
  readonly trace: string | null
  readonly atMs: number | null
}

/** Lines of imported logs about one connection, as whoever holds the logs finds them. */
export interface LogPart {
  readonly told: readonly Told[]
  readonly joinedBy: string | null
  readonly missing: string | null
}

const FIRST = 400
const LAST = 400

/** @param logs the imported logs' part; null where nothing was imported */
export async function tellStory(
  start: StoryStart,
  logs: LogPart | null,
  signal: AbortSignal,
): Promise<Story> {
  const { events, isCut } = await eventsOf(start, signal)
  const trace =
    start.trace ?? events.flatMap(({ trace }) => (typeof trace === 'string' ? trace : []))[0] ?? null
  const more = trace === null || start.clientId === null ? [] : await ofTrace(trace, events, signal)
  const all = [...events, ...more].sort((one, other) => (one.id < other.id ? -1 : 1))
  const browser = browserPart(start.clientId, trace, all)
  const told = [...serverTold(all), ...browser.told, ...(logs?.told ?? [])]
  const missing = [
    all.length === 0 ? 'The journal of this server has no event of it.' : null,
    isCut ? 'Its events are more than are shown: the first and the last are here.' : null,
    browser.missing,
    logs === null ? 'No proxy log was imported.' : logs.missing,
  ]
  return {
    told: told.sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0)),
    joined: {
      browser: browser.joinedBy,
      proxy: logs?.joinedBy ?? null,
      server: all.length === 0 ? null : start.clientId === null ? 'trace' : 'client id',
    },
    missing: missing.filter((one) => one !== null),
  }
}

async function eventsOf(
  { clientId, trace }: StoryStart,
  signal: AbortSignal,
): Promise<{ events: DiagnosticEvent[]; isCut: boolean }> {
  if (clientId === null && trace === null) return { events: [], isCut: false }
  const filter: EventFilter = clientId === null ? { trace: trace ?? undefined } : { clientId }
  const range = { filter, sinceMs: null, untilMs: null }
  const first = await fetchEventsPage(range, { limit: FIRST }, signal)
  if (first.next === null) return { events: first.events, isCut: false }
  const last = await fetchEventsPage(range, { limit: LAST, fromNewest: true, after: first.next }, signal)
  return { events: [...first.events, ...last.events], isCut: (last.previous ?? null) !== null }
}

/** Other attempts of one page share its trace only where the page said so. */
async function ofTrace(
  trace: string,
  known: readonly DiagnosticEvent[],
  signal: AbortSignal,
): Promise<DiagnosticEvent[]> {
  const range = { filter: { trace }, sinceMs: null, untilMs: null }
  const { events } = await fetchEventsPage(range, { limit: eventsPageLimit.greatest }, signal)
  const ids = new Set(known.map(({ id }) => id))
  return events.filter(({ id }) => !ids.has(id))
}

/** Heartbeats in a row are one line: how many, from the quickest to the slowest. */
function serverTold(events: readonly DiagnosticEvent[]): Told[] {
  const told: Told[] = []
  let beats: number[] = []
  let lastBeat: DiagnosticEvent | undefined
  const close = () => {
    if (lastBeat === undefined) return
    const text = `${plural(beats.length, 'answer')}, ${formatMs(Math.min(...beats))} to ${formatMs(Math.max(...beats))}`
    told.push({ by: 'server', atMs: lastBeat.at * 1000, word: 'heartbeat', tone: 'alive', text })
    beats = []
    lastBeat = undefined
  }
  for (const event of events) {
    if (event.kind === 'heartbeat') {
      beats.push(event.rtt_ms)
      lastBeat = event
      continue
    }
    close()
    told.push({
      by: 'server',
      atMs: event.at * 1000,
      word: event.kind,
      tone: eventTone(event),
      text: eventWords(event).join(' '),
    })
  }
  close()
  return told
}

/** More messages than these tell nothing more of an end. */
const MOST_MESSAGES = 200
const AROUND_MS = 2000

function browserPart(
  clientId: string | null,
  trace: string | null,
  events: readonly DiagnosticEvent[],
): LogPart {
  const connection = Object.values(live.store.getState().connections).find(
    (one) =>
      (trace !== null && (one.trace === trace || one.losses.kept.some((loss) => loss.trace === trace))) ||
      (clientId !== null && one.server.clientId === clientId),
  )
  if (connection === undefined) {
    const recorded = 'This page did not open it, so the browser’s side is not known.'
    return { told: [], joinedBy: null, missing: recorded }
  }
  return {
    told: browserTold(connection, events),
    joinedBy: trace === null ? 'client id' : 'trace',
    missing: null,
  }
}

function browserTold({ log }: Connection, events: readonly DiagnosticEvent[]): Told[] {
  const from = (events[0]?.at ?? 0) * 1000 - AROUND_MS
  const to = (events.at(-1)?.at ?? Number.POSITIVE_INFINITY) * 1000 + AROUND_MS
  const near = [...log].filter(({ at }) => at >= from && at <= to)
  return near.slice(-MOST_MESSAGES).map(toldOf)
}

function toldOf(entry: LogEntry): Told {
  const common = { by: 'browser' as const, atMs: entry.at }
  if (entry.type === 'note') {
    return {
      ...common,
      word: 'note',
      tone: entry.tone === 'neutral' ? 'plain' : entry.tone,
      text: entry.text,
    }
  }
  const { direction, payload, sizeBytes } = entry
  const text = payload.opcode === 'text' ? foreign(payload.text, 200) : plural(sizeBytes, 'byte')
  return { ...common, word: direction === 'in' ? 'received' : 'sent', tone: 'plain', text }
}
