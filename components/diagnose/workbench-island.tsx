'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import { Skeleton } from '#components/ui/panel-states.tsx'

const workbench = lazyPart(() => import('./workbench.tsx').then((module) => module.Workbench))

/** The form needs the address, the result needs sockets: a server has neither to render with. */
export function WorkbenchIsland() {
  return (
    <LazyView
      part={workbench}
      loading={
        <div className="rounded-box border border-line bg-panel">
          <Skeleton lines={4} />
        </div>
      }
      failed={(retry) => <NotLoaded what="The Diagnose page" onRetry={retry} />}
    >
      {(Workbench) => <Workbench />}
    </LazyView>
  )
}
