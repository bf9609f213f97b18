/**
 * Time and patience of one probe. All `ms` in evidence count from the beginning of its attempt, so that
 * stages, frames and the end lie on one line.
 */
export interface ProbeClock {
  /** Whole milliseconds since this attempt began. */
  ms(): number
  /** Milliseconds with fractions since this attempt began, for round trips. */
  exact(): number
  /** What one more stage may take: its own limit, or what is left of the whole run. */
  stageMs(): number
}

export interface Budget {
  /** At most this long for one stage. */
  stageMs: number
  /** At most this long for the whole run, without the time spent holding a connection on purpose. */
  runMs: number
}

/** A stage that takes longer than 10 s is a finding, and nobody waits longer than 45 s for a report. */
export const BUDGET: Budget = { stageMs: 10_000, runMs: 45_000 }

/** A retry that is not answered costs 2 s, and all of them together 10 s: nobody waits for a second silence as for the first. */
export const RETRY_BUDGET: Budget = { stageMs: 2000, runMs: 10_000 }

export interface RunClock {
  /** A clock that starts now. */
  attempt(): ProbeClock
  /** Time that was spent on purpose (a hold) does not count against the run. */
  excuse(ms: number): void
  spent(): boolean
  /** The rest of the run, from now on with other limits where they are tighter. */
  tightened(budget: Budget): RunClock
}

export function createRunClock(now: () => number, budget: Budget): RunClock {
  const began = now()
  let excusedMs = 0
  const leftMs = () => budget.runMs + excusedMs - (now() - began)
  return {
    attempt: () => {
      const start = now()
      return {
        ms: () => Math.round(now() - start),
        exact: () => now() - start,
        stageMs: () => Math.max(1, Math.min(budget.stageMs, leftMs())),
      }
    },
    excuse: (ms) => {
      excusedMs += ms
    },
    spent: () => leftMs() <= 0,
    tightened: ({ stageMs, runMs }) =>
      createRunClock(now, {
        stageMs: Math.min(stageMs, budget.stageMs),
        runMs: Math.max(0, Math.min(runMs, leftMs())),
      }),
  }
}

/** Resolves `true` after `ms`, or `false` as soon as the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const end = (passed: boolean) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', aborted)
      resolve(passed)
    }
    const aborted = () => end(false)
    const timer = setTimeout(() => end(true), ms)
    signal.addEventListener('abort', aborted)
  })
}
