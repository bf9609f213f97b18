/**
 * One batch per animation frame: whoever has news asks for a publication, and gets one with everybody else's.
 *
 * Frames stop while a page is hidden or covered, so a timer stands behind each: news is never older than a second
 * where timers run.
 */
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

const WITHOUT_FRAMES_MS = 1_000

export interface Publisher {
  /** Publishes with the next frame. Asking again before then costs nothing. */
  request(): void
  /** Publishes now, for what a person did and expects to see done. */
  flush(): void
  stop(): void
}

export function createPublisher(ports: Pick<Ports, 'frame' | 'schedule'>, publish: () => void): Publisher {
  let pending: readonly Stop[] = []

  const cancel = (): void => {
    for (const stop of pending) stop()
    pending = []
  }
  const flush = (): void => {
    cancel()
    publish()
  }
  return {
    request() {
      if (pending.length > 0) return
      pending = [ports.frame(flush), ports.schedule(flush, WITHOUT_FRAMES_MS)]
    },
    flush,
    stop: cancel,
  }
}
