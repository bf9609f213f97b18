'use client'
/** The imported logs, as the page knows them: one worker holds them until the page is left; a reload reads their files again. */
import { createStore } from 'zustand/vanilla'
import type { LogFile, Overview, Progress } from './imported-logs.ts'
import { forgetFiles, keepFiles, keptFiles } from './kept-files.ts'
import type { Answers, Message, Question, QuestionName, Questions } from './protocol.ts'

export type Imports =
  | { readonly status: 'none' }
  | {
      readonly status: 'reading' | 'done' | 'stopped'
      readonly files: readonly string[]
      readonly progress: Progress | null
      /** What there is so far; null before the first look. */
      readonly overview: Overview | null
      /** Changes when there is more. */
      readonly version: number
      /** They are there after a reload. */
      readonly isKept: boolean
    }
  | { readonly status: 'failed'; readonly files: readonly string[]; readonly says: string }

export const importStore = createStore<{ readonly current: Imports }>(() => ({ current: { status: 'none' } }))

const show = (current: Imports): void => importStore.setState({ current })
const shown = (): Imports => importStore.getState().current

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

let worker: Worker | null = null
let lastId = 0
const waiting = new Map<number, Waiting>()

/** The logs that were asked are no longer those that are there: nobody waits for the answer. */
export class Replaced extends Error {}

/** @throws Error in a sentence, or `Replaced` */
export function askLogs<Name extends QuestionName>(
  what: Name,
  given: Questions[Name],
): Promise<Answers[Name]> {
  const id = ++lastId
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: (answer) => resolve(answer as Answers[Name]), reject })
    started().postMessage({ id, what, given } as Question)
  })
}

/** The name of each file; blobs of one name are told apart by whoever brings them. */
export function importLogs(files: readonly LogFile[]): void {
  if (files.length === 0) return
  read(files, false)
  void keepFiles(files).then((isKept) => {
    const current = shown()
    if ('isKept' in current) show({ ...current, isKept })
  })
}

let wasRestored = false

/** What was imported before a reload, once. */
export async function restoreImports(): Promise<void> {
  if (wasRestored) return
  wasRestored = true
  const files = await keptFiles()
  if (files.length > 0 && shown().status === 'none') read(files, true)
}

function read(files: readonly LogFile[], isKept: boolean): void {
  end(new Replaced('Other files were imported.'))
  const names = files.map(({ file }) => file)
  show({ status: 'reading', files: names, progress: null, overview: null, version: 0, isKept })
  askLogs('read', { files }).then(
    (overview) => finish('done', overview),
    (error: Error) => {
      if (shown().status === 'reading') show({ status: 'failed', files: names, says: error.message })
    },
  )
}

/** What was read until now stays; the rest is left. */
export function stopImport(): void {
  const current = shown()
  if (current.status !== 'reading') return
  if (current.overview === null) forgetImports()
  else finish('stopped', current.overview)
  void askLogs('stop', {}).catch(() => {})
}

export function forgetImports(): void {
  end(new Replaced('The imported logs were removed.'))
  show({ status: 'none' })
  void forgetFiles()
}

function finish(status: 'done' | 'stopped', overview: Overview): void {
  const current = shown()
  if (current.status !== 'reading') return
  show({ ...current, status, overview, version: current.version + 1 })
}

function started(): Worker {
  if (worker !== null) return worker
  const made = new Worker(new URL('./logs.worker.ts', import.meta.url), { type: 'module' })
  // One that was ended while it was being loaded still says that it failed.
  made.addEventListener('message', ({ data }: MessageEvent<Message>) => made === worker && hear(data))
  made.addEventListener('error', () => {
    if (made !== worker) return
    end(new Error('The reader of this page could not be started. Reload the page.'))
  })
  worker = made
  return made
}

function hear(message: Message): void {
  const current = shown()
  if ('progress' in message) {
    if (current.status === 'reading') show({ ...current, progress: message.progress })
  } else if ('soFar' in message) {
    if (current.status === 'reading') {
      show({ ...current, overview: message.soFar, version: current.version + 1 })
    }
  } else {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ('failed' in message) asked?.reject(new Error(message.failed))
    else asked?.resolve(message.answer)
  }
}

/** Ends the worker, which may be in the middle of something, and all that wait for it. */
function end(why: Error): void {
  worker?.terminate()
  worker = null
  const all = [...waiting.values()]
  waiting.clear()
  for (const { reject } of all) reject(why)
}
