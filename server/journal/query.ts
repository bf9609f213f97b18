/** The query parameters of `/ws/diagnostics`, `/api/events` and `/api/events/stream`, which mean the same on all three. */
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import { type EventKind, eventKinds } from '#lib/protocol/events.ts'
import { CursorError, parseCursor } from '#server/journal/cursor.ts'
import type { JournalQuery } from '#server/journal/journal.ts'

/** What a live reader asked for. */
export interface StreamQuery {
  readonly filter: EventFilter
  /** Replay what came after this cursor first; absent: begin with what comes next. */
  readonly after: string | undefined
  /** Without `after`: begin with this many of the events that there are already. */
  readonly last: number
  /** Milliseconds for which events are gathered into one write; 0 is one turn of the event loop. */
  readonly batchMs: number
}

/** A parameter that cannot be honoured, and what would be. */
export interface QueryProblem {
  readonly code: 'malformed-cursor' | 'unknown-kind' | 'parameter-out-of-range' | 'malformed-parameter'
  readonly message: string
  readonly parameter: string
  readonly allowed?: readonly string[]
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: QueryProblem }

/** Names of the parameters that a stream understands. */
export const streamParameters = ['after', 'last', 'batch', 'kinds', 'client_id', 'trace'] as const

export const pageLimit = { least: 1, greatest: 1_000, default: 100 } as const
const lastEvents = { least: 1, greatest: 1_000 } as const
const batchMs = { least: 10, greatest: 1_000 } as const

/** Reads the query of a stream. Throws nothing; the first problem found is the answer. */
export function parseStreamQuery(query: URLSearchParams): Parsed<StreamQuery> {
  return attempt(() => ({
    filter: readFilter(query),
    after: readCursor(query, 'after'),
    last: readWhole(query, 'last', lastEvents, 'events') ?? 0,
    batchMs: readWhole(query, 'batch', batchMs, 'milliseconds') ?? 0,
  }))
}

/** Reads the query of one page. */
export function parsePageQuery(query: URLSearchParams): Parsed<JournalQuery> {
  return attempt(() => ({
    filter: readFilter(query),
    after: readCursor(query, 'after'),
    before: readCursor(query, 'before'),
    limit: readWhole(query, 'limit', pageLimit, 'events') ?? pageLimit.default,
  }))
}

class QueryError extends Error {
  readonly problem: QueryProblem

  constructor(problem: QueryProblem) {
    super(problem.message)
    this.problem = problem
  }
}

function attempt<T>(read: () => T): Parsed<T> {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (error instanceof QueryError) return { ok: false, problem: error.problem }
    throw error
  }
}

/** An empty value is an absent one: forms and templates send `?after=&kinds=`. */
function readText(query: URLSearchParams, parameter: string): string | undefined {
  return query.get(parameter) || undefined
}

function readCursor(query: URLSearchParams, parameter: string): string | undefined {
  const text = readText(query, parameter)
  if (text === undefined) return undefined
  try {
    parseCursor(text)
    return text
  } catch (error) {
    if (!(error instanceof CursorError)) throw error
    throw new QueryError({ code: error.code, parameter, message: `${parameter}: ${error.message}` })
  }
}

function readWhole(
  query: URLSearchParams,
  parameter: string,
  { least, greatest }: { readonly least: number; readonly greatest: number },
  unit: string,
): number | undefined {
  const text = readText(query, parameter)
  if (text === undefined) return undefined
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= greatest) return value
  const message = `${parameter}: a whole number of ${unit} from ${least} to ${greatest} is allowed.`
  throw new QueryError({ code: 'parameter-out-of-range', parameter, message })
}

function readFilter(query: URLSearchParams): EventFilter {
  return { kinds: readKinds(query), clientId: readClientId(query), trace: readTrace(query) }
}

function readKinds(query: URLSearchParams): readonly EventKind[] | undefined {
  const names = query
    .getAll('kinds')
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return undefined
  if (names.every(isEventKind)) return names
  const message = `kinds: allowed are ${eventKinds.join(', ')}, separated by commas.`
  throw new QueryError({ code: 'unknown-kind', parameter: 'kinds', message, allowed: eventKinds })
}

function isEventKind(name: string): name is EventKind {
  return eventKinds.some((kind) => kind === name)
}

/** A client id is whatever the server gave out; the length keeps what a reader makes us hold small. */
function readClientId(query: URLSearchParams): string | undefined {
  const text = readText(query, 'client_id')
  if (text === undefined || text.length <= 128) return text
  const message = 'client_id: at most 128 characters are allowed.'
  throw new QueryError({ code: 'malformed-parameter', parameter: 'client_id', message })
}

function readTrace(query: URLSearchParams): string | undefined {
  const text = readText(query, 'trace')
  if (text === undefined || /^[A-Za-z0-9_-]{1,64}$/.test(text)) return text
  const message = 'trace: 1 to 64 letters, digits, hyphens or underscores are allowed.'
  throw new QueryError({ code: 'malformed-parameter', parameter: 'trace', message })
}
