/** Where an exported page of HTML has its report, and the way back to it. */
import { isHtml } from '#lib/text/html.ts'
import { dataBlock, type Markup } from '#lib/text/markup.ts'

const ID = 'why1006-report'
const START = `<script type="application/json" id="${ID}">`

/** @param json of a report (lib/diagnosis/exported.ts) */
export const reportBlock = (json: string): Markup => dataBlock(ID, json)

/** The JSON in an exported file, unread: all of a JSON file, or the block of a page. Undefined where the file has none. */
export function exportedIn(text: string): string | undefined {
  if (/^[\s\uFEFF]{0,1000}\{/.test(text.slice(0, 1001))) return text
  if (!isHtml(text)) return undefined
  const at = text.indexOf(START)
  const end = text.indexOf('</script', at)
  return at < 0 || end < 0 ? undefined : text.slice(at + START.length, end)
}
