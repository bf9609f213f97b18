import { type ChecklistOrder, checklistReport } from '#lib/api/checklist.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { getJson, postJson } from './request.ts'

/** Has the server look at itself, and at the URL where there is one. @throws ProblemError, or the signal's reason */
export async function askChecklist(
  order: ChecklistOrder | null,
  signal: AbortSignal,
): Promise<readonly ChecklistItem[]> {
  const report =
    order === null
      ? await getJson('/api/checklist', checklistReport, signal)
      : await postJson('/api/checklist', order, checklistReport, signal)
  return report.items
}
