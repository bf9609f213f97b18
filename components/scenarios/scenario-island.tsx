'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { scenarioGrid } from './scenario-grid.ts'

const walkthrough = lazyPart(() => import('./walkthrough.tsx').then((module) => module.Walkthrough))

/** The walkthrough needs sockets, the address and what this tab kept: a server has none of them to render with. */
export function ScenarioIsland({ id }: { id: string }) {
  return (
    <LazyView
      part={walkthrough}
      loading={<ScenarioSkeleton />}
      failed={(retry) => <NotLoaded what="The scenario" onRetry={retry} />}
    >
      {(Walkthrough) => <Walkthrough id={id} />}
    </LazyView>
  )
}

/** The walkthrough before its script: the same frames in the same places. */
function ScenarioSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <div className="sm:min-h-[2.125rem]" />
      <div className={scenarioGrid.both}>
        <Panel title="Steps" className={scenarioGrid.steps}>
          <Skeleton lines={24} />
        </Panel>
        <div className={scenarioGrid.strips}>
          <Panel title="Before and after" className="h-[15.25rem] max-sm:h-[13.75rem]">
            <Skeleton lines={5} />
          </Panel>
        </div>
      </div>
    </div>
  )
}
