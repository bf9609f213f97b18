/** A report as JSON that any Why1006 takes back. */
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { visibleLines } from '#lib/text/foreign.ts'

/** Without what holds on this server alone. @param indent for people: blanks a level */
export function exportedJson(stored: StoredReport, indent?: number): string {
  const { previous: _, imported: __, reading: ___, ...report } = stored
  return visibleLines(JSON.stringify(report, null, indent))
}
