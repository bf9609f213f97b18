'use client'
import { useMemo } from 'react'
import { createRingFilter, type FilteredView } from '#lib/store/kit/filtered-view.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

/** The entries of a ring that match; a new filter is a new function, so memoise it. */
export function useFiltered<T>(view: RingView<T>, matches: (entry: T) => boolean): FilteredView<T> {
  const filter = useMemo(() => createRingFilter(matches), [matches])
  return filter(view)
}
