/** What a list of reports shows, from reports that are all at hand. */
import type { ReportCount, ReportList } from '#lib/api/reports.ts'
import {
  type Leading,
  type Place,
  placeText,
  type ReportFilter,
  type ReportQuery,
  type ReportRecord,
  readPlace,
  summaryOf,
} from '#server/reports/store.ts'

type Others = Omit<ReportFilter, 'outcome' | 'cause'>

/** A report and the place in which it came. */
export interface Listed {
  readonly number: number
  readonly record: Omit<ReportRecord, 'judged'>
}

export function listOf(
  kept: Iterable<Listed>,
  { before, limit, outcome, cause, ...others }: ReportQuery,
): ReportList {
  const end = readPlace(before)
  const all = newestFirst(kept).filter(({ record }) => fits(record, others))
  const found = all.filter(
    (each) => byAge(placeOf(each), end) < 0 && isOf(each.record.leading, outcome, cause),
  )
  const last = found[limit - 1]
  return {
    reports: found.slice(0, limit).map(({ record }) => summaryOf(record)),
    next: last !== undefined && found.length > limit ? placeText(placeOf(last)) : null,
    counts: countsOf(all),
  }
}

/** The id of the report that was made before this one with the same URL. */
export function previousIn(kept: Iterable<Listed>, id: string): string | undefined {
  const all = newestFirst(kept)
  const of = all.find(({ record }) => record.id === id)
  if (of?.record.url === undefined) return undefined
  const { url } = of.record
  return all.find((each) => each.record.url === url && byAge(placeOf(each), placeOf(of)) < 0)?.record.id
}

const newestFirst = (kept: Iterable<Listed>): Listed[] =>
  [...kept].sort((a, b) => byAge(placeOf(b), placeOf(a)))

const placeOf = ({ number, record: { created } }: Listed): Place => ({ created, number })

const byAge = (a: Place, b: Place): number => a.created - b.created || a.number - b.number

function isOf(leading: Leading, outcome: ReportFilter['outcome'], cause: ReportFilter['cause']): boolean {
  return (
    (outcome === undefined || outcome.includes(leading.outcome)) &&
    (cause === undefined || (leading.cause !== undefined && cause.includes(leading.cause)))
  )
}

function fits({ url, created, words }: Listed['record'], filter: Others): boolean {
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = filter
  return (
    (filter.url === undefined || url === filter.url) &&
    (filter.target === undefined || url?.toLowerCase().includes(filter.target) === true) &&
    created >= since &&
    created < until &&
    (filter.text ?? []).every((word) => words.includes(word))
  )
}

function countsOf(all: readonly Listed[]): ReportCount[] {
  const counts = new Map<string, ReportCount>()
  for (const { record } of all) {
    const { outcome, cause } = record.leading
    const count = (counts.get(`${outcome} ${cause}`)?.count ?? 0) + 1
    counts.set(`${outcome} ${cause}`, { outcome, ...(cause !== undefined && { cause }), count })
  }
  return [...counts.values()]
}
