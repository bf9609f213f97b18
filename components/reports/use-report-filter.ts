'use client'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { outcomes } from './report-query.ts'

const parameters = {
  text: parseAsString.withDefault(''),
  target: parseAsString.withDefault(''),
  outcome: parseAsStringLiteral(outcomes),
  cause: parseAsString,
  /** Days of the reader's own zone: `2026-11-29`. Both are within. */
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
}

/** The filter of the reports is part of the address, so that a link shows the same list. */
export function useReportFilter() {
  return useQueryStates(parameters, { history: 'replace', shallow: true })
}
