/** Pages of reports learn from the server which report they show: their titles and cards carry the verdict. */
import type { IncomingMessage } from 'node:http'
import { shownReportHeader, writeShownReport } from '#lib/api/shown-report.ts'
import type { Pages } from '#server/http/pages.ts'
import type { Reports } from '#server/reports/reports.ts'

const REPORT_PAGE = /^\/reports\/([\w-]+)\/?(?:\?|$)/

export function withReports(pages: Pages, reports: Pick<Reports, 'summary'>): Pages {
  return {
    ...pages,
    handle: async (request, response) => {
      await tellReport(request, reports)
      await pages.handle(request, response)
    },
  }
}

/** Puts the header on the request, which is the way to a page that takes nothing of the server's. What a client sends there is not read. */
export async function tellReport(request: IncomingMessage, reports: Pick<Reports, 'summary'>): Promise<void> {
  delete request.headers[shownReportHeader]
  const [, id] = REPORT_PAGE.exec(request.url ?? '') ?? []
  if (id === undefined) return
  // A page without its title is better than none; it asks for the report itself and says what is wrong.
  const report = await reports.summary(id).catch(() => undefined)
  if (report) request.headers[shownReportHeader] = writeShownReport(report)
}
