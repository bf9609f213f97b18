'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import type { FaultId } from '#lib/lab/faults.ts'
import { benchGrid } from './bench-grid.ts'

const bench = lazyPart(() => import('./bench.tsx').then((module) => module.Bench))

/** What a fault is tried with needs sockets and the address: a server has neither to render with. */
export function BenchIsland({ fault }: { fault: FaultId }) {
  return (
    <LazyView
      part={bench}
      loading={<BenchSkeleton />}
      failed={(retry) => <NotLoaded what="The lab" onRetry={retry} />}
    >
      {(Bench) => <Bench fault={fault} />}
    </LazyView>
  )
}

/** The bench before its script: the same frames in the same places. */
function BenchSkeleton() {
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
