/** Which two reports of a URL are compared. */
import type { ReportSummary } from '#lib/api/reports.ts'

/** The ids of the two reports that are compared; null where there are no two. */
export interface Pair {
  readonly before: string | null
  readonly after: string | null
}

type Reports = readonly Pick<ReportSummary, 'id'>[]

/** Unless they are named, the newest and the one before it. @param reports newest first */
export function pairOf([newest, second]: Reports, named: Pair): Pair {
  return {
    before: named.before ?? second?.id ?? null,
    after: named.after ?? (second && newest?.id) ?? null,
  }
}

/** The earlier one first, in whatever order they were picked. @param reports newest first */
export function picked(reports: Reports, { before, after }: Pair): Pair {
  const placeOf = (id: string | null) => reports.findIndex((report) => report.id === id)
  const isTurned = placeOf(before) >= 0 && placeOf(before) < placeOf(after)
  return isTurned ? { before: after, after: before } : { before, after }
}
