/** One line of a batch: the event that it is, made fit for the journal, or why it is none. */
import * as z from 'zod/mini'
import { ingestKinds, ingestLimits, type RefusedLine } from '#lib/api/ingest.ts'
import { diagnosticEvent } from '#lib/protocol/events.ts'
import { foreign, sentence } from '#lib/text/foreign.ts'
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

/** @param nowSeconds since the Unix epoch */
export function judgeLine(line: string, nowSeconds: number): Judged {
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
  const read = z.safeParse(diagnosticEvent, given)
  if (!read.success) {
    const [issue] = read.error.issues
    const field = issue?.path.join('.') || 'kind'
    return refuse('not_an_event', sentence`${field}: ${issue?.message ?? 'is missing or wrong'}.`)
  }
  if (!isTime(read.data.at, nowSeconds)) {
    return refuse('wrong_time', 'at: must be seconds since 1970, and not in the future.')
  }
  return { ok: true, event: fit(read.data) }
}

const refuse = (error: RefusedLine['error'], message: string): Judged => ({
  ok: false,
  refused: { error, message },
})

const isTime = (at: number, nowSeconds: number): boolean => at > 0 && at < nowSeconds + aheadSeconds

/** Bounded, named, and without what a query may hold in secret; a sender may have masked it already. */
function fit(event: z.infer<typeof diagnosticEvent>): ForeignEvent {
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
