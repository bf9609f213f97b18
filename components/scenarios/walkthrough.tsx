'use client'
import { useState } from 'react'
import { useStore } from 'zustand'
import { ProxyPanel } from '#components/lab/proxy-panel.tsx'
import { Instruments } from '#components/live/instruments.tsx'
import { scenarioOf } from '#lib/scenarios/catalogue.ts'
import type { Scenario } from '#lib/scenarios/scenario.ts'
import { ConditionsBar } from './conditions.tsx'
import { useRun } from './runs.ts'
import { scenarioGrid } from './scenario-grid.ts'
import { StepsPanel } from './steps-panel.tsx'
import { type Side, StripsPanel } from './strips-panel.tsx'

/** A guided scenario: the steps, and beside them the Live page's instruments on the connection they open. */
export function Walkthrough({ id }: { id: string }) {
  const scenario = scenarioOf(id)
  return scenario && <Guide scenario={scenario} />
}

function Guide({ scenario }: { scenario: Scenario }) {
  const run = useRun(scenario)
  const before = useStore(run.store, (state) => state.before)
  const after = useStore(run.store, (state) => state.after)
  const speed = useStore(run.store, (state) => state.conditions.speed)
  const [chosen, setChosen] = useState<{ side: Side; of: typeof after }>({ side: 'before', of: null })
  // Whoever applies the fix looks at what it does; a choice holds until then.
  const side = chosen.of === after && after !== null ? chosen.side : after === null ? 'before' : 'after'
  const shown = side === 'after' ? after : before
  return (
    <div className="flex flex-col gap-3">
      <ConditionsBar run={run} />
      <div className={scenarioGrid.both}>
        <StepsPanel run={run} className={scenarioGrid.steps} />
        <div className={scenarioGrid.strips}>
          <StripsPanel run={run} side={side} onSide={(next) => setChosen({ side: next, of: after })} />
        </div>
        <div className={scenarioGrid.instruments}>
          {shown?.hop && <ProxyPanel proxy={shown.hop} />}
          {shown && (
            <Instruments
              connectionId={shown.ids[0] ?? null}
              criteria={{ idleMs: scenario.verify.idleSeconds(speed) * 1000 }}
            />
          )}
        </div>
      </div>
    </div>
  )
}
