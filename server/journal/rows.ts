/** Events as rows of the file. */
import type { JournalRecord } from '#server/journal/journal.ts'

export type Row = { readonly id: string; readonly json: string }

/** None where the disk changed it. */
export function recordOf({ json }: Pick<Row, 'json'>): JournalRecord[] {
  try {
    return [{ event: JSON.parse(json), json }]
  } catch {
    return []
  }
}
