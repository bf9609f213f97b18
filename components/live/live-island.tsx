'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { liveGrid } from './live-grid.ts'

const panels = lazyPart(() => import('./live-panels.tsx').then((module) => module.LivePanels))

/** The panels need sockets, a clock and what was kept in this browser: a server has none of them to render with. */
export function LiveIsland() {
  return (
    <LazyView
      part={panels}
      loading={<LiveSkeleton />}
      failed={(retry) => <NotLoaded what="The Live page" onRetry={retry} />}
    >
      {(Panels) => <Panels />}
    </LazyView>
  )
}

/** The Live page before its script: the same frames in the same places. */
function LiveSkeleton() {
  return (
    <div className={liveGrid.page}>
      <div className={`rounded-box border border-line bg-panel ${liveGrid.form}`} />
      <div className={liveGrid.blank}>
        <Panel title="What went wrong?" className="min-h-[17.75rem]">
          <Skeleton lines={8} />
        </Panel>
        <Panel title="Connections">
          <Skeleton lines={4} />
        </Panel>
      </div>
      <div className={`${liveGrid.blank} ${liveGrid.below}`}>
        <Panel title="Server events">
          <Skeleton lines={6} />
        </Panel>
        <Panel title="Success criteria">
          <Skeleton lines={6} />
        </Panel>
      </div>
    </div>
  )
}
