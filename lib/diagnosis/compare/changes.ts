/** Each thing that differs between two reports, as a sentence. Values that differ every time are not looked at. */

import { endingWords } from '#lib/diagnosis/compare/ending-words.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { ReportChange } from '#lib/diagnosis/stored-report.ts'
import { type Course, type CourseStage, inSeconds } from '#lib/evidence/course.ts'
import { headerValue } from '#lib/evidence/headers.ts'
import type { Evidence, HeaderList } from '#lib/evidence/schema.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { sentence, sentences, shortened } from '#lib/text/foreign.ts'

/** A report, and the evidence that it judges. */
export type Judged = { report: Report; evidence: Evidence }

type Courses = { before: Course; now: Course }

export function changesBetween(before: Judged, now: Judged, courses: Courses): ReportChange[] {
  return [
    ...changed('outcome', 'The outcome', before.report.outcome, now.report.outcome),
    ...causes(leadingOf(before), leadingOf(now)),
    ...certainty(before, now),
    ...changed('stage', 'Got to', stageName(courses.before), stageName(courses.now)),
    ...changed('status', 'The status of the handshake', statusOf(before), statusOf(now)),
    ...headers(before, now),
    ...changed('address', 'The name resolves to', addressesOf(before), addressesOf(now)),
    ...changed('certificate', 'The certificate is valid until', validTo(before), validTo(now)),
    ...changed('close', 'Ended with', endingWords(before.evidence), endingWords(now.evidence)),
    ...timing(courses),
    ...warnings(before, now),
  ]
}

function changed(
  what: string,
  subject: string,
  before: string | undefined,
  after: string | undefined,
): ReportChange[] {
  if (before === after) return []
  const says =
    before === undefined
      ? sentence`${subject}: now ${after ?? 'nothing'}; before nothing was seen.`
      : after === undefined
        ? sentence`${subject}: before ${before}; now nothing was seen.`
        : sentence`${subject}: now ${after}, before ${before}.`
  return [
    {
      what,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      says,
    },
  ]
}

function causes(before: string | undefined, after: string | undefined): ReportChange[] {
  const nameOf = (cause: string | undefined) =>
    cause === undefined ? 'none' : (causeOf(cause)?.title ?? cause)
  const says = sentence`The leading cause: now ${nameOf(after)}, before ${nameOf(before)}.`
  return changed('cause', 'The leading cause', before, after).map((change) => ({ ...change, says }))
}

function leadingOf({ report }: Judged): string | undefined {
  return report.outcome === 'fault' ? report.verdicts[0]?.cause : undefined
}

function certainty(before: Judged, now: Judged): ReportChange[] {
  const cause = leadingOf(now)
  if (cause === undefined || cause !== leadingOf(before)) return []
  const subject = `How sure it is that ${lowerFirst(causeOf(cause)?.title ?? cause)}`
  return changed(
    'certainty',
    subject,
    before.report.verdicts[0]?.certainty,
    now.report.verdicts[0]?.certainty,
  )
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const STAGES = {
  page: 'the page (it never opened)',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  upgrade: 'the upgrade request',
  checks: 'the checks of the 101',
  open: 'an open connection',
} satisfies Record<CourseStage, string>

const stageName = ({ stage }: Course): string | undefined => stage && STAGES[stage]

function statusOf({ evidence }: Judged): string | undefined {
  const status = evidence.probe?.http?.status
  return status === undefined ? undefined : String(status)
}

/** Longer ones are told by their beginning. */
const LONGEST_VALUE = 200

/** What says who answered and what was agreed; dates, lengths and ids differ every time. */
const TELLING_HEADERS = [
  'Server',
  'Via',
  'X-Powered-By',
  'Location',
  'Upgrade',
  'Connection',
  'Content-Type',
  'WWW-Authenticate',
  'Sec-WebSocket-Protocol',
  'Sec-WebSocket-Extensions',
]

function headers(before: Judged, now: Judged): ReportChange[] {
  const [was, is] = [before.evidence.probe?.http, now.evidence.probe?.http]
  if (!was?.headers || !is?.headers) return []
  return TELLING_HEADERS.flatMap((name) =>
    changed('header', `Header ${name}`, toldOf(was.headers, name), toldOf(is.headers, name)),
  )
}

function toldOf(list: HeaderList | undefined, name: string): string | undefined {
  const value = headerValue(list, name)
  return value && shortened(value, LONGEST_VALUE)
}

function addressesOf({ evidence }: Judged): string | undefined {
  const addresses = evidence.probe?.dns?.addresses?.map(({ address }) => address)
  return addresses?.toSorted().slice(0, 10).join(', ')
}

const validTo = ({ evidence }: Judged): string | undefined => evidence.probe?.tls?.valid_to

/** Differences below these are noise. */
const HANDSHAKE_FACTOR = 3
const HANDSHAKE_LEAST_MS = 100
const LIFE_FACTOR = 1.5

function timing({ before, now }: Courses): ReportChange[] {
  const handshake = apart(before.handshakeMs, now.handshakeMs, HANDSHAKE_FACTOR, HANDSHAKE_LEAST_MS)
  const life = apart(before.lostAfterMs, now.lostAfterMs, LIFE_FACTOR, 0)
  return [
    ...(handshake ? changed('timing', 'The handshake was answered after', ...handshake) : []),
    ...(life ? changed('timing', 'The open connection lasted', ...life) : []),
  ]
}

function apart(
  before: number | undefined,
  now: number | undefined,
  factor: number,
  leastMs: number,
): [string, string] | undefined {
  if (before === undefined || now === undefined) return undefined
  const [less, more] = before < now ? [before, now] : [now, before]
  return more - less > leastMs && more > less * factor ? [inSeconds(before), inSeconds(now)] : undefined
}

function warnings(before: Judged, now: Judged): ReportChange[] {
  const was = new Map(before.report.warnings.map(({ id, says }) => [id, says]))
  const is = new Map(now.report.warnings.map(({ id, says }) => [id, says]))
  // About the evidence, not about the server.
  for (const known of [was, is]) known.delete('secrets-masked')
  return [
    ...[...was].flatMap(([id, says]) =>
      is.has(id) ? [] : [{ what: 'warning', before: id, says: sentences(sentence`No longer warned:`, says) }],
    ),
    ...[...is].flatMap(([id, says]) =>
      was.has(id) ? [] : [{ what: 'warning', after: id, says: sentences(sentence`New:`, says) }],
    ),
  ]
}
