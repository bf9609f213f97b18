import type { PageAttempt } from '#lib/checklist/in-browser.ts'

/** A proxy that answers at all answers sooner; Chromium itself would wait for 240 s. */
const patienceMs = 10_000
/** A server that turns a page away after accepting does it at once. */
const lingerMs = 300

/** Opens the URL as any page would, and lets go of it. Never rejects. */
export function openFromPage(url: string): Promise<PageAttempt> {
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
