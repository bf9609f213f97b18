/** The worker that reads what was brought, as promises. */
import type { BundledReport } from '#lib/bundle/open.ts'
import type { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { SourceReading } from '#lib/intake/pieces.ts'
import type { Attachment } from './attachments.ts'
import type { LargeProgress } from './large-logs.ts'

/** What is judged here: evidence that is there already, text, files; or some of each. */
export interface Given {
  readonly evidence?: Evidence
  readonly text?: string
  readonly files?: readonly Attachment[]
}

export type JudgedHere = ReturnType<typeof readAndJudge> & {
  /** Of a support bundle among the files. */
  readonly bundled?: readonly BundledReport[]
}

/** Of logs that take a while: how far they are read, and what they tell so far. */
export interface ReadProgress extends LargeProgress {
  readonly judged: JudgedHere
}

export type Question = Given & { readonly id: number; readonly what: 'judge' | 'look' | 'stop' }
export type Answer = { readonly id: number } & (
  | { readonly judged: JudgedHere }
  | { readonly seen: readonly SourceReading[] }
  | { readonly failed: string }
  | { readonly progress: ReadProgress }
)

/** Every reader takes time proportional to its text; a machine that needs longer than this is told so. */
const PATIENCE_MS = 30_000

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

let worker: Worker | null = null
let lastId = 0
const waiting = new Map<number, Waiting>()

/** Begins to load it, for whoever will have something to read later: by then the server of this page may be gone. */
export function prepareReader(): void {
  started()
}

/** @throws Error in a sentence, where it takes too long or the worker cannot start */
export async function readHere(
  given: Given,
  signal: AbortSignal,
  onProgress?: (progress: ReadProgress) => void,
): Promise<JudgedHere> {
  const answer = await ask('judge', given, signal, onProgress)
  if (!('judged' in answer)) throw new Error('The reader of this page gave no verdict. Reload the page.')
  return answer.judged
}

/** What it is, as far as its beginning tells; no verdict. */
export async function lookHere(given: Given): Promise<readonly SourceReading[]> {
  const answer = await ask('look', given)
  return 'seen' in answer ? answer.seen : []
}

function ask(
  what: Question['what'],
  given: Given,
  signal?: AbortSignal,
  onProgress?: (progress: ReadProgress) => void,
): Promise<Answer> {
  const id = ++lastId
  return new Promise((resolve, reject) => {
    const patience = () =>
      setTimeout(
        () => stop('This is too large to read in this browser. Give it to: why1006 diagnose <file>'),
        PATIENCE_MS,
      )
    let timer = patience()
    const done = () => {
      clearTimeout(timer)
      waiting.delete(id)
    }
    waiting.set(id, {
      resolve: (answer) => {
        if ('progress' in answer) {
          clearTimeout(timer)
          timer = patience()
          onProgress?.(answer.progress)
          return
        }
        done()
        if ('failed' in answer) reject(new Error(answer.failed))
        else resolve(answer)
      },
      reject: (error) => {
        done()
        reject(error)
      },
    })
    const giveUp = () => {
      if (waiting.has(id)) worker?.postMessage({ id, what: 'stop' } satisfies Question)
      waiting.get(id)?.reject(new Error('No longer asked for.'))
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    started().postMessage({ id, what, ...given } satisfies Question)
  })
}

function started(): Worker {
  if (worker !== null) return worker
  worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => waiting.get(data.id)?.resolve(data))
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
