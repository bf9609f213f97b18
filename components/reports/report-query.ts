/** What the list of reports is narrowed to, as the address has it and as the server is asked. */
import { type Outcome, reportSchema } from '#lib/diagnosis/report.ts'

export const outcomes = reportSchema.shape.outcome.options

/** As much of a text as the server takes. */
export const longestText = 200

export interface ReportFilter {
  readonly text: string
  /** A part of the URL. */
  readonly target: string
  readonly outcome: Outcome | null
  readonly cause: string | null
  /** Days of the reader's own zone: `2026-11-29`. Both are within. */
  readonly from: string
  readonly to: string
}

export const noFilter = { text: null, target: null, outcome: null, cause: null, from: null, to: null }

export const isFiltering = (filter: ReportFilter): boolean =>
  Object.values(filter).some((value) => value !== null && value !== '')

/** As `GET /api/reports` takes it (lib/api/reports.ts). What a link has too much of is left out. */
export function queryOf({ text, target, outcome, cause, from, to }: ReportFilter): Record<string, string> {
  const given = {
    text: text.slice(0, longestText),
    target: target.slice(0, longestText),
    outcome,
    cause,
    since: dayBegins(from),
    until: dayBegins(to, 1),
  }
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

export const isDay = (text: string): boolean => dayBegins(text) !== undefined

/** Where a day, or one of the days after it, begins here. Undefined for what is no day: half typed, or from a link. */
function dayBegins(text: string, after = 0): string | undefined {
  const [year = 0, month = 0, day = 0] = /^\d{4}-\d\d-\d\d$/.test(text) ? text.split('-').map(Number) : []
  const begins = new Date(year, month - 1, day)
  if (year < 1970 || begins.getMonth() !== month - 1 || begins.getDate() !== day) return undefined
  begins.setDate(day + after)
  return begins.toISOString()
}
