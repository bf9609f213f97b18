'use client'
import { useStore } from 'zustand'
import { useInstalledProxies } from '#components/lab/use-installed-proxies.ts'
import { Button } from '#components/ui/button.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { faultOf } from '#lib/lab/faults.ts'
import { isBegun } from '#lib/scenarios/run/run-record.ts'
import type { Hop } from '#lib/scenarios/run/run-state.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import type { Scenario } from '#lib/scenarios/scenario.ts'

/** Under which conditions the steps run: through what, and how long its waits are. A change begins again. */
export function ConditionsBar({ run }: { run: ScenarioRun }) {
  const { clock } = run.scenario
  const { speed, hop } = useStore(run.store, (state) => state.conditions)
  const begun = useStore(run.store, ({ walk, before }) => isBegun(walk) || before !== null)
  const hops = useHops(run.scenario)
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
            ? `Nothing is shortened: ${clock.what} is ${clock.realSeconds} s.`
            : `${clock.realSeconds} s are ${clock.shortSeconds} s here, and the criteria’s 30 s are ${run.scenario.verify.idleSeconds(speed)} s.`}
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
        <Button disabled={!begun} onClick={run.startOver} className={begun ? undefined : 'max-sm:hidden'}>
          Start over
        </Button>
      </div>
    </div>
  )
}

/** The relay, and each installed proxy that can show the scenario's fault. */
function useHops({ reproduce }: Scenario): { value: Hop; label: string }[] {
  const installed = useInstalledProxies()
  const setup = reproduce.setup('short')
  const real = setup.via === 'lab' ? faultOf(setup.fault).real : []
  return [
    { value: 'simulated', label: 'simulated' },
    ...real.flatMap((value) => {
      const label = installed.get(value)
      return label === undefined ? [] : [{ value, label }]
    }),
  ]
}
