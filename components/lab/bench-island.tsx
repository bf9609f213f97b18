'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'
import { NotLoaded } from '#components/ui/not-loaded.tsx'
import type { FaultId } from '#lib/lab/faults.ts'
import { BenchSkeleton } from './bench-skeleton.tsx'

const bench = lazyPart(() => import('./bench.tsx').then((module) => module.Bench))

/** What a fault is tried with needs sockets and the address: a server has neither to render with. */
export function BenchIsland({ fault }: { fault: FaultId }) {
  return (
    <LazyView
      part={bench}
      loading={<BenchSkeleton />}
      failed={(retry) => <NotLoaded what="The lab" onRetry={retry} />}
    >
      {(Bench) => <Bench fault={fault} />}
    </LazyView>
  )
}
