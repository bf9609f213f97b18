/** One line of a batch: the event that it is, made fit for the journal, or why it is none. */
import * as z from 'zod/mini'
import {
  ingestEvent,
  ingestKinds,
  ingestLimits,
  ingestSchemaPath,
  type RefusedLine,
} from '#lib/api/ingest.ts'
import { foreign, type Sentence, sentence } from '#lib/text/foreign.ts'
import type { ForeignEvent } from '#server/journal/journal.ts'
import { commonParameters } from '#server/sockets/parameters.ts'
import { maskUrl } from '#server/wire/handshake-fields.ts'
import { parseJson } from '#server/wire/parse-json.ts'
import { shorten } from '#server/wire/shorten.ts'

export type Judged =
  | { readonly ok: true; readonly event: ForeignEvent }
  | { readonly ok: false; readonly refused: Pick<RefusedLine, 'error' | 'message'> }

const textLimit = 1024
const serviceLimit = 64
/** Clocks differ; what is further ahead was not measured in seconds, or is wrong by a time zone. */
const aheadSeconds = 3600

const ownParameters: ReadonlySet<string> = new Set(commonParameters)

export interface Clock {
  /** Seconds since the Unix epoch. */
  readonly now: number
  /** What ended before is not kept; absent where the journal keeps events of any age. */
  readonly oldest: number | undefined
}

export function judgeLine(line: string, clock: Clock): Judged {
  if (line.length > ingestLimits.lineCharacters) {
    return refuse('too_long', `A line has at most ${ingestLimits.lineCharacters} characters.`)
  }
  const parsed = parseJson(line)
  if (!parsed.ok) return refuse('not_json', 'The line is not JSON.')
  const given = parsed.value
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refuse('not_an_event', 'The line is not an object.')
  }
  const { kind } = given as { kind?: unknown }
  if (typeof kind === 'string' && !ingestKinds.some((each) => each === kind)) {
    return refuse(
      'unknown_kind',
      sentence`The kind ${foreign(kind, 40)} is not one of ${ingestKinds.join(', ')}.`,
    )
  }
  const read = z.safeParse(ingestEvent, given)
  if (!read.success) {
    const [issue] = read.error.issues
    return refuse('not_an_event', issue ? sayIssue(issue, given) : 'The line is not an event.')
  }
  const wrong = wrongTime(read.data.at, clock)
  if (wrong !== undefined) return refuse('wrong_time', wrong)
  return { ok: true, event: fit(read.data) }
}

const refuse = (error: RefusedLine['error'], message: string): Judged => ({
  ok: false,
  refused: { error, message },
})

function wrongTime(at: number, { now, oldest }: Clock): Sentence | undefined {
  if (at >= now + aheadSeconds)
    return sentence`at: ${at} is in the future. It is in seconds since 1970, not in milliseconds.`
  if (oldest === undefined || at >= oldest) return undefined
  const days = Math.round((now - oldest) / 8640) / 10
  return sentence`at: ${at} is older than the ${days} days that the journal keeps (JOURNAL_KEEP). It is in seconds since 1970.`
}

/** What a field must be, in words; zod's own are not loaded here. */
function sayIssue(issue: z.core.$ZodIssue, given: object): Sentence {
  const field = issue.path.join('.') || 'kind'
  let value: unknown = given
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
  if (value === undefined) return sentence`${foreign(field, 40)} is missing.`
  return sentence`${foreign(field, 40)}: must be ${expected(issue)}, not ${foreign(JSON.stringify(value), 40)}.`
}

function expected(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`
    case 'too_small':
      return issue.inclusive === false ? `more than ${issue.minimum}` : `${issue.minimum} or more`
    case 'too_big':
      return `${issue.maximum} or less`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    default:
      return `as GET ${ingestSchemaPath} describes it`
  }
}

/** Bounded, named, and without what a query may hold in secret; a sender may have masked it already. */
function fit(event: z.infer<typeof ingestEvent>): ForeignEvent {
  const { service, instance } = event
  const name = typeof service === 'string' && service !== '' ? service : instance
  const fitted: Record<string, unknown> = { ...event, service: shorten(name, serviceLimit) }
  for (const field in fitted) {
    const value = fitted[field]
    if (typeof value === 'string' && value.length > textLimit) fitted[field] = shorten(value, textLimit)
  }
  if (typeof fitted.url === 'string') fitted.url = maskUrl(fitted.url, ownParameters)
  return fitted as ForeignEvent
}
