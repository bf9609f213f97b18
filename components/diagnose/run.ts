'use client'
/** The diagnosis of this page: what was asked for, and the experiment that answers. */
import { createStore } from 'zustand/vanilla'
import { speaking } from '#components/core/protocols.ts'
import { browserPorts } from '#components/core/runtime.ts'
import { type Experiment, startExperiment } from '#components/experiment/experiment.ts'
import { recorder } from '#components/experiment/recorder.ts'
import { openTrial, pastTrial, type Trial } from '#components/experiment/trial.ts'
import type { DiagnoseOrder } from '#lib/api/diagnose.ts'
import type { EvidenceAnswer } from '#lib/api/reports.ts'
import { understandTarget } from '#lib/applications/target.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { isOpen, isOver } from '#lib/store/connection/connection-state.ts'
import { createLive, type Live } from '#lib/store/live.ts'

export interface Diagnosis {
  readonly order: DiagnoseOrder
  readonly experiment: Experiment
}

/** Outlives the page, so that whoever comes back from an article finds the report. */
export const diagnosisStore = createStore<{ readonly current: Diagnosis | null }>(() => ({ current: null }))

/** The probe's report is shown at once, and what this browser saw is added when it has seen the same. */
const grace = { connectingMs: 1500, openMs: 300 }

/**
 * Probes from the server and tries from this browser at the same time; one report of both.
 * @param recorded what this browser has seen of the same address already: then it does not try again
 */
export function startDiagnosis(order: DiagnoseOrder, recorded?: Evidence): void {
  begin(order, recorded ? pastTrial(recorded) : beside(order), order)
}

/** Judges what this browser recorded of a connection; nothing is sent to its address. */
export function judgeRecorded(order: DiagnoseOrder, recorded: Evidence): void {
  begin(order, pastTrial(recorded), null)
}

/** Ends what runs; the form stays as it is. */
export function cancelDiagnosis(): void {
  const { current } = diagnosisStore.getState()
  current?.experiment.end()
  if (current?.experiment.store.getState().judgement.status === 'none') forget()
}

/** Ends what runs, and shows no report any more. */
export function forgetDiagnosis(): void {
  cancelDiagnosis()
  forget()
}

const forget = () => diagnosisStore.setState({ current: null })

/** What the server made of a text, as a sentence. */
export function describeReading(reading: EvidenceAnswer['reading']): string {
  const { recognised = [], unread_count: unread = 0 } = reading ?? {}
  if (recognised.length === 0) return 'Nothing recognized. Paste complete, unedited lines.'
  const rest = unread > 0 ? ` Ignored: ${unread} lines.` : ''
  return `Used: ${recognised.join(', ')}.${rest}`
}

function begin(order: DiagnoseOrder, trial: Trial, probe: DiagnoseOrder | null): void {
  diagnosisStore.getState().current?.experiment.end()
  const experiment = startExperiment({ trial, watchMs: null, plan: () => ({ probe }), grace })
  diagnosisStore.setState({ current: { order, experiment } })
  void experiment.judge().then(() => {
    experiment.end()
    // A length that was asked for is kept to.
    if (probe !== null && probe.hold_seconds === undefined) lookLonger(experiment)
  })
}

/** Where nothing failed yet, the probe goes on by itself: a connection that is dropped later looks the same at first. */
function lookLonger({ store, hold }: Experiment): void {
  const { judgement } = store.getState()
  if (judgement.status !== 'done' || judgement.stored.report.outcome !== 'healthy') return
  const seconds = judgement.stored.report.next.find(({ id }) => id === 'hold')?.runs?.hold_seconds
  if (seconds !== undefined) void hold(seconds)
}

/** The same address from this browser; nothing where the address is for the server to refuse. */
function beside(order: DiagnoseOrder): Trial {
  const target = understandTarget(order.url, location.origin)
  if (!target.ok) return pastTrial(null)
  const { subprotocols = [], send, quiet = false } = order
  const { socketUrl: url, asked } = target
  return tryInBrowser({ url, asked, subprotocols, firstMessage: send, quiet })
}

interface TrialRequest {
  /** ws:// or wss://; others are the browser's to refuse. */
  readonly url: string
  /** The address as it was given, where its client opens another. */
  readonly asked: string | undefined
  readonly subprotocols: readonly string[]
  /** Sent once it is open, in place of what the protocol above WebSocket begins with. */
  readonly firstMessage?: string | undefined
  /** True: nothing is said for a protocol above WebSocket. */
  readonly quiet: boolean
}

// What is tried for a diagnosis is no connection of the Live page: it keeps nothing and is offered to nobody.
const noStorage = { getItem: () => null, setItem: () => {} }

/** Opens the URL from this browser, recorded as the Live page records its connections. */
function tryInBrowser({ url, asked, subprotocols, firstMessage, quiet }: TrialRequest): Trial {
  const core = createLive({ ...browserPorts(), storage: noStorage })
  return openTrial({
    core,
    recorder,
    open: () => {
      const isBegun = firstMessage !== undefined
      const speak = quiet ? undefined : speaking({ asked, isBegun })
      const id = core.actions.open({ url, subprotocols, autoReconnect: false, remember: false, speak })
      if (firstMessage !== undefined) sendOnceOpen(core, id, firstMessage)
      return id
    },
  })
}

function sendOnceOpen({ store, actions }: Live, id: ConnectionId, text: string): void {
  const unsubscribe = store.subscribe(({ connections }) => {
    const state = connections[id]?.state
    if (state !== undefined && !isOpen(state) && !isOver(state)) return
    unsubscribe()
    if (state !== undefined && isOpen(state)) actions.send(id, { opcode: 'text', text })
  })
}
