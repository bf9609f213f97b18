'use client'
import { type ReactNode, useEffect, useState } from 'react'
import { say } from './toast-queue.ts'

/** A part of the page whose script is loaded when it is needed. */
export interface LazyPart<T> {
  /** What was loaded, null before. */
  peek(): T | null
  /** Loads it, or tries again after a failure. */
  load(): Promise<T>
}

/** @param load such as `() => import('./chart.tsx').then((module) => module.Chart)` */
export function lazyPart<T>(load: () => Promise<T>): LazyPart<T> {
  let loaded: T | null = null
  return {
    peek: () => loaded,
    async load() {
      loaded = await load()
      return loaded
    },
  }
}

interface Props<T> {
  part: LazyPart<T>
  children: (part: T) => ReactNode
  /** Stands until the script is there; rendered on the server too. */
  loading?: ReactNode
  /** Stands where the script did not come: the server it would come from may be the one that died. */
  failed: (retry: () => void) => ReactNode
}

/**
 * Shows a part once its script is there, in the browser only. Unlike `next/dynamic` it survives a failure: this
 * page is open while servers die, so it says so and tries again when asked.
 */
export function LazyView<T>({ part, children, loading = null, failed }: Props<T>) {
  const [loaded, setLoaded] = useState(() => part.peek())
  const [attempt, setAttempt] = useState(1)
  const [failedAttempt, setFailedAttempt] = useState(0)
  useEffect(() => {
    if (loaded !== null) return
    let gone = false
    part.load().then(
      (value) => !gone && setLoaded(() => value),
      () => !gone && setFailedAttempt(attempt),
    )
    return () => {
      gone = true
    }
  }, [part, loaded, attempt])
  if (loaded !== null) return children(loaded)
  return failedAttempt === attempt ? failed(() => setAttempt(attempt + 1)) : loading
}

/** A dialog whose script is loaded when it first opens. Where it cannot be, a toast says so. */
export function LazyDialog<T>({ part, children }: Pick<Props<T>, 'part' | 'children'>) {
  return (
    <LazyView part={part} failed={() => <SayNotLoaded />}>
      {children}
    </LazyView>
  )
}

function SayNotLoaded() {
  useEffect(() => say('This panel could not load because the Why1006 server is not responding.', 'dead'), [])
  return null
}
