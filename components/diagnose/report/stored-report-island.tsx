'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'

const view = lazyPart(() => import('./stored-report.tsx').then((module) => module.StoredReport))

/** Fetched by the browser, where evidence can be added too. */
export function StoredReportIsland({ id }: { id: string }) {
  return (
    <LazyView
      part={view}
      loading={
        <div className="rounded-box border border-line bg-panel">
          <Skeleton lines={8} />
        </div>
      }
      failed={(retry) => <NotLoaded what="The report" onRetry={retry} />}
    >
      {(View) => <View id={id} />}
    </LazyView>
  )
}
