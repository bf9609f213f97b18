'use client'
import { parseAsString, useQueryStates } from 'nuqs'
import type { ReportSummary } from '#lib/api/reports.ts'
import { type Pair, pairOf, picked } from './pair.ts'

const parameters = { before: parseAsString, after: parseAsString }

/**
 * The two reports that are compared are part of the address.
 * @param reports newest first
 */
export function usePair(reports: readonly ReportSummary[]): [Pair, (pair: Partial<Pair>) => void] {
  const [named, setNamed] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const pair = pairOf(reports, named)
  return [pair, (change) => void setNamed(picked(reports, { ...pair, ...change }))]
}
