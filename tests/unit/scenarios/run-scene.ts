/** A run in a world of fakes: a test plays browser, server and engine. */
import { connectionEvidence } from '#lib/record/connection-evidence.ts'
import type { Examine, RunPorts } from '#lib/scenarios/run/ports.ts'
import type { Diagnosed, RunState } from '#lib/scenarios/run/run-state.ts'
import { createScenarioRun, freshRun } from '#lib/scenarios/run/scenario-run.ts'
import type { StepId } from '#lib/scenarios/run/walkthrough.ts'
import type { Scenario, Sight } from '#lib/scenarios/scenario.ts'
import { observed } from '../record/criteria-scene.ts'
import { ORIGIN } from '../store/world.ts'

interface Asked {
  order: Examine
  signal: AbortSignal
  answer(diagnosed: Partial<Diagnosed>): Promise<void>
  fail(says: string): Promise<void>
}

export function createRunScene(scenario: Scenario, restored?: RunState, isSecurePage = false) {
  const scene = observed()
  const { world, live } = scene
  const lookers = new Set<() => void>()
  const asked: Asked[] = []
  const hops: string[] = []
  let refusal: string | null = null

  const ports: RunPorts = {
    now: world.now,
    isSecurePage: () => isSecurePage,
    watch: (look) => {
      lookers.add(look)
      return () => lookers.delete(look)
    },
    connection: (id) => live.store.getState().connections[id],
    isFeedLive: () => true,
    open: async (_setup, hop, opened) => {
      hops.push(hop)
      if (refusal !== null) throw new Error(refusal)
      const url = `${ORIGIN.replace('http', 'ws')}/ws`
      const id = live.actions.open({ url, autoReconnect: false })
      opened({ ids: [id], url, subprotocols: [], hop: null })
      return () => live.actions.remove(id)
    },
    close: (id) => void live.actions.close(id, 1000),
    evidence: ({ ids: [id = ''] }) => {
      const { connections, feed, page } = live.store.getState()
      const connection = connections[id]
      return connection ? connectionEvidence({ connection, feed, page, nowMs: world.now() }) : {}
    },
    examine: (order, _tell, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Diagnosed>()
      asked.push({
        order,
        signal,
        answer: async (diagnosed) => {
          resolve({
            reportId: 'r',
            outcome: 'fault',
            cause: null,
            certainty: null,
            because: [],
            ...diagnosed,
          })
          await settled()
        },
        fail: async (says) => {
          reject(new Error(says))
          await settled()
        },
      })
      return promise
    },
    stopProxies: () => {},
  }

  const run = createScenarioRun(scenario, ports, restored ?? freshRun({ speed: 'short', hop: 'simulated' }))
  const state = () => run.store.getState()
  return {
    ...scene,
    run,
    state,
    asked,
    hops,
    refuse: (says: string | null) => {
      refusal = says
    },
    /** The steps as they stand, a word each. */
    walk: () => Object.values(state().walk).join(' '),
    sights: (step: StepId) => state().sights[step].map(({ is }: Sight) => is),
    /** Runs a step and lets what it opens be opened. */
    start: async (step: StepId) => {
      run.run(step)
      await settled()
    },
    /** Time passes, and the page looks four times a second. */
    pass: (ms: number) => {
      for (let passed = 0; passed < ms; passed += 250) {
        world.advance(Math.min(250, ms - passed))
        for (const look of [...lookers]) look()
      }
    },
    idOf: (side: 'before' | 'after') => state()[side]?.ids[0] ?? '',
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
