/** A report as a file that any Why1006 takes back: its JSON, alone or within the HTML page that shows it. */
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { visibleLines } from '#lib/text/foreign.ts'
import { isHtml } from '#lib/text/html.ts'
import { dataBlock, type Markup } from '#lib/text/markup.ts'

const DATA_ID = 'why1006-report'

/** Without what holds on this server alone. @param indent for people: blanks a level */
export function exportedJson(stored: StoredReport, indent?: number): string {
  const { previous: _, imported: __, reading: ___, ...report } = stored
  return visibleLines(JSON.stringify(report, null, indent))
}

export const exportedBlock = (stored: StoredReport): Markup => dataBlock(DATA_ID, exportedJson(stored))

const START = new RegExp(`<script type="application/json" id="${DATA_ID}">`)

/** The JSON in an exported file, unread; undefined where the file has none. */
export function exportedIn(text: string): string | undefined {
  if (/^\s*\{/.test(text)) return text
  if (!isHtml(text)) return undefined
  const start = START.exec(text)
  if (start === null) return undefined
  const from = start.index + start[0].length
  const end = text.indexOf('</script', from)
  return end < 0 ? undefined : text.slice(from, end)
}
