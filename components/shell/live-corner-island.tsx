'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { statusBox } from './status-box.ts'

const corner = lazyPart(() => import('./live-corner.tsx').then((module) => module.LiveCorner))

/** Comes with the first live script; until then a box of the same size. */
export function LiveCornerIsland() {
  return (
    <LazyView
      part={corner}
      loading={<EmptyBox words="Checking the server" />}
      failed={() => <EmptyBox words="Server unreachable" />}
    >
      {(Corner) => <Corner />}
    </LazyView>
  )
}

function EmptyBox({ words }: { words: string }) {
  return (
    <div role="status" aria-label="Server" className={statusBox}>
      <span className="sr-only">{words}</span>
    </div>
  )
}
