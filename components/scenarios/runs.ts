'use client'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { live, liveActions } from '#components/core/live-core.ts'
import { now } from '#components/core/now.ts'
import { tickers } from '#components/core/use-now.ts'
import { recorder } from '#components/experiment/recorder.ts'
import { recordedOf } from '#components/experiment/trial.ts'
import { noteProgress } from '#components/playbook/scenario-progress.ts'
import type { RunPorts } from '#lib/scenarios/run/ports.ts'
import { type Address, encodeRun, isBegun, restoreRun } from '#lib/scenarios/run/run-record.ts'
import type { Hop } from '#lib/scenarios/run/run-state.ts'
import { createScenarioRun, type ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import { encodeWalk } from '#lib/scenarios/run/walkthrough.ts'
import type { Scenario, Speed } from '#lib/scenarios/scenario.ts'
import { examine } from './examine.ts'
import { createOpener } from './open-setup.ts'

/** A run outlives its page, as its connections do: whoever comes back finds it where it is by then. */
const runs = new Map<string, ScenarioRun>()

/** The run of a scenario in this tab; `address` is asked only where there is none yet. */
function runOf(scenario: Scenario, address: Address): ScenarioRun {
  const known = runs.get(scenario.id)
  if (known) return known
  const key = `why1006.scenario.${scenario.id}`
  const run = createScenarioRun(scenario, browserPorts(), restoreRun(address, keptIn(key)))
  run.store.subscribe((state, previous) => {
    // What is pending changes with every look, and is worth nothing later.
    if (state.walk === previous.walk && state.conditions === previous.conditions) return
    keep(key, encodeRun(state))
    noteProgress(scenario.id, encodeWalk(state.walk))
  })
  window.addEventListener('pagehide', run.leave)
  runs.set(scenario.id, run)
  return run
}

function browserPorts(): RunPorts {
  const { open, stopProxies } = createOpener()
  return {
    now,
    open,
    stopProxies,
    examine,
    isSecurePage: () => location.protocol === 'https:',
    connection: (id) => live.store.getState().connections[id],
    isFeedLive: () => live.store.getState().feed.status.phase === 'live',
    close: (id) => void liveActions.close(id, 1000),
    watch: (look) => {
      // A socket's end is looked at once; what only time can tell, four times a second.
      const undo = [live.store.subscribe(look), tickers.quarter.subscribe(look)]
      return () => {
        for (const stop of undo) stop()
      }
    },
    evidence: ({ ids }) => recordedOf(live, ids, recorder) ?? {},
  }
}

function keptIn(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

/** A tab without storage keeps the walk in its address alone. */
function keep(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text)
  } catch {
    // Full or forbidden.
  }
}

const speeds = ['short', 'real'] as const satisfies readonly Speed[]
const hops = ['simulated', 'nginx', 'haproxy', 'apache', 'caddy'] as const satisfies readonly Hop[]

const parameters = {
  /** The walk: a letter for each step. */
  at: parseAsString,
  speed: parseAsStringLiteral(speeds),
  on: parseAsStringLiteral(hops),
}

/** The run of a scenario in this tab, and its progress in the address: a reload or a link finds it there again. */
export function useRun(scenario: Scenario): ScenarioRun {
  const [{ at, speed, on }, setAddress] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const [run] = useState(() =>
    runOf(scenario, { walk: at, conditions: { speed: speed ?? 'short', hop: on ?? 'simulated' } }),
  )
  const walk = useStore(run.store, (state) => state.walk)
  const conditions = useStore(run.store, (state) => state.conditions)
  useEffect(() => {
    void setAddress({
      at: isBegun(walk) ? encodeWalk(walk) : null,
      speed: conditions.speed === 'short' ? null : conditions.speed,
      on: conditions.hop === 'simulated' ? null : conditions.hop,
    })
  }, [walk, conditions, setAddress])
  return run
}
