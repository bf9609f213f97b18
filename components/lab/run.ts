'use client'
import { createStore } from 'zustand/vanilla'
import { startProxy, stopProxy } from '#components/api/lab.ts'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { liveActions } from '#components/core/live-core.ts'
import type { RunningProxy } from '#lib/api/lab.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import { createTrace } from '#lib/store/connection/trace.ts'
import { dropJudgement, judge, leaveJudgement } from './judgement.ts'
import { type LabOpening, labUrl, openThroughFault, openThroughProxy } from './lab-connection.ts'
import { longestWatchMs, watchTrial } from './ripeness.ts'
import type { Trial } from './trial.ts'

export type Run =
  | { readonly status: 'none' }
  /** A real proxy is being started. */
  | { readonly status: 'starting'; readonly fault: FaultId }
  | { readonly status: 'failed'; readonly fault: FaultId; readonly says: string }
  | ({ readonly status: 'running' } & Trial)

/** Outlives the page, as the connections do: whoever goes to Live and comes back finds the last run. */
export const runStore = createStore<Run>(() => ({ status: 'none' }))

let generation = 0
let companionTimer: ReturnType<typeof setTimeout> | undefined
let stopWatching: () => void = () => {}

/** Ends the run before this one and opens the connection. */
export async function startRun(asked: LabOpening, proxyKind: RealProxyKind | null): Promise<void> {
  endRun()
  dropJudgement()
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
export function endRun(): void {
  const run = runStore.getState()
  leaveRun()
  if (run.status === 'running') {
    for (const id of [run.connectionId, ...run.companionIds]) liveActions.remove(id)
  }
  runStore.setState({ status: 'none' }, true)
}

/** The page is left: what it started ends, the connections stay on Live until the next run. */
export function leaveRun(): void {
  generation++
  clearTimeout(companionTimer)
  stopWatching()
  leaveJudgement()
  const run = runStore.getState()
  if (run.status === 'starting') runStore.setState({ status: 'none' }, true)
  if (run.status !== 'running') return
  if (run.proxy !== null) stopProxy(run.proxy.id)
  runStore.setState({ ...run, companionsToCome: 0, proxy: null, judgedAt: null }, true)
}

function begin(opening: LabOpening, proxy: RunningProxy | null): void {
  const open = () => (proxy === null ? openThroughFault(opening) : openThroughProxy(proxy.url, opening))
  const fault = faultOf(opening.fault)
  const { companions } = fault.open
  const longestMs = longestWatchMs(fault, opening.knobs)
  runStore.setState(
    {
      status: 'running',
      fault: opening.fault,
      connectionId: open(),
      companionIds: [],
      companionsToCome: companions?.count ?? 0,
      url: proxy === null ? labUrl(opening) : proxyUrlOf(proxy, opening),
      subprotocols: opening.subprotocols ?? faultOf(opening.fault).open.subprotocols ?? [],
      proxy,
      judgedAt: null,
    },
    true,
  )
  stopWatching = watchTrial({
    connections: connectionsOfRun,
    longestMs,
    planned: (judgedAt) => changeTrial({ judgedAt }),
    ripe: judgeRun,
  })
  const openNext = () => {
    const run = runStore.getState()
    if (run.status !== 'running' || run.companionsToCome === 0) return
    companionTimer = setTimeout(
      () => {
        const companionIds = [...run.companionIds, open()]
        runStore.setState({ ...run, companionIds, companionsToCome: run.companionsToCome - 1 }, true)
        openNext()
      },
      (companions?.every_seconds ?? 1) * 1000,
    )
  }
  openNext()
}

function connectionsOfRun() {
  const run = runStore.getState()
  if (run.status !== 'running') return { ids: [], isComplete: false }
  return { ids: [run.connectionId, ...run.companionIds], isComplete: run.companionsToCome === 0 }
}

/** What it can show was seen. */
function judgeRun(): void {
  const run = runStore.getState()
  if (run.status !== 'running') return
  changeTrial({ judgedAt: null })
  void judge(run)
}

function changeTrial(change: Partial<Trial>): void {
  const run = runStore.getState()
  if (run.status === 'running') runStore.setState({ ...run, ...change }, true)
}

function proxyUrlOf(proxy: RunningProxy, { fault, endpoint, query }: LabOpening): string {
  const search = new URLSearchParams(query ?? faultOf(fault).open.query).toString()
  return `${proxy.url}${endpoint ?? faultOf(fault).open.endpoint}${search && `?${search}`}`
}

/** Connections that name the same group end together: each run gets a group that nobody else names. */
function ofItsOwn(opening: LabOpening): LabOpening {
  const { knobs } = faultOf(opening.fault)
  if (knobs.group === undefined || opening.knobs?.group !== undefined) return opening
  return { ...opening, knobs: { ...opening.knobs, group: createTrace(Math.random) } }
}
