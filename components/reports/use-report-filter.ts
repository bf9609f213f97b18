'use client'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { reportSchema } from '#lib/diagnosis/report.ts'

export const outcomes = reportSchema.shape.outcome.options

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

export type ReportFilter = ReturnType<typeof useReportFilter>[0]

export const noFilter = { text: null, target: null, outcome: null, cause: null, from: null, to: null }

export const isFiltering = (filter: ReportFilter): boolean =>
  Object.values(filter).some((value) => value !== null && value !== '')

/** The same, as the server is asked. */
export function queryOf({ text, target, outcome, cause, from, to }: ReportFilter): Record<string, string> {
  const given = { text, target, outcome, cause, since: dayBegins(from), until: dayBegins(to, 1) }
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** Where a day, or one of the days after it, begins here. Undefined for what is no day: half typed, or from a link. */
function dayBegins(day: string, after = 0): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  if (year === undefined) return undefined
  const begins = new Date(Number(year), Number(month) - 1, Number(date) + after)
  return Number.isNaN(begins.getTime()) ? undefined : begins.toISOString()
}
