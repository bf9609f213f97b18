/**
 * When this page could have seen something happen.
 *
 * A hidden page's timers run once a second, after five minutes once a minute (Chrome's throttling); a sleeping
 * machine runs nothing. What did not arrive in such a time is not missed: nobody looked. So the page looks at a
 * steady pace, and every message counts as a look; a longer pause than the pace explains is blind time, and only
 * the rest counts as watched.
 */
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

const LOOK_EVERY_MS = 100
/** A look that comes later than this after the last one ends a blind time. */
const BLIND_AFTER_MS = 350

export interface Look {
  readonly now: number
  /** Milliseconds watched since the beginning: differences of it are the time that silence may be judged by. */
  readonly watchedMs: number
  /** This look ended a blind time: what is queued behind it has not been seen, so nothing is judged now. */
  readonly wasBlind: boolean
  /** When the last blind time ended, null if there was none: something that began before it cannot be timed. */
  readonly blindUntil: number | null
}

export interface Attention {
  /** Any sign that the page's event loop runs. Cheap: call it on every message. */
  look(): Look
  /** Looks at a steady pace until undone, and tells this one of each look. */
  watch(onLook: (look: Look) => void): Stop
}

/** @param onBlind hears of each blind time. */
export function createAttention(
  ports: Pick<Ports, 'now' | 'schedule'>,
  onBlind: (fromAt: number, untilAt: number) => void = () => {},
): Attention {
  const watchers = new Set<(look: Look) => void>()
  let lastLookAt: number | null = null
  let watchedMs = 0
  let blindUntil: number | null = null
  let stopTicking: Stop | null = null

  const look = (): Look => {
    const now = ports.now()
    const elapsedMs = lastLookAt === null ? 0 : Math.max(now - lastLookAt, 0)
    const wasBlind = watchers.size > 0 && elapsedMs > BLIND_AFTER_MS
    if (wasBlind) {
      blindUntil = now
      onBlind(now - elapsedMs, now)
    } else {
      watchedMs += elapsedMs
    }
    lastLookAt = now
    return { now, watchedMs, wasBlind, blindUntil }
  }

  const tick = (): void => {
    const seen = look()
    for (const onLook of [...watchers]) onLook(seen)
    stopTicking = watchers.size > 0 ? ports.schedule(tick, LOOK_EVERY_MS) : null
  }

  return {
    look,
    watch(onLook) {
      // Nobody looked before the first watcher came: that time is neither watched nor blind.
      if (watchers.size === 0) lastLookAt = ports.now()
      watchers.add(onLook)
      stopTicking ??= ports.schedule(tick, LOOK_EVERY_MS)
      return () => {
        watchers.delete(onLook)
        if (watchers.size > 0) return
        stopTicking?.()
        stopTicking = null
      }
    },
  }
}
