import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { benchGrid } from './bench-grid.ts'

/** The bench before its script: the same frames in the same places. */
export function BenchSkeleton() {
  return (
    <div className={benchGrid.top}>
      <Panel title="Set up" className={benchGrid.settings}>
        <Skeleton lines={8} />
      </Panel>
      <div className={benchGrid.beside}>
        <div className={benchGrid.outcome}>
          <Panel title="Connection" className={benchGrid.connection}>
            <Skeleton lines={4} />
          </Panel>
          <Panel title="Verdict" className={benchGrid.verdict}>
            <Skeleton lines={4} />
          </Panel>
        </div>
      </div>
    </div>
  )
}
