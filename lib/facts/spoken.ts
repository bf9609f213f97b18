/**
 * What the server said in a protocol above WebSocket: in its last messages, by its close code, in bytes that are no
 * frame, in the body of a refusal. Only words that are the protocol's own count: anybody's messages may say anything.
 */
import type { CloseMeaning } from '#lib/applications/application.ts'
import { latin1OfHex } from '#lib/applications/signs.ts'
import { isLost, outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { Evidence, ProbeEvidence } from '#lib/evidence/schema.ts'
import { bodyText } from '#lib/facts/answer-text.ts'
import { type ApplicationView, readingOf } from '#lib/facts/application.ts'
import type { Line, Told } from '#lib/facts/told-line.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

const MOST_SAID = 20

export function readSpoken(evidence: Evidence, view: ApplicationView): Told[] {
  const close = closeOf(evidence)
  return [
    // The last word is the nearest to the end.
    ...linesOf(messages(evidence), view).flatMap((line) =>
      toldOf(line, view).filter((told) => line.isLast || isLasting(told)),
    ),
    ...(close === undefined ? [] : toldOfClose(close, view)),
    ...answers(evidence).flatMap((line) => toldOf(line, view)),
  ]
}

/** `shown`: as a person reads it, where that is something else. */
type Words = Line & { shown?: string }

/** `isLast`: said so shortly before the end that it may be the reason of it. */
type Spoken = Words & { isLast: boolean }

/** Words where bytes are words, as in NATS; else the first bytes: `20 02 00 05`. */
function readable(latin1: string): string {
  if (/^[\t\r\n\x20-\x7e]*$/.test(latin1)) return latin1
  const bytes = Array.from(latin1.slice(0, MOST_SHOWN_BYTES), (byte) => byte.charCodeAt(0))
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

const MOST_SHOWN_BYTES = 24

const JUST_BEFORE_MS = 3000

/** Holds for as long as the connection does. */
const isLasting = ({ means }: Told): boolean => means === 'application-protocol'

/** Packets of a stream may be cut anywhere: what was said is in all messages together. */
function linesOf(lines: readonly Spoken[], { application }: ApplicationView): readonly Spoken[] {
  const [last] = lines
  if (!application.isStream || last === undefined) return lines
  const text = lines
    .toReversed()
    .map((line) => line.text)
    .join('')
  return [{ ...last, text, shown: readable(text) }]
}

function messages({ probe, application }: Evidence): Spoken[] {
  const endMs = lostMs(probe)
  const last = (probe?.last_messages ?? [])
    .slice(-MOST_SAID)
    .map(({ ms = 0, text_start: text, hex_start: hex }, at) => ({
      text: text ?? latin1OfHex(hex ?? ''),
      ...(text === undefined && hex !== undefined && { shown: readable(latin1OfHex(hex)) }),
      from: `probe.last_messages[${at}]`,
      isLast: endMs === undefined || endMs - ms <= JUST_BEFORE_MS,
    }))
  const says = (application?.says ?? [])
    .slice(-MOST_SAID)
    .map((text, at) => ({ text, from: `application.says[${at}]`, isLast: true }))
  return [...last.reverse(), ...says.reverse()]
}

/** When the connection was lost; undefined where it was not. */
function lostMs(probe: ProbeEvidence | undefined): number | undefined {
  const outcome = probe && outcomeOfProbe(probe)
  return outcome?.stage === 'open' && isLost(outcome.end) ? outcome.ms : undefined
}

/** What came in place of a 101, or of a frame. */
function answers({ probe }: Evidence): Words[] {
  const { http, not_frames: stray } = probe ?? {}
  const body = http?.body_start
  return [
    ...(body === undefined || http?.status === 101
      ? []
      : [{ text: body, shown: bodyText(http ?? {}), from: 'probe.http.body_start' }]),
    ...(stray?.text_start === undefined
      ? []
      : [{ text: bodyOf(stray.text_start), from: 'probe.not_frames' }]),
  ]
}

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 1).trim()

function toldOf({ text, shown = text, from }: Words, view: ApplicationView): Told[] {
  const { application } = view
  const reading = readingOf(view, text)
  const spoken = { side: 'server', from, application: application.id } as const
  if (reading) {
    const detail = sentence`“${excerpt(shown)}”: ${reading.says}`
    return [{ ...spoken, means: reading.means, program: undefined, detail }]
  }
  for (const program of application.words) {
    const read = readSentence(text, { program, side: 'server' })
    if (read?.program === undefined || !application.words.includes(read.program.id)) continue
    return [{ ...read.said, ...spoken, program: read.program.id, detail: sentence`“${excerpt(shown)}”` }]
  }
  return []
}

type Close = { code: number; reason: string; from: string }

/** The peer's Close frame, as the probe or the page saw it. */
function closeOf({ probe, browser }: Evidence): Close | undefined {
  const outcome = probe && outcomeOfProbe(probe)
  const end = outcome?.stage === 'open' ? outcome.end : undefined
  if (end?.kind === 'close' && end.by === 'peer')
    return { code: end.code, reason: end.reason, from: 'probe.end' }
  const at = browser?.events?.findIndex(({ type }) => type === 'close') ?? -1
  const event = browser?.events?.[at]
  const isOwn = browser?.events?.some(({ type }) => type === 'close_called') ?? false
  return event?.code === undefined || isOwn
    ? undefined
    : { code: event.code, reason: event.reason ?? '', from: `browser.events[${at}]` }
}

function toldOfClose({ code, reason, from }: Close, { application }: ApplicationView): Told[] {
  const meaning = (application.closes ?? []).find((known) => fits(known, code, reason))
  if (meaning?.means === undefined) return []
  const words = reason === '' ? sentence`close code ${code}` : sentence`close code ${code} “${reason}”`
  const detail = sentence`${words} is ${application.name} for: ${meaning.says}`
  return [
    { means: meaning.means, side: 'server', program: undefined, application: application.id, from, detail },
  ]
}

const fits = ({ from, to, reason: pattern }: CloseMeaning, code: number, reason: string): boolean =>
  code >= from && code <= to && (pattern === undefined || pattern.test(reason))
