/** Looks for what a step expects while it runs, and tells how it ended. */
import type { StoreApi } from 'zustand/vanilla'
import type { RunPorts, Undo } from '#lib/scenarios/run/ports.ts'
import type { Opening, RunState } from '#lib/scenarios/run/run-state.ts'
import { missed, opens } from '#lib/scenarios/run/sights.ts'
import { judgeSix, sixCriteria } from '#lib/scenarios/run/six-criteria.ts'
import { type StepId, stepIds, type WalkEvent } from '#lib/scenarios/run/walkthrough.ts'
import {
  type Expectation,
  type Scenario,
  type Scene,
  type Sight,
  waitSeconds,
} from '#lib/scenarios/scenario.ts'

/** Steps that are judged by looking at a connection. */
export type WatchedStep = Exclude<StepId, 'diagnose'>

/** What a step looks for; the last of `verify` are the six criteria, which `judgeSix` judges. */
export function expectationsOf(
  scenario: Scenario,
  step: WatchedStep,
  speed: RunState['conditions']['speed'],
): Expectation[] {
  switch (step) {
    case 'reproduce':
      return scenario.reproduce.expectations(speed)
    case 'observe':
      return scenario.observe.expectations(speed)
    case 'fix':
      return [opens]
    case 'verify':
      return [
        ...scenario.verify.expectations(speed),
        {
          expects: sixCriteria,
          look: (scene) => judgeSix(scene, scenario.verify.idleSeconds(speed) * 1000).sight,
        },
      ]
  }
}

/** How long a step may take beyond what its fault takes: a busy machine is no fault. */
const patienceMs = { reproduce: 60_000, observe: 30_000, fix: 60_000, verify: 90_000 } satisfies Record<
  WatchedStep,
  number
>

export type WatcherOptions = {
  scenario: Scenario
  ports: RunPorts
  store: StoreApi<RunState>
  dispatch(event: WalkEvent): void
  see(step: StepId, sights: readonly Sight[]): void
}

export function createWatcher({ scenario, ports, store, dispatch, see }: WatcherOptions) {
  let unwatch: Undo | null = null
  let watched: WatchedStep | null = null
  let since = 0

  const stop = () => {
    unwatch?.()
    unwatch = null
    watched = null
  }

  function look(): void {
    const { walk, conditions, sights, before, after } = store.getState()
    const step = stepIds.find((id) => walk[id] === 'running')
    if (step === undefined || step === 'diagnose') {
      stop()
      return
    }
    if (step !== watched) {
      watched = step
      since = ports.now()
    }
    const opening = step === 'reproduce' || step === 'observe' ? before : after
    const scene = opening && sceneOf(opening)
    if (opening === null || scene === null) {
      giveUp(step)
      return
    }
    const expectations = expectationsOf(scenario, step, conditions.speed)
    const looked = expectations.map((expectation, at) => {
      const was = sights[step][at]
      return was === undefined || was.is === 'pending' ? expectation.look(scene) : was
    })
    if (step === 'verify') closeWhenReady(opening, scene, looked)
    const allowedMs = waitSeconds(scenario, conditions.speed) * 1500 + patienceMs[step]
    settle(step, ports.now() - since > allowedMs ? looked.map((sight) => late(sight, allowedMs)) : looked)
  }

  function settle(step: WatchedStep, looked: readonly Sight[]): void {
    if (!areAlike(looked, store.getState().sights[step])) see(step, looked)
    if (looked.some(({ is }) => is === 'pending')) return
    const isSeen = looked.every(({ is }) => is === 'seen')
    if (step === 'observe') {
      const { before } = store.getState()
      if (before) store.setState({ evidence: ports.evidence(before) })
    }
    dispatch({ type: isSeen ? 'seen' : 'failed', step })
    // The next step may be watched already.
    look()
  }

  function giveUp(step: WatchedStep): void {
    store.setState({ problem: 'The connection was removed: run the step again.' })
    dispatch({ type: 'failed', step })
    stop()
  }

  /** The sixth criterion is the page's own to meet: once everything else holds, it says goodbye. */
  function closeWhenReady(opening: Opening, scene: Scene, looked: readonly Sight[]): void {
    const own = looked.slice(0, -1)
    const { speed } = store.getState().conditions
    if (!own.every(({ is }) => is === 'seen')) return
    if (!judgeSix(scene, scenario.verify.idleSeconds(speed) * 1000).isReadyToClose) return
    for (const id of opening.ids) ports.close(id)
  }

  function sceneOf({ ids: [first, ...others] }: Opening): Scene | null {
    const connection = first === undefined ? undefined : ports.connection(first)
    if (connection === undefined) return null
    return {
      connection,
      companions: others.flatMap((id) => ports.connection(id) ?? []),
      now: ports.now(),
      isFeedLive: ports.isFeedLive(),
    }
  }

  return {
    start: () => {
      unwatch ??= ports.watch(look)
      look()
    },
    stop,
  }
}

const late = (sight: Sight, allowedMs: number): Sight =>
  sight.is === 'pending'
    ? missed(`${sight.says ?? pendingWords}, after ${Math.round(allowedMs / 1000)} s`)
    : sight

const pendingWords = 'it did not come'

function areAlike(a: readonly Sight[], b: readonly Sight[]): boolean {
  return a.length === b.length && a.every((sight, at) => sight.is === b[at]?.is && sight.says === b[at]?.says)
}
