/**
 * Work that a stranger's input may make long, on threads of its own: the loop that others wait for goes on meanwhile,
 * and a job that takes too long is ended with its thread. Threads start when they are first needed.
 */
import { Worker } from 'node:worker_threads'

/** What a thread can do, by name. Orders and results are copied between the threads. */
export type Jobs = Readonly<Record<string, (order: never) => unknown>>

export interface ThreadPool<All extends Jobs> {
  /** Rejects with a `ThreadLimitError` where the job was not done; else with what it threw. */
  run<Name extends keyof All & string>(
    name: Name,
    order: Parameters<All[Name]>[0],
  ): Promise<Awaited<ReturnType<All[Name]>>>
}

export interface ThreadPoolOptions {
  /** A module that calls `serveJobs`. */
  readonly file: URL
  readonly threads?: number
  /** Processor time of one job, so that a busy machine refuses nothing; of the clock six times as much. */
  readonly limitMs?: number
  /** Jobs that may wait for a thread. */
  readonly mostWaiting?: number
  /** What one thread may hold. */
  readonly heapMebibytes?: number
}

/** The job was given up: over the time, over the memory, or because too many were waiting already. */
export class ThreadLimitError extends Error {
  readonly limit: 'time' | 'memory' | 'waiting'

  constructor(limit: ThreadLimitError['limit']) {
    super(`A job was given up over its limit of ${limit}`)
    this.name = 'ThreadLimitError'
    this.limit = limit
  }
}

export type ToThread = { readonly name: string; readonly order: unknown }
export type FromThread =
  /** `cpuMs`: what the thread has used in all, its start included. */
  | { readonly type: 'begun'; readonly cpuMs: number }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly stack: string }

const clockFactor = 6

/** Most jobs take milliseconds: another thread, and its memory, is for one that has waited this long. */
const patienceMs = 250

export const millisecondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

interface Waiting {
  readonly message: ToThread
  isOverdue?: true
  overdueTimer?: NodeJS.Timeout
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  job: Waiting | undefined
  timer?: NodeJS.Timeout
}

export function createThreadPool<All extends Jobs>(options: ThreadPoolOptions): ThreadPool<All> {
  const { file, threads: most = 2, limitMs = 5000, mostWaiting = 64, heapMebibytes = 768 } = options
  const threads = new Set<Thread>()
  const waiting: Waiting[] = []

  const next = () => {
    const [job] = waiting
    if (job === undefined) return
    const idle = [...threads].find((thread) => thread.job === undefined)
    const mayStart = threads.size === 0 || (threads.size < most && job.isOverdue === true)
    const thread = idle ?? (mayStart ? start() : undefined)
    if (thread === undefined) {
      job.overdueTimer ??= setTimeout(() => {
        job.isOverdue = true
        next()
      }, patienceMs).unref()
      return
    }
    clearTimeout(job.overdueTimer)
    waiting.shift()
    thread.job = job
    // Only a job under way keeps a process that has nothing else to do.
    thread.worker.ref()
    thread.worker.postMessage(job.message)
  }

  /** Takes its job from the thread, which is free from then on. */
  const finish = (thread: Thread): Waiting | undefined => {
    clearTimeout(thread.timer)
    const { job } = thread
    thread.job = undefined
    thread.worker.unref()
    return job
  }

  const discard = (thread: Thread, error: Error) => {
    if (!threads.delete(thread)) return
    finish(thread)?.reject(error)
    thread.worker.terminate().catch(() => {})
    next()
  }

  const limitTime = (thread: Thread, cpuMsBefore: number) => {
    const { job, worker } = thread
    const endsAt = performance.now() + limitMs * clockFactor
    const giveUp = () => discard(thread, new ThreadLimitError('time'))
    const lookIn = (ms: number) => {
      thread.timer = setTimeout(look, ms)
    }
    const look = () => {
      const restMs = endsAt - performance.now()
      // Also for a thread that does not answer, and for a Node that cannot ask it.
      if (restMs <= 0) return giveUp()
      lookIn(restMs)
      worker.cpuUsage?.().then(
        (used) => {
          if (thread.job !== job) return
          const leftMs = limitMs - (millisecondsOf(used) - cpuMsBefore)
          if (leftMs <= 0) return giveUp()
          clearTimeout(thread.timer)
          lookIn(Math.min(leftMs, restMs))
        },
        () => {},
      )
    }
    lookIn(limitMs)
  }

  const start = (): Thread => {
    const worker = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: heapMebibytes, maxYoungGenerationSizeMb: 24 },
      // Whatever this process was started with, a test's preloads for instance, is not for the thread.
      execArgv: [],
    })
    const thread: Thread = { worker, job: undefined }
    threads.add(thread)
    worker.on('message', (message: FromThread) => {
      if (message.type === 'begun') return limitTime(thread, message.cpuMs)
      const job = finish(thread)
      if (message.type === 'done') job?.resolve(message.result as never)
      else job?.reject(new Error(message.stack))
      next()
    })
    worker.on('error', (error: NodeJS.ErrnoException) =>
      discard(thread, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadLimitError('memory') : error),
    )
    worker.on('exit', (code) => discard(thread, new Error(`The thread ended with code ${code}`)))
    return thread
  }

  return {
    run: (name, order) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= mostWaiting) return reject(new ThreadLimitError('waiting'))
        waiting.push({ message: { name, order }, resolve, reject })
        next()
      }),
  }
}
