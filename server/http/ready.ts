/** `GET /ready`: whether a balancer may send somebody here. */
import type { ReadyReport } from '#lib/protocol/health.ts'
import type { Answer } from '#server/wire/answer.ts'

export interface ReadySources {
  /** What the start still waits for; the first word that people know it by. */
  readonly waitsFor: () => readonly ('pages' | 'journal')[]
  readonly isDraining: () => boolean
}

/**
 * 200 from the moment on in which everything that was started is there, until the server drains. That Redis went away is no
 * reason: it did for all instances, and the sockets work without it.
 */
export function createReady({ waitsFor, isDraining }: ReadySources): () => Answer {
  return () => {
    const waiting = waitsFor()
    const status = isDraining() ? 'draining' : waiting.length > 0 ? 'starting' : 'ready'
    const body: ReadyReport = { status, ...(waiting.length > 0 && { waits_for: [...waiting] }) }
    return { status: status === 'ready' ? 200 : 503, body }
  }
}
