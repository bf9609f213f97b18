/**
 * What a check is, and the one way in which checks are run: those that the server makes of itself (`inside`), and
 * those that `why1006 check` makes of a running server over the network (`outside`).
 */
import { type CheckResult, unknown } from '#lib/checklist/result.ts'

export interface Check<Subject> {
  readonly id: string
  readonly run: (subject: Subject) => CheckResult | Promise<CheckResult>
}

export interface CheckRun<C> {
  readonly check: C
  readonly result: CheckResult
  /** Null: it was not run to its end. */
  readonly tookMs: number | null
}

export interface CheckRunOptions<C> {
  /** How many run side by side; all of them unless told otherwise. */
  readonly atOnce?: number
  /** When it aborts, what is not finished is unknown. */
  readonly signal?: AbortSignal
  readonly onStart?: (check: C) => void
  /** What it means that a check threw; the others go on. */
  readonly judgeError: (error: unknown) => CheckResult
}

/** Runs them side by side. Resolves with one run for each, in the order given; never rejects. */
export async function runChecks<Subject, C extends Check<Subject>>(
  checks: readonly C[],
  subject: Subject,
  options: CheckRunOptions<C>,
): Promise<CheckRun<C>[]> {
  const { atOnce = checks.length, signal, onStart, judgeError } = options
  const runs = new Map<C, CheckRun<C>>()
  const queue = [...checks]

  const work = async () => {
    for (let check = queue.shift(); check && !signal?.aborted; check = queue.shift()) {
      onStart?.(check)
      const startedAt = performance.now()
      const result = await resultOf(check, subject, judgeError)
      if (!signal?.aborted)
        runs.set(check, { check, result, tookMs: Math.round(performance.now() - startedAt) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return checks.map((check) => runs.get(check) ?? { check, result: unknown('interrupted'), tookMs: null })
}

async function resultOf<Subject>(
  check: Check<Subject>,
  subject: Subject,
  judgeError: (error: unknown) => CheckResult,
): Promise<CheckResult> {
  try {
    return await check.run(subject)
  } catch (error) {
    return judgeError(error)
  }
}
