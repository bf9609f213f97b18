/** What was brought in place of a URL, and what became of it: judged in this browser, kept by the server only when asked. */
import { createStore } from 'zustand/vanilla'
import { problemOf } from '#components/api/problem.ts'
import { createReport } from '#components/api/reports.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { Source } from '#lib/intake/read.ts'
import { type JudgedHere, readHere } from './reader.ts'

export type Brought =
  | { readonly status: 'none' }
  | { readonly status: 'reading' }
  | { readonly status: 'failed'; readonly says: string }
  | { readonly status: 'done'; readonly judged: JudgedHere; readonly kept: StoredReport | null }

export const broughtStore = createStore<{ readonly current: Brought }>(() => ({
  current: { status: 'none' },
}))

const show = (current: Brought) => broughtStore.setState({ current })

let current = new AbortController()

export async function judgeBrought(text: string, files: readonly Source[]): Promise<void> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  show({ status: 'reading' })
  try {
    const judged = await readHere({ text, files }, signal)
    if (!signal.aborted) show({ status: 'done', judged, kept: null })
  } catch (error) {
    if (!signal.aborted)
      show({ status: 'failed', says: error instanceof Error ? error.message : String(error) })
  }
}

export function forgetBrought(): void {
  current.abort()
  show({ status: 'none' })
}

/** Hands the evidence to the server, so that the report has an address. Resolves with what failed, if it did. */
export async function keepBrought(): Promise<string | null> {
  const before = broughtStore.getState().current
  if (before.status !== 'done') return null
  try {
    const kept = await createReport(before.judged.evidence)
    if (broughtStore.getState().current === before) show({ ...before, kept })
    return null
  } catch (error) {
    return problemOf(error).message
  }
}
