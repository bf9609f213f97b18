/**
 * One run through a scenario: opens what a step asks for, looks whether what should be seen was seen, has it judged.
 * A store without React; every socket, clock and server is a port.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunPorts, Undo } from '#lib/scenarios/run/ports.ts'
import { type Conditions, type Diagnosed, noSights, type RunState } from '#lib/scenarios/run/run-state.ts'
import { missed, seen } from '#lib/scenarios/run/sights.ts'
import {
  advance,
  beginningOf,
  canRun,
  freshWalk,
  type StepId,
  stepIds,
  type WalkEvent,
} from '#lib/scenarios/run/walkthrough.ts'
import { createWatcher } from '#lib/scenarios/run/watcher.ts'
import { type Scenario, type Setup, type Sight, waitSeconds } from '#lib/scenarios/scenario.ts'

export type ScenarioRun = {
  readonly scenario: Scenario
  readonly store: StoreApi<RunState>
  /** Runs a step, or what it watches, anew. Does nothing where the walk does not allow it. */
  run(step: StepId): void
  skip(step: StepId): void
  startOver(): void
  /** Begins again under other conditions. */
  change(conditions: Partial<Conditions>): void
  /** Closes what was opened and stops what was started; what was seen stays. */
  leave(): void
}

export const freshRun = (conditions: Conditions): RunState => ({
  walk: freshWalk,
  conditions,
  before: null,
  after: null,
  sights: noSights,
  problem: null,
  examination: { status: 'none' },
  evidence: null,
  subject: null,
  isRecorded: false,
})

/** A probe holds a little longer than the fault waits, or it would miss it. */
const holdSeconds = (wait: number) => (wait === 0 ? 0 : Math.ceil(wait * 1.25 + 1))

export function createScenarioRun(scenario: Scenario, ports: RunPorts, restored: RunState): ScenarioRun {
  const store = createStore<RunState>(() => restored)
  const undo: { before: Undo | null; after: Undo | null } = { before: null, after: null }
  /** Changes with every step that is run: an outcome of an earlier one is nobody's any more. */
  let abort = new AbortController()

  const set = (change: Partial<RunState>) => store.setState(change)
  const dispatch = (event: WalkEvent) => set({ walk: advance(store.getState().walk, event) })
  const see = (step: StepId, sights: readonly Sight[]) =>
    set({ sights: { ...store.getState().sights, [step]: sights } })

  const watcher = createWatcher({ scenario, ports, store, dispatch, see })

  function forget(which: 'before' | 'after'): void {
    undo[which]?.()
    undo[which] = null
    set({ [which]: null })
  }

  /** Interrupts what runs, and forgets what is about to be run and everything behind it. */
  function clear(from: StepId): AbortSignal {
    abort.abort()
    abort = new AbortController()
    watcher.stop()
    const later = stepIds.slice(stepIds.indexOf(from))
    const { sights, examination, evidence, subject, isRecorded } = store.getState()
    const isAnew = later.includes('reproduce')
    if (isAnew) forget('before')
    forget('after')
    set({
      sights: { ...sights, ...Object.fromEntries(later.map((step) => [step, []])) },
      problem: null,
      examination: later.includes('diagnose') ? { status: 'none' } : examination,
      evidence: isAnew ? null : evidence,
      subject: isAnew ? null : subject,
      isRecorded: isAnew ? false : isRecorded,
    })
    return abort.signal
  }

  async function open(step: 'reproduce' | 'fix', setup: Setup, signal: AbortSignal): Promise<void> {
    const which = step === 'reproduce' ? 'before' : 'after'
    try {
      const close = await ports.open(setup, store.getState().conditions.hop, (opening) => {
        if (signal.aborted) return
        const { url, subprotocols } = opening
        set({ [which]: opening, ...(which === 'before' && { subject: { url, subprotocols } }) })
      })
      if (signal.aborted) return close()
      undo[which] = close
      watcher.start()
    } catch (error) {
      if (!signal.aborted) fail(step, error)
    }
  }

  function fail(step: StepId, error: unknown): void {
    set({ problem: error instanceof Error ? error.message : String(error) })
    dispatch({ type: 'failed', step })
  }

  function showRecording({ evidence, saw }: NonNullable<Scenario['secure']>['recording']): void {
    set({ isRecorded: true, evidence })
    for (const step of ['reproduce', 'observe'] as const) {
      see(step, saw[step].map(seen))
      dispatch({ type: 'seen', step })
    }
  }

  async function diagnose(signal: AbortSignal): Promise<void> {
    const { before, evidence: kept, subject, conditions } = store.getState()
    const evidence = kept ?? (before === null ? null : ports.evidence(before))
    const probed = scenario.diagnose.probes ? subject : null
    if (evidence === null && probed === null) {
      fail('diagnose', 'Nothing was recorded: run the first step, and what it shows can be judged.')
      return
    }
    const wait = waitSeconds(scenario, conditions.speed)
    set({ evidence, examination: { status: 'running', says: 'Judging what was recorded', hold: null } })
    try {
      const diagnosed = await ports.examine(
        {
          probe: probed && {
            ...probed,
            holdSeconds: holdSeconds(wait),
            patienceSeconds: Math.max(10, wait + 15),
          },
          evidence,
        },
        (says, hold) => !signal.aborted && set({ examination: { status: 'running', says, hold } }),
        signal,
      )
      if (signal.aborted) return
      set({ examination: { status: 'done', diagnosed } })
      const sight = compare(diagnosed, scenario.diagnose)
      see('diagnose', [sight])
      dispatch({ type: sight.is === 'seen' ? 'seen' : 'failed', step: 'diagnose' })
    } catch (error) {
      if (signal.aborted) return
      set({ examination: { status: 'none' } })
      fail('diagnose', error)
    }
  }

  function run(asked: StepId): void {
    const step = beginningOf(asked)
    if (!canRun(store.getState().walk, step)) return
    const signal = clear(step)
    dispatch({ type: 'run', step })
    const { speed } = store.getState().conditions
    if (step === 'diagnose') void diagnose(signal)
    else if (step === 'fix') {
      // What was broken is not used any more.
      for (const id of store.getState().before?.ids ?? []) ports.close(id)
      void open('fix', scenario.fix.setup(speed), signal)
    } else if (scenario.secure && !ports.isSecurePage()) showRecording(scenario.secure.recording)
    else void open('reproduce', scenario.reproduce.setup(speed), signal)
  }

  function startOver(conditions: Partial<Conditions> = {}): void {
    clear('reproduce')
    ports.stopProxies()
    store.setState(freshRun({ ...store.getState().conditions, ...conditions }))
  }

  return {
    scenario,
    store,
    run,
    skip: (step) => {
      const was = store.getState().walk
      dispatch({ type: 'skip', step })
      if (store.getState().walk === was) return
      abort.abort()
      watcher.stop()
      set({ problem: null })
    },
    startOver: () => startOver(),
    change: startOver,
    leave: () => {
      abort.abort()
      watcher.stop()
      ports.stopProxies()
    },
  }
}

function compare({ outcome, cause }: Diagnosed, expected: Scenario['diagnose']): Sight {
  const words = `${outcome}${cause === null ? '' : `: ${cause}`}`
  if (outcome === expected.outcome && cause === expected.cause) return seen(words)
  return missed(`${words}, and not ${expected.outcome}: ${expected.cause}`)
}
