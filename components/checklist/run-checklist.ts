/** Runs the checklist: the server looks at itself and probes the URL, the page opens it. Loaded when it first runs. */
import { type ChecklistOrder, checklistReport } from '#lib/api/checklist.ts'
import { judgePageAttempt } from '#lib/checklist/in-browser.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { openFromPage } from './open-from-page.ts'

/** @throws an Error whose message says why there is no answer */
export async function lookAtServer(signal: AbortSignal): Promise<readonly ChecklistItem[]> {
  return ask({ signal })
}

/** @throws an Error whose message says why there is no answer */
export async function runChecklist(
  order: Required<ChecklistOrder>,
  pageOrigin: string,
  signal: AbortSignal,
): Promise<readonly ChecklistItem[]> {
  const [items, attempt] = await Promise.all([
    ask({
      signal,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(order),
    }),
    openFromPage(order.url),
  ])
  return [...items, judgePageAttempt(attempt, pageOrigin)]
}

async function ask(request: RequestInit): Promise<readonly ChecklistItem[]> {
  const response = await fetch('/api/checklist', request).catch((error: unknown) => {
    if (request.signal?.aborted) throw error
    throw new Error('The server did not answer.')
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new Error(messageOf(body) ?? `The server answered with ${response.status}.`)
  return checklistReport.parse(body).items
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined
  return `The server says: ${String(body.message)}.`
}
