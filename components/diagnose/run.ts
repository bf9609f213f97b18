'use client'
import { createStore } from 'zustand/vanilla'
import { problemOf } from '#components/api/problem.ts'
import { addEvidence, createReport, probeUrl } from '#components/api/reports.ts'
import { say } from '#components/ui/toast-queue.ts'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import type { Problem } from '#lib/api/problem.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { StageEvent, StageName } from '#lib/evidence/progress.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { understandTarget } from '#lib/protocol/dialect.ts'
import { type BrowserAttempt, tryInBrowser } from './browser-attempt.ts'

/** The probe keeps the connection open without a word, or waits for its end. */
export interface Hold {
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly forMs: number
}

export type Diagnosis =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running'
      readonly order: DiagnoseOrder
      /** What probe and browser have found so far. */
      readonly evidence: Evidence
      readonly stage: StageName | null
      /** The last sentence of the probe. */
      readonly says: string
      readonly hold: Hold | null
    }
  | { readonly status: 'failed'; readonly order: DiagnoseOrder; readonly problem: Problem }
  | {
      readonly status: 'done'
      readonly order: DiagnoseOrder
      readonly stored: StoredReport
      /** The probe is done, and the browser's own attempt is still awaited. */
      readonly isBrowserAwaited: boolean
    }

/** Outlives the page, so that whoever comes back from an article finds the report. */
export const diagnosisStore = createStore<Diagnosis>(() => ({ status: 'idle' }))

let current: AbortController | null = null

/**
 * Probes from the server and tries from this browser at the same time; one report of both.
 * @param recorded what this browser has seen of the same address already: then it does not try again
 */
export async function startDiagnosis(order: DiagnoseOrder, recorded?: Evidence): Promise<void> {
  current?.abort()
  const mine = new AbortController()
  current = mine
  const { signal } = mine
  diagnosisStore.setState(
    { status: 'running', order, evidence: {}, stage: null, says: 'Starting', hold: null },
    true,
  )
  const attempt = recorded ? finished(recorded) : beside(order)
  signal.addEventListener('abort', () => attempt?.stop(), { once: true })
  try {
    const stored = await probeUrl(order, { signal, onStage: (event) => !signal.aborted && onStage(event) })
    finish(order, stored, attempt !== null)
    if (attempt === null) return
    await attempt.settled()
    if (signal.aborted) return
    finish(order, await addEvidence(stored.id, { evidence: attempt.evidence() }), false)
  } catch (error) {
    if (signal.aborted) return
    fail(order, error)
  } finally {
    attempt?.stop()
  }
}

/** Judges what this browser recorded of a connection; nothing is sent to its address. */
export async function judgeRecorded(order: DiagnoseOrder, recorded: Evidence): Promise<void> {
  current?.abort()
  const mine = new AbortController()
  current = mine
  try {
    const stored = await createReport(recorded)
    if (!mine.signal.aborted) finish(order, stored, false)
  } catch (error) {
    if (!mine.signal.aborted) fail(order, error)
  }
}

/** Ends what runs; the form stays as it is. */
export function cancelDiagnosis(): void {
  current?.abort()
  current = null
  if (diagnosisStore.getState().status === 'running') diagnosisStore.setState({ status: 'idle' }, true)
}

/** Ends what runs, and shows no report any more. */
export function forgetDiagnosis(): void {
  cancelDiagnosis()
  diagnosisStore.setState({ status: 'idle' }, true)
}

/** Adds pasted text to the report that is shown. Resolves with what was recognised; rejects with a ProblemError. */
export async function sharpen(id: string, text: string): Promise<string> {
  const answer = await addEvidence(id, { text })
  const now = diagnosisStore.getState()
  if (now.status === 'done' && now.stored.id === id) diagnosisStore.setState({ ...now, stored: answer }, true)
  return describeReading(answer.reading)
}

/** What the server made of a text, as a sentence. */
export function describeReading(reading: { recognised: string[]; unread_count: number } | undefined): string {
  const { recognised = [], unread_count: unread = 0 } = reading ?? {}
  if (recognised.length === 0)
    return 'Nothing in it was understood: paste log lines or console messages as they stand.'
  const rest = unread > 0 ? `; ${unread} lines were not understood` : ''
  return `Read: ${recognised.join(', ')}${rest}.`
}

/** The same address from this browser; null where the address is for the server to refuse. */
function beside(order: DiagnoseOrder): BrowserAttempt | null {
  const target = understandTarget(order.url, location.origin)
  if (!target.ok) return null
  const { url, firstMessage } = target
  const attempt: BrowserAttempt = tryInBrowser({
    url,
    subprotocols: order.subprotocols ?? [],
    firstMessage: order.send ?? firstMessage,
    changed: () => noteBrowser(attempt),
  })
  // A refusal by the browser is there at once.
  noteBrowser(attempt)
  return attempt
}

/** An attempt that lies behind us. */
function finished(recorded: Evidence): BrowserAttempt {
  noteBrowserEvidence(recorded)
  return { evidence: () => recorded, settled: () => Promise.resolve(), stop: () => {} }
}

function noteBrowser(attempt: BrowserAttempt): void {
  noteBrowserEvidence(attempt.evidence())
}

function noteBrowserEvidence({ browser }: Evidence): void {
  const now = diagnosisStore.getState()
  if (now.status !== 'running') return
  diagnosisStore.setState({ ...now, evidence: { ...now.evidence, ...(browser && { browser }) } }, true)
}

function onStage({ stage, state, says, found, for_ms: forMs }: StageEvent): void {
  const now = diagnosisStore.getState()
  if (now.status !== 'running') return
  const holds = stage === 'watch' && state === 'started' && forMs !== undefined
  const startedAt = performance.timeOrigin + performance.now()
  diagnosisStore.setState(
    {
      ...now,
      says,
      stage: state === 'started' ? stage : now.stage,
      evidence: { ...now.evidence, probe: { ...now.evidence.probe, ...found } },
      hold: holds ? { startedAt, forMs } : stage === 'watch' ? null : now.hold,
    },
    true,
  )
}

function finish(order: DiagnoseOrder, stored: StoredReport, isBrowserAwaited: boolean): void {
  diagnosisStore.setState({ status: 'done', order, stored, isBrowserAwaited }, true)
}

/** A report that is there already stays: then only the browser's part is missing. */
function fail(order: DiagnoseOrder, error: unknown): void {
  const problem = problemOf(error)
  const now = diagnosisStore.getState()
  if (now.status === 'done') {
    say(`What this browser saw was not added: ${problem.message}`, 'dead')
    finish(order, now.stored, false)
  } else diagnosisStore.setState({ status: 'failed', order, problem }, true)
}
