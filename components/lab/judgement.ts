'use client'
/**
 * What is made of a trial: by what page and server recorded of its connections, and where that leaves a choice, by
 * the server's probe of the same address too. What was asked of the lab is no part of it.
 */
import { createStore } from 'zustand/vanilla'
import { problemOf } from '#components/api/problem.ts'
import { addEvidence, createReport, probeUrl } from '#components/api/reports.ts'
import { live } from '#components/core/live-core.ts'
import type { Problem } from '#lib/api/problem.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { connectionEvidence } from '#lib/record/connection-evidence.ts'
import type { ConnectionState } from '#lib/store/connection/connection-state.ts'
import type { Trial } from './trial.ts'

export type Judgement =
  | { readonly status: 'none' }
  /** What was recorded is judged; the probe looks at the same address. */
  | { readonly status: 'probing'; readonly report: Report; readonly says: string }
  | { readonly status: 'done'; readonly stored: StoredReport }
  | { readonly status: 'failed'; readonly problem: Problem }

export const judgementStore = createStore<Judgement>(() => ({ status: 'none' }))

let current: AbortController | null = null

/** Judges the trial as it stands, in place of any judgement before. */
export async function judge(trial: Trial): Promise<void> {
  dropJudgement()
  const recorded = recordedOf(trial)
  if (recorded === null) return
  const mine = new AbortController()
  current = mine
  const { signal } = mine
  const show = (judgement: Judgement) => {
    if (!signal.aborted) judgementStore.setState(judgement, true)
  }
  try {
    const report = diagnose(recorded)
    if (!leavesAChoice(report)) return show({ status: 'done', stored: await createReport(recorded) })
    show({ status: 'probing', report, says: 'Starting' })
    const probed = await probeUrl(orderOf(trial), {
      signal,
      onStage: ({ says }) => show({ status: 'probing', report, says }),
    })
    // What the connections did meanwhile counts too.
    const stored = await addEvidence(probed.id, { evidence: recordedOf(trial) ?? recorded })
    show({ status: 'done', stored })
  } catch (error) {
    show({ status: 'failed', problem: problemOf(error) })
  }
}

/** Ends what is under way and forgets what came out. */
export function dropJudgement(): void {
  current?.abort()
  current = null
  judgementStore.setState({ status: 'none' }, true)
}

/** Leaving the page ends a probe that runs; a report stays for whoever comes back. */
export function leaveJudgement(): void {
  if (judgementStore.getState().status === 'probing') dropJudgement()
}

/** Whether a probe could still tell something: not where one cause is proven, nor where nothing failed. */
function leavesAChoice({ missing }: Report): boolean {
  return missing.some(({ observation }) => observation === 'probe' || observation.startsWith('retries.'))
}

function recordedOf({ connectionId, companionIds }: Trial): Evidence | null {
  const { connections, feed, page } = live.store.getState()
  const connection = connections[connectionId]
  if (connection === undefined) return null
  const beside = companionIds.flatMap((id) => connections[id] ?? [])
  const nowMs = performance.timeOrigin + performance.now()
  return connectionEvidence({ connection, feed, page, nowMs, beside })
}

/** The probe is silent for longer than the page's connection lived, so that it meets the same end. */
function orderOf({ connectionId, url, subprotocols }: Trial) {
  const state = live.store.getState().connections[connectionId]?.state
  const lastedMs = state === undefined ? 0 : lifeOf(state)
  return {
    url,
    ...(subprotocols.length > 0 && { subprotocols: [...subprotocols] }),
    ...(lastedMs > 0 && { hold_seconds: Math.min(longestHoldSeconds, Math.ceil(lastedMs / 100) / 10 + 1) }),
  }
}

const longestHoldSeconds = 3600

/** Milliseconds from open to an end that the page did not make; 0 for every other. */
const lifeOf = (state: ConnectionState): number =>
  state.phase === 'closed' && state.by !== 'client' ? state.lastedMs : 0
