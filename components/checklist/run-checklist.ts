/** Runs the checklist: the server looks at itself and probes the URL, the page opens it. Loaded when it first runs. */
import { askChecklist } from '#components/api/checklist.ts'
import type { ChecklistOrder } from '#lib/api/checklist.ts'
import { judgePageAttempt, type PageAttempt } from '#lib/checklist/in-browser.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'

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

/** A proxy that answers at all answers sooner; Chromium itself would wait for 240 s. */
const patienceMs = 10_000
/** A server that turns a page away after accepting does it at once. */
const lingerMs = 300

/** Opens the URL as any page would, and lets go of it. Never rejects. */
function openFromPage(url: string): Promise<PageAttempt> {
  const begunAt = performance.now()
  const ms = () => Math.round(performance.now() - begunAt)
  return new Promise((resolve) => {
    let socket: WebSocket
    try {
      socket = new WebSocket(url)
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      return resolve({ type: 'threw', name, message })
    }
    let opened: number | null = null
    let timer = setTimeout(() => {
      resolve({ type: 'no-answer', ms: ms() })
      socket.close()
    }, patienceMs)
    socket.onopen = () => {
      opened = ms()
      clearTimeout(timer)
      timer = setTimeout(() => {
        resolve({ type: 'opened', ms: opened ?? 0 })
        socket.close(1000)
      }, lingerMs)
    }
    socket.onclose = ({ code, reason }) => {
      clearTimeout(timer)
      resolve(
        opened === null
          ? { type: 'never-opened', ms: ms(), code, isOnline: navigator.onLine }
          : { type: 'closed-at-once', ms: ms(), code, reason },
      )
    }
  })
}
