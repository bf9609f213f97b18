'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { ScenarioSkeleton } from './scenario-skeleton.tsx'

const walkthrough = lazyPart(() => import('./walkthrough.tsx').then((module) => module.Walkthrough))

/** The walkthrough needs sockets, the address and what this tab kept: a server has none of them to render with. */
export function ScenarioIsland({ id }: { id: string }) {
  return (
    <LazyView
      part={walkthrough}
      loading={<ScenarioSkeleton />}
      failed={(retry) => <NotLoaded what="The scenario" onRetry={retry} />}
    >
      {(Walkthrough) => <Walkthrough id={id} />}
    </LazyView>
  )
}
