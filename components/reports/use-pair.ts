'use client'
import { parseAsString, useQueryStates } from 'nuqs'
import type { ReportSummary } from '#lib/api/reports.ts'

const parameters = { before: parseAsString, after: parseAsString }

/** The ids of the two reports that are compared; null where there are no two. */
export interface Pair {
  readonly before: string | null
  readonly after: string | null
}

/**
 * Two reports of one URL, in the address; unless it names them, the newest and the one before it.
 * @param reports newest first
 */
export function usePair(reports: readonly ReportSummary[]): [Pair, (pair: Partial<Pair>) => void] {
  const [named, setNamed] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const [newest, second] = reports
  const pair = {
    before: named.before ?? second?.id ?? null,
    after: named.after ?? (second && newest?.id) ?? null,
  }
  const placeOf = (id: string | null) => reports.findIndex((report) => report.id === id)
  const pick = (change: Partial<Pair>) => {
    const { before, after } = { ...pair, ...change }
    // The earlier one comes first, in whatever order they were picked.
    const isTurned = placeOf(before) >= 0 && placeOf(before) < placeOf(after)
    void setNamed(isTurned ? { before: after, after: before } : { before, after })
  }
  return [pair, pick]
}
