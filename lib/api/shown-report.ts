/** How the server tells one of its pages which report it shows: in a header of the request, within the process. */
import * as z from 'zod/mini'
import { type ReportSummary, reportSummaryOf } from '#lib/api/reports.ts'

export const shownReportHeader = 'x-why1006-report'

export const writeShownReport = (report: ReportSummary): string => encodeURIComponent(JSON.stringify(report))

/** Undefined where there is no report, or a header that is none. */
export function readShownReport(header: string | null): ReportSummary | undefined {
  if (header === null) return undefined
  try {
    const read = z.safeParse(reportSummaryOf, JSON.parse(decodeURIComponent(header)))
    return read.data
  } catch {
    return undefined
  }
}
