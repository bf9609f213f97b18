'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'

const part = lazyPart(() => import('./watch-view.tsx').then((module) => module.WatchView))

export function WatchIsland() {
  return (
    <LazyView
      part={part}
      loading={<Loading />}
      failed={(retry) => <NotLoaded what="Watch" onRetry={retry} />}
    >
      {(View) => <View />}
    </LazyView>
  )
}

/** The page before its script: the same frames in the same places. */
function Loading() {
  return (
    <>
      <div className="h-[5.25rem] rounded-box border border-line bg-panel" />
      <Panel title="Watches">
        <Skeleton lines={4} />
      </Panel>
    </>
  )
}
