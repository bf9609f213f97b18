'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { eventsGrid } from './events-grid.ts'

const explorer = lazyPart(() => import('./explorer.tsx').then((module) => module.Explorer))

/** The explorer needs the address, a clock and what was imported: a server has none of them to render with. */
export function EventsIsland() {
  return (
    <LazyView
      part={explorer}
      loading={<EventsSkeleton />}
      failed={(retry) => <NotLoaded what="The Events page" onRetry={retry} />}
    >
      {(Explorer) => <Explorer />}
    </LazyView>
  )
}

/** The page before its script: the same frames in the same places. */
function EventsSkeleton() {
  return (
    <div className={eventsGrid.page}>
      <div className={`rounded-box border border-line bg-panel ${eventsGrid.bar}`} />
      <div className={`rounded-box border border-line bg-panel ${eventsGrid.verdict}`} />
      <div className={eventsGrid.histograms}>
        {['Silence before close', 'Age at close', 'Time of close'].map((title) => (
          <Panel key={title} title={title} className={eventsGrid.histogram}>
            <Skeleton lines={5} />
          </Panel>
        ))}
      </div>
      <Panel title="Connections" className={eventsGrid.list}>
        <Skeleton lines={8} />
      </Panel>
    </div>
  )
}
