import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { scenarioGrid } from './scenario-grid.ts'

/** The walkthrough before its script: the same frames in the same places. */
export function ScenarioSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <div className="sm:min-h-[34px]" />
      <div className={scenarioGrid.both}>
        <Panel title="Steps" className={scenarioGrid.steps}>
          <Skeleton lines={24} />
        </Panel>
        <div className={scenarioGrid.strips}>
          <Panel title="Before and after" className="h-[244px] max-sm:h-[220px]">
            <Skeleton lines={5} />
          </Panel>
        </div>
      </div>
    </div>
  )
}
