'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'

const list = lazyPart(() => import('./report-list.tsx').then((module) => module.ReportList))

/** Asked for by the browser, whose address has the filter. */
export function ReportListIsland() {
  return (
    <LazyView
      part={list}
      loading={
        <div className="rounded-box border border-line bg-panel">
          <Skeleton lines={14} />
        </div>
      }
      failed={(retry) => <NotLoaded what="The list of reports" onRetry={retry} />}
    >
      {(View) => <View />}
    </LazyView>
  )
}
