'use client'
/** The lab's run: a fault, the experiment on it, and what was started on the server for it. */
import { createStore } from 'zustand/vanilla'
import { startProxy, stopProxy } from '#components/api/lab.ts'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { type Experiment, type Plan, startExperiment } from '#components/experiment/experiment.ts'
import type { RunningProxy } from '#lib/api/lab.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Fault, RealProxyKind } from '#lib/lab/fault.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import type { Connection } from '#lib/store/connection/connection.ts'
import { type FaultTrial, type LabOpening, ofItsOwn, openFault } from './fault-trial.ts'

export type Run =
  | { readonly status: 'none' }
  /** A real proxy is being started. */
  | { readonly status: 'starting'; readonly fault: FaultId }
  | { readonly status: 'failed'; readonly fault: FaultId; readonly says: string }
  | {
      readonly status: 'running'
      readonly fault: FaultId
      readonly experiment: Experiment
      /** Null: the relay inside this server. */
      readonly proxy: RunningProxy | null
    }

/** Outlives the page, as the connections do: whoever goes to Live and comes back finds the last run. */
export const runStore = createStore<Run>(() => ({ status: 'none' }))

let generation = 0

/** Ends the run before this one and opens the connection. */
export async function startRun(asked: LabOpening, proxyKind: RealProxyKind | null): Promise<void> {
  endRun()
  const mine = ++generation
  const opening = ofItsOwn(asked)
  if (proxyKind === null) return begin(opening, null)
  const { fault, knobs } = opening
  runStore.setState({ status: 'starting', fault }, true)
  try {
    const proxy = await startProxy({ proxy: proxyKind, fault, knobs })
    if (mine === generation) begin(opening, proxy)
    else stopProxy(proxy.id)
  } catch (error) {
    const says = inOneLine(problemOf(error))
    if (mine === generation) runStore.setState({ status: 'failed', fault, says }, true)
  }
}

/** Closes what the run opened and stops what it started. */
function endRun(): void {
  const run = runStore.getState()
  leaveRun()
  if (run.status === 'running') run.experiment.end()
  runStore.setState({ status: 'none' }, true)
}

/** The page is left: what it started ends, the connections stay on Live until the next run. */
export function leaveRun(): void {
  generation++
  const run = runStore.getState()
  if (run.status === 'starting') runStore.setState({ status: 'none' }, true)
  if (run.status !== 'running') return
  run.experiment.leave()
  if (run.proxy !== null) stopProxy(run.proxy.id)
  runStore.setState({ ...run, proxy: null }, true)
}

function begin(opening: LabOpening, proxy: RunningProxy | null): void {
  const { fault } = opening
  const opened = openFault(opening, proxy)
  const experiment = startExperiment({
    trial: opened.trial,
    watchMs: longestWatchMs(faultOf(fault), opening.knobs),
    plan: (recorded) => planOf(opened, recorded),
  })
  runStore.setState({ status: 'running', fault, experiment, proxy }, true)
}

/** What was asked of the lab is no part of the judgement. The probe is asked where what was recorded leaves a choice. */
function planOf({ trial, url, subprotocols }: FaultTrial, recorded: Evidence | null): Plan {
  if (recorded === null) return { probe: null }
  const report = diagnose(recorded)
  if (!leavesAChoice(report)) return { probe: null }
  const lastedMs = lifeOf(trial.connections()[0])
  const probe = {
    url,
    ...(subprotocols.length > 0 && { subprotocols: [...subprotocols] }),
    // Silent for longer than the page's connection lived, so that it meets the same end.
    ...(lastedMs > 0 && { hold_seconds: Math.min(longestHoldSeconds, Math.ceil(lastedMs / 100) / 10 + 1) }),
  }
  return { probe, report }
}

const longestHoldSeconds = 3600

/** Whether a probe could still tell something: not where one cause is proven, nor where nothing failed. */
function leavesAChoice({ missing }: Report): boolean {
  return missing.some(({ observation }) => observation === 'probe' || observation.startsWith('retries.'))
}

/** Milliseconds from open to an end that the page did not make; 0 for every other. */
function lifeOf(connection: Connection | undefined): number {
  const state = connection?.state
  return state?.phase === 'closed' && state.by !== 'client' ? state.lastedMs : 0
}

/** How long a connection is watched past the times that were set, where the fault names no other time. */
const usualWatchSeconds = 4

/**
 * How long to watch what stays open: every time that the knobs set, the companions, and a while to see what follows.
 * @param knobs as they were turned; those left out are at their default
 */
function longestWatchMs(
  { family, knobs: all, open }: Pick<Fault, 'family' | 'knobs' | 'open'>,
  knobs: Readonly<Record<string, string | number>> = {},
): number {
  const { companions, watch_seconds: watchSeconds = usualWatchSeconds } = open
  // What delays the answer is over when the watch begins.
  const times = family === 'answer' || family === 'upgrade' ? [] : Object.entries(all)
  const seconds = times.map(([name, knob]) =>
    knob.kind === 'number' && knob.unit === 'seconds' ? Number(knobs[name] ?? knob.default) : 0,
  )
  const opening = companions === undefined ? 0 : companions.count * companions.every_seconds
  return (seconds.reduce((sum, each) => sum + each, opening) + watchSeconds) * 1000
}
