'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { LiveSkeleton } from './live-skeleton.tsx'

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
