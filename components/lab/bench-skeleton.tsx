import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { benchGrid } from './bench-grid.ts'

/** The bench before its script: the same frames in the same places. */
export function BenchSkeleton() {
  return (
    <div className="flex flex-col gap-3">
      <div className={benchGrid.top}>
        <Panel title="Set up" className={benchGrid.settings}>
          <Skeleton lines={8} />
        </Panel>
        <Panel title="Verdict" className={benchGrid.verdict}>
          <Skeleton lines={4} />
        </Panel>
      </div>
      <Panel title="Connection" className="h-[220px]">
        <Skeleton lines={4} />
      </Panel>
    </div>
  )
}
