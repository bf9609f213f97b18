/** The worker that reads what was brought, as a promise. */
import type { Brought, readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

export type JudgedHere = ReturnType<typeof readAndJudge>
export interface Answer {
  readonly id: number
  readonly judged: JudgedHere
}

/** Every reader takes time proportional to its text; a machine that needs longer than this is told so. */
const PATIENCE_MS = 30_000

interface Waiting {
  readonly resolve: (judged: JudgedHere) => void
  readonly reject: (error: Error) => void
}

let worker: Worker | null = null
let lastId = 0
const waiting = new Map<number, Waiting>()

/** @throws Error in a sentence, where it takes too long or the worker cannot start */
export function readHere(brought: Brought, signal: AbortSignal): Promise<JudgedHere> {
  const id = ++lastId
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => stop('This is too large to read in this browser. Give it to: why1006 diagnose <file>'),
      PATIENCE_MS,
    )
    const done = () => {
      clearTimeout(timer)
      waiting.delete(id)
    }
    waiting.set(id, {
      resolve: (judged) => {
        done()
        resolve(judged)
      },
      reject: (error) => {
        done()
        reject(error)
      },
    })
    signal.addEventListener('abort', () => waiting.get(id)?.reject(new Error('No longer asked for.')), {
      once: true,
    })
    started().postMessage({ id, brought })
  })
}

function started(): Worker {
  if (worker !== null) return worker
  worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data: { id, judged } }: MessageEvent<Answer>) =>
    waiting.get(id)?.resolve(judged),
  )
  worker.addEventListener('error', () =>
    stop('The reader of this page could not be started. Reload the page.'),
  )
  return worker
}

/** Ends the worker, which may be in the middle of something, and all that wait for it. */
function stop(says: string): void {
  worker?.terminate()
  worker = null
  for (const { reject } of [...waiting.values()]) reject(new Error(says))
}
