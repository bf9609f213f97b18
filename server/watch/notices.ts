/**
 * When a change of state is told: at once, and never in a flood. After each notice there is a quiet time; what changed
 * meanwhile is told once at its end. While changes go on the quiet time doubles, up to an hour.
 */

export type NoticeState = 'up' | 'down'

export interface Notice<Facts> {
  readonly state: NoticeState
  /** How often it went down since the notice before. */
  readonly losses: number
  /** What the newest change came with. */
  readonly facts: Facts
}

export interface Notices<Facts> {
  /** The first `up` is what everybody expects, and no change. */
  changed(state: NoticeState, facts: Facts): void
  stop(): void
}

export interface Quiet {
  readonly leastMs: number
  readonly mostMs: number
}

const QUIET: Quiet = { leastMs: 60_000, mostMs: 3_600_000 }

export function createNotices<Facts>(
  tell: (notice: Notice<Facts>) => void,
  { leastMs, mostMs }: Quiet = QUIET,
  now: () => number = () => performance.now(),
): Notices<Facts> {
  let told: NoticeState = 'up'
  let waiting: Notice<Facts> | undefined
  let timer: NodeJS.Timeout | undefined
  let quietMs = leastMs
  let toldAt = Number.NEGATIVE_INFINITY
  let isOver = false

  const flush = () => {
    timer = undefined
    const notice = waiting
    waiting = undefined
    if (notice === undefined || (notice.state === told && notice.losses === 0)) return
    const at = now()
    quietMs = at - toldAt < 2 * quietMs ? Math.min(mostMs, 2 * quietMs) : leastMs
    toldAt = at
    told = notice.state
    tell(notice)
  }

  return {
    changed(state, facts) {
      if (isOver) return
      const losses = (waiting?.losses ?? 0) + (state === 'down' ? 1 : 0)
      waiting = { state, losses, facts }
      const restMs = toldAt + quietMs - now()
      if (restMs <= 0 && timer === undefined) flush()
      else timer ??= setTimeout(flush, Math.max(0, restMs)).unref()
    },
    stop() {
      isOver = true
      clearTimeout(timer)
    },
  }
}
