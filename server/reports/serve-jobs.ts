/** The other end of `thread-pool.ts`: does one job after the other for whoever started this thread. */
import { parentPort } from 'node:worker_threads'
import { type FromThread, type Jobs, millisecondsOf, type ToThread } from '#server/reports/thread-pool.ts'

/** Node 20 cannot say: the time limit is the clock's there. */
const NONE_USED = { user: 0, system: 0 }

export function serveJobs(jobs: Jobs): void {
  const tell = (message: FromThread) => parentPort?.postMessage(message)
  parentPort?.on('message', async ({ name, order }: ToThread) => {
    tell({ type: 'begun', cpuMs: millisecondsOf(process.threadCpuUsage?.() ?? NONE_USED) })
    try {
      const result: unknown = await jobs[name]?.(order as never)
      tell({ type: 'done', result })
    } catch (error) {
      tell({ type: 'failed', stack: String(error instanceof Error ? error.stack : error) })
    }
  })
}
