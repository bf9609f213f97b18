/** Reading and judging what came from outside, for the rest of the server: in time, or refused with words. */
import { availableParallelism } from 'node:os'
import type { Problem } from '#lib/api/problem.ts'
import type { ReportSummary } from '#lib/api/reports.ts'
import type { Comparison } from '#lib/diagnosis/compare/compare.ts'
import type { ImportJudgement, Judgement, JudgeOrder, jobs } from '#server/reports/jobs.ts'
import { createThreadPool, ThreadLimitError, type ThreadPool } from '#server/reports/thread-pool.ts'
import type { JsonBytes } from '#server/wire/json.ts'

/** Each rejects with a `JudgingError` where the material is refused. */
export interface Judge {
  judge(order: JudgeOrder): Promise<Extract<Judgement, { ok: true }>>
  compare(before: JsonBytes, now: JsonBytes): Promise<Comparison>
  import(brought: JsonBytes, now: number): Promise<Extract<ImportJudgement, { ok: true }>>
  markdown(report: JsonBytes): Promise<string>
  html(report: JsonBytes): Promise<string>
  /** A picture, as PNG. */
  card(summary: ReportSummary): Promise<Uint8Array<ArrayBuffer>>
}

/** The material is refused, or asks too much of this server. */
export class JudgingError extends Error {
  readonly status: 400 | 422 | 503
  readonly problem: Problem

  constructor(status: JudgingError['status'], problem: Problem) {
    super(problem.message)
    this.name = 'JudgingError'
    this.status = status
    this.problem = problem
  }
}

/** Threads belong to the process, like those of the system's own pool, however many servers run in it. */
const threadsOfThisProcess = createThreadPool<typeof jobs>({
  file: new URL('./worker.ts', import.meta.url),
  // One core stays with the loop that heartbeats wait for; a second thread would only cost its memory there.
  threads: Math.max(1, Math.min(2, availableParallelism() - 1)),
})

export function createJudge(threads: ThreadPool<typeof jobs> = threadsOfThisProcess): Judge {
  return {
    judge: async (order) => {
      const judgement = await inTime(threads.run('judge', order))
      if (!judgement.ok) throw new JudgingError(400, judgement.problem)
      return judgement
    },
    compare: (before, now) => inTime(threads.run('compare', { before, now })),
    import: async (brought, now) => {
      const judgement = await inTime(threads.run('import', { brought, now }))
      if (!judgement.ok) throw new JudgingError(400, judgement.problem)
      return judgement
    },
    markdown: (report) => inTime(threads.run('markdown', report)),
    html: (report) => inTime(threads.run('html', report)),
    card: (summary) => inTime(threads.run('card', summary)),
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ThreadLimitError)) throw error
    throw error.limit === 'waiting' ? new JudgingError(503, busy) : new JudgingError(422, tooMuch)
  }
}

const tooMuch: Problem = {
  error: 'too_much_to_judge',
  message: 'Reading and judging this takes more time or memory than this server gives one report.',
  remedy:
    'Send only the lines about the connection in question. Or give the file to why1006 logs, lint or judge, which take as long as they need.',
}

export const busy: Problem = {
  error: 'busy',
  message: 'Too many reports are waiting to be judged.',
  remedy: 'Try again in a few seconds.',
}
