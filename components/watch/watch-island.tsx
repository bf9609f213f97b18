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

function Loading() {
  return (
    <Panel title="Watched connections">
      <Skeleton lines={4} />
    </Panel>
  )
}
