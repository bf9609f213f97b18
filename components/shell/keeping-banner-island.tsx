'use client'
import { LazyView, lazyPart } from '#components/ui/lazy-view.tsx'

const part = lazyPart(() => import('./keeping-banner.tsx').then((module) => module.KeepingBanner))

/** Where it cannot be loaded, the status of the server says so. */
export function KeepingBannerIsland() {
  return (
    <LazyView part={part} failed={() => null}>
      {(Banner) => <Banner />}
    </LazyView>
  )
}
