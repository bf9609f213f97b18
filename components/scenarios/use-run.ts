'use client'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { isBegun } from '#lib/scenarios/run/run-record.ts'
import type { Hop } from '#lib/scenarios/run/run-state.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import { encodeWalk } from '#lib/scenarios/run/walkthrough.ts'
import type { Scenario, Speed } from '#lib/scenarios/scenario.ts'
import { runOf } from './runs.ts'

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
