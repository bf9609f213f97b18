'use client'
import { useStore } from 'zustand'
import { useInstalledProxies } from '#components/lab/use-installed-proxies.ts'
import { Segmented } from '#components/ui/segmented.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { faultOf } from '#lib/lab/faults.ts'
import type { Hop } from '#lib/scenarios/run/run-state.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import type { Scenario } from '#lib/scenarios/scenario.ts'

/** Under which conditions the steps run: through what, and how long its waits are. A change begins again. */
export function ConditionsBar({ run }: { run: ScenarioRun }) {
  const { clock } = run.scenario
  const { speed, hop } = useStore(run.store, (state) => state.conditions)
  const hops = useHops(run.scenario)
  if (!clock && realProxiesOf(run.scenario).length === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 sm:min-h-[2.125rem]">
      {clock && (
        <Switch
          label={`Real ${clock.realSeconds} s`}
          title={`Waits as long as in the field, and the criteria’s 30 s with it. Otherwise ${clock.what} is ${clock.shortSeconds} s.`}
          checked={speed === 'real'}
          onChange={(event) => run.change({ speed: event.target.checked ? 'real' : 'short' })}
        />
      )}
      {clock && (
        <p className="text-soft">
          {speed === 'real'
            ? `Real time: ${clock.what} is ${clock.realSeconds} s.`
            : `Shortened: ${clock.realSeconds} s runs in ${clock.shortSeconds} s, the criteria’s 30 s in ${run.scenario.verify.idleSeconds(speed)} s.`}
        </p>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:ml-0">
        {hops.length > 1 && (
          <Segmented
            label="Proxy"
            options={hops}
            value={hop}
            onChange={(value) => run.change({ hop: value })}
          />
        )}
      </div>
    </div>
  )
}

/** The relay, and each installed proxy that can show the scenario's fault. */
function useHops(scenario: Scenario): { value: Hop; label: string }[] {
  const installed = useInstalledProxies()
  return [
    { value: 'simulated', label: 'simulated' },
    ...realProxiesOf(scenario).flatMap((value) => {
      const label = installed.get(value)
      return label === undefined ? [] : [{ value, label }]
    }),
  ]
}

function realProxiesOf({ reproduce }: Scenario) {
  const setup = reproduce.setup('short')
  return setup.via === 'lab' ? faultOf(setup.fault).real : []
}
