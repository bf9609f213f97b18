'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'

const history = lazyPart(() => import('./history.tsx').then((module) => module.History))

export function HistoryIsland({ url }: { url: string }) {
  return (
    <LazyView
      part={history}
      loading={
        <div className="rounded-box border border-line bg-panel">
          <Skeleton lines={10} />
        </div>
      }
      failed={(retry) => <NotLoaded what="The history" onRetry={retry} />}
    >
      {(View) => <View url={url} />}
    </LazyView>
  )
}
