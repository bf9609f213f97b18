/** What was brought in place of a URL, and what became of it: judged in this browser, kept by the server only when asked. */
import { createStore } from 'zustand/vanilla'
import { problemOf } from '#components/api/problem.ts'
import { fetchRecording } from '#components/api/recordings.ts'
import { createReport } from '#components/api/reports.ts'
import { readRecordingLink } from '#lib/api/recording-link.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { SourceReading } from '#lib/intake/pieces.ts'
import { closeCodeIn } from './address.ts'
import type { Attachment } from './attachments.ts'
import { type JudgedHere, type ReadProgress, readHere } from './reader.ts'

/** Text and files, or what a recorder saw in a page. */
export type BroughtBy = 'reader' | 'recorder'

export type Brought =
  | { readonly status: 'none' }
  | { readonly status: 'reading'; readonly progress: ReadProgress | null }
  | { readonly status: 'failed'; readonly says: string }
  | {
      readonly status: 'done'
      readonly by: BroughtBy
      readonly judged: JudgedHere
      readonly kept: StoredReport | null
    }

export const broughtStore = createStore<{ readonly current: Brought }>(() => ({
  current: { status: 'none' },
}))

/** What the box held, for the box of the page where the answer appears. */
export interface Asked {
  readonly text: string
  readonly files: readonly Attachment[]
}

const nothing: Asked = { text: '', files: [] }
let asked = nothing

export const whatWasAsked = (): Asked => asked

const show = (current: Brought) => broughtStore.setState({ current })

let current = new AbortController()

export function judgeBrought(text: string, files: readonly Attachment[]): Promise<void> {
  asked = { text, files }
  const code = files.length === 0 ? closeCodeIn(text) : undefined
  const read = code === undefined ? text : `close code ${code}`
  return showJudged('reader', (signal) =>
    readHere({ text: read, files }, signal, (progress) => {
      if (!signal.aborted) show({ status: 'reading', progress })
    }),
  )
}

/** By the fragment of a link that a recorder printed. False where it carries no evidence. */
export function judgeLink(fragment: string): boolean {
  const read = readRecordingLink(fragment)
  if (read === undefined) return false
  if (read.ok) void judgeRecording(read.evidence)
  else {
    current.abort()
    show({ status: 'failed', says: read.says })
  }
  return true
}

/** By what a recorder told this server. */
export const judgeRecorded = (id: string): Promise<void> =>
  showJudged('recorder', async (signal) => readHere({ evidence: await fetchRecording(id) }, signal))

const judgeRecording = (evidence: Evidence): Promise<void> =>
  showJudged('recorder', (signal) => readHere({ evidence }, signal))

/** Judges again with more text; what was made of it before stands. @throws Error in a sentence */
export async function addBrought(text: string): Promise<JudgedHere['reading']> {
  const before = broughtStore.getState().current
  if (before.status !== 'done') return undefined
  const { evidence, reading: known } = before.judged
  const { reading, ...judged } = await readHere({ evidence, text }, current.signal)
  if (broughtStore.getState().current !== before) return reading
  const both = known && reading ? { ...reading, read: [...known.read, ...renamed(reading.read)] } : reading
  show({ ...before, judged: { ...judged, ...(both && { reading: both }) }, kept: null })
  return reading
}

const renamed = (read: readonly SourceReading[]): SourceReading[] =>
  read.map((source) => ({ ...source, file: 'added' }))

/** One at a time: what was asked before is no longer waited for. */
async function showJudged(by: BroughtBy, judge: (signal: AbortSignal) => Promise<JudgedHere>): Promise<void> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  show({ status: 'reading', progress: null })
  try {
    const judged = await judge(signal)
    if (!signal.aborted) show({ status: 'done', by, judged, kept: null })
  } catch (error) {
    if (!signal.aborted) show({ status: 'failed', says: wordsOf(error) })
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Ends the reading; what was read so far is the answer. */
export function stopReading(): void {
  const before = broughtStore.getState().current
  if (before.status !== 'reading') return
  current.abort()
  if (before.progress === null) show({ status: 'none' })
  else show({ status: 'done', by: 'reader', judged: before.progress.judged, kept: null })
}

export function forgetBrought(): void {
  asked = nothing
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
