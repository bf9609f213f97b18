/** Runs the checklist: the server looks at itself and probes the URL, the page opens it. Loaded when it first runs. */
import { askChecklist } from '#components/api/checklist.ts'
import type { ChecklistOrder } from '#lib/api/checklist.ts'
import { judgePageAttempt } from '#lib/checklist/in-browser.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { openFromPage } from './open-from-page.ts'

/** @throws ProblemError, or the signal's reason */
export async function runChecklist(
  order: Required<ChecklistOrder> | null,
  pageOrigin: string,
  signal: AbortSignal,
): Promise<readonly ChecklistItem[]> {
  if (order === null) return askChecklist(null, signal)
  const [items, attempt] = await Promise.all([askChecklist(order, signal), openFromPage(order.url)])
  return [...items, judgePageAttempt(attempt, pageOrigin)]
}
