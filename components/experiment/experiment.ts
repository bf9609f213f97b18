/**
 * The one course of everything that is tried on these pages: open, watch, probe, judge, add. Diagnose, the lab and
 * the scenarios give it what they open, and draw what it tells.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { problemOf } from '#components/api/problem.ts'
import { addEvidence } from '#components/api/reports.ts'
import { say } from '#components/ui/toast-queue.ts'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import type { Problem } from '#lib/api/problem.ts'
import type { EvidenceAnswer } from '#lib/api/reports.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { beforeProbe, examine, type Progress, probeWithProgress } from './examine.ts'
import { type Grace, settled, watchTrial } from './ripeness.ts'
import type { Trial, Undo } from './trial.ts'

export interface Setup {
  readonly trial: Trial
  /** For how long the first connection is watched before it is judged as it is; null: judged only when asked. */
  readonly watchMs: number | null
  /** What the probe is asked for, by what was recorded. */
  readonly plan: (recorded: Evidence | null) => Plan
  /** Where the probe's report is shown before what was recorded is added: how long that is awaited. */
  readonly grace?: Grace
}

export interface Plan {
  /** Null: what was recorded tells all that can be told. */
  readonly probe: DiagnoseOrder | null
  /** What can be said already, while the probe looks. */
  readonly report?: Report
}

export type Judgement =
  | { readonly status: 'none' }
  | {
      readonly status: 'probing'
      readonly progress: Progress
      /** What the page has seen by now. */
      readonly recorded: Evidence | null
      readonly report: Report | null
    }
  /** `isAwaited`: the probe is done, and the page's own connections are not. */
  | {
      readonly status: 'done'
      readonly stored: StoredReport
      readonly isAwaited: boolean
      /** The probe looks again, for longer: how far it is. */
      readonly looking: Progress | null
    }
  | { readonly status: 'failed'; readonly problem: Problem }

export interface ExperimentState {
  readonly ids: readonly ConnectionId[]
  /** When it will be judged though it is still open, in epoch milliseconds. Null until it opens, and once it was. */
  readonly judgedAt: number | null
  readonly judgement: Judgement
}

export interface Experiment {
  readonly store: StoreApi<ExperimentState>
  /** Judges what there is by now, in place of any judgement before. Never rejects. */
  judge(): Promise<void>
  /** Probes again and holds the connection; its result takes the place of the first in the same report. Never rejects. */
  hold(seconds: number): Promise<void>
  /** Ends a hold that is under way. */
  stopHold(): void
  /** Adds pasted text to the report. Resolves with what was read; @throws ProblemError */
  add(text: string): Promise<EvidenceAnswer['reading']>
  /** Ends what goes on; connections and report stay. */
  leave(): void
  /** Closes and forgets the connections too; the report stays. */
  end(): void
}

export const nothingYet: ExperimentState = { ids: [], judgedAt: null, judgement: { status: 'none' } }

export function startExperiment({ trial, watchMs, plan, grace }: Setup): Experiment {
  const store = createStore<ExperimentState>(() => ({ ...nothingYet, ids: trial.ids() }))
  const set = (change: Partial<ExperimentState>) => store.setState(change)
  let current = new AbortController()

  const stops: Undo[] = [
    trial.subscribe(() => {
      if (trial.ids() !== store.getState().ids) set({ ids: trial.ids() })
    }),
  ]
  if (watchMs !== null) {
    const ripe = () => {
      set({ judgedAt: null })
      void judge()
    }
    stops.push(watchTrial({ trial, longestMs: watchMs, planned: (judgedAt) => set({ judgedAt }), ripe }))
  }

  /** Ends the judgement that is under way, and forgets it unless there is a report. */
  function interrupt(): void {
    current.abort()
    const { judgement } = store.getState()
    if (judgement.status === 'probing') set({ judgement: { status: 'none' } })
    if (judgement.status === 'done') set({ judgement: { ...judgement, isAwaited: false, looking: null } })
  }

  async function judge(): Promise<void> {
    interrupt()
    set({ judgement: { status: 'none' } })
    current = new AbortController()
    const { signal } = current
    const show = (judgement: Judgement) => {
      if (!signal.aborted) set({ judgement })
    }
    const recorded = trial.evidence()
    const { probe, report = null } = plan(recorded)
    if (recorded === null && probe === null) return
    let told = { progress: beforeProbe, recorded, report }
    const tell = (change: Partial<typeof told>) => {
      told = { ...told, ...change }
      if (probe !== null) show({ status: 'probing', ...told })
    }
    tell({})
    const stopNoting = noteChanges(trial, () => tell({ recorded: trial.evidence() }))
    try {
      const stored = await examine({
        recorded: trial.evidence,
        probe,
        signal,
        tell: (progress) => tell({ progress }),
        probed: async (stored) => {
          stopNoting()
          if (grace === undefined) return
          show({ status: 'done', stored, isAwaited: true, looking: null })
          await settled(trial, grace)
        },
      })
      show({ status: 'done', stored, isAwaited: false, looking: null })
    } catch (error) {
      if (!signal.aborted) fail(problemOf(error))
    } finally {
      stopNoting()
    }
  }

  async function hold(seconds: number): Promise<void> {
    const { judgement } = store.getState()
    const { probe } = plan(trial.evidence())
    if (judgement.status !== 'done' || probe === null) return
    interrupt()
    current = new AbortController()
    const { signal } = current
    const look = (change: { stored?: StoredReport; looking: Progress | null }) => {
      const now = store.getState().judgement
      if (!signal.aborted && now.status === 'done') set({ judgement: { ...now, ...change } })
    }
    look({ looking: beforeProbe })
    try {
      const order = { ...probe, hold_seconds: seconds, report: judgement.stored.id }
      const stored = await probeWithProgress(order, signal, (looking) => look({ looking }))
      look({ stored, looking: null })
    } catch (error) {
      if (signal.aborted) return
      say(`The longer look failed. ${problemOf(error).message}`, 'dead')
      look({ looking: null })
    }
  }

  /** A report that is there already stays: then only the page's part is missing. */
  function fail(problem: Problem): void {
    const { judgement } = store.getState()
    if (judgement.status === 'done') {
      say(`Your browser’s result was not added: ${problem.message}`, 'dead')
      set({ judgement: { ...judgement, isAwaited: false } })
    } else set({ judgement: { status: 'failed', problem } })
  }

  const leave = () => {
    for (const stop of stops) stop()
    trial.stop()
    interrupt()
    set({ judgedAt: null })
  }
  return {
    store,
    judge,
    hold,
    stopHold: interrupt,
    leave,
    async add(text) {
      const { judgement } = store.getState()
      if (judgement.status !== 'done') throw new Error('there is no report to add to')
      const answer = await addEvidence(judgement.stored.id, { text })
      const now = store.getState().judgement
      if (now.status === 'done' && now.stored.id === answer.id) set({ judgement: { ...now, stored: answer } })
      return answer.reading
    },
    end: () => {
      leave()
      trial.forget()
    },
  }
}

/** Calls back when a connection of the trial has come to another state. */
function noteChanges(trial: Trial, changed: () => void): Undo {
  const statesOf = () => trial.connections().map(({ state }) => state)
  let known = statesOf()
  return trial.subscribe(() => {
    const states = statesOf()
    if (states.length === known.length && states.every((state, at) => state === known[at])) return
    known = states
    changed()
  })
}
