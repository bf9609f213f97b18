import { useCallback, useEffect, useState } from 'react'
import { problemOf } from '#components/api/problem.ts'
import { useLive } from '#components/core/live-core.ts'
import type { Problem } from '#lib/api/problem.ts'
import { selectWatched } from '#lib/store/selectors.ts'

export type Asked<T> = T | Problem | null

export const isProblem = <T extends object>(asked: Asked<T>): asked is Problem =>
  asked !== null && 'remedy' in asked && 'error' in asked

/** Also where no event comes: the counts of attempts, and the page behind a proxy that cuts streams. */
const AGAIN_MS = 10_000

/**
 * Asks at once, with each event of a watch, and every 10 s; null until it is answered.
 * @param ask must stay the same as long as the question does
 */
export function useAsked<T extends object>(
  ask: (signal: AbortSignal) => Promise<T>,
): [asked: Asked<T>, again: () => void] {
  const [asked, setAsked] = useState<Asked<T>>(null)
  const [turn, setTurn] = useState(0)
  const watched = useLive(selectWatched)
  const again = useCallback(() => setTurn((before) => before + 1), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another event, another turn: asked again
  useEffect(() => {
    const control = new AbortController()
    ask(control.signal).then(setAsked, (error: unknown) => {
      if (!control.signal.aborted) setAsked(problemOf(error))
    })
    const timer = setTimeout(again, AGAIN_MS)
    return () => {
      control.abort()
      clearTimeout(timer)
    }
  }, [ask, watched, turn])
  return [asked, again]
}
