'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type EventRange, fetchEnds } from '#components/api/events.ts'
import { problemOf } from '#components/api/problem.ts'
import type { Problem } from '#lib/api/problem.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import { ServerRows } from './server-rows.ts'

/** The list of what matches, anew with each range. Null before the first. */
export function useServerRows(range: EventRange | null, onFresh: () => void): ServerRows | null {
  const [rows, setRows] = useState<ServerRows | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list belongs to its range
  useEffect(() => {
    if (range === null) {
      setRows(null)
      return
    }
    const next = new ServerRows(range, onFresh)
    // The rows before stay until there are others.
    const undo = next.subscribe(() => setRows(next))
    return () => {
      undo()
      next.close()
    }
  }, [range])
  return rows
}

export type Counted =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'done'; readonly ends: EndsCount }

/** The ends of what matches, counted by the server; again when `turn` changes. */
export function useServerEnds(range: EventRange | null, turn: number): Counted {
  const [counted, setCounted] = useState<Counted>({ status: 'loading' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn counts again
  useEffect(() => {
    if (range === null) return
    const stop = new AbortController()
    fetchEnds(range, stop.signal).then(
      ({ count, codes, silence, age, clock, bursts }) =>
        setCounted({
          status: 'done',
          ends: {
            count,
            codes,
            silence,
            age,
            clock: clock && { fromMs: clock.from_ms, binMs: clock.bin_ms, counts: clock.counts },
            bursts: bursts.map((burst) => ({
              atMs: burst.at_ms,
              count: burst.count,
              leastAgeMs: burst.least_age_ms,
              mostAgeMs: burst.most_age_ms,
            })),
          },
        }),
      (error) => stop.signal.aborted || setCounted({ status: 'failed', problem: problemOf(error) }),
    )
    return () => stop.abort()
  }, [range, turn])
  return counted
}

/** The figures are counted again when something new came, and not more often than this. */
const RECOUNT_MS = 3000

/** A number that changes when it is time to count again, and what makes it change at once or soon. */
export function useRecount(): [number, () => void] {
  const [turn, setTurn] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
  const counted = useRef(Number.NEGATIVE_INFINITY)
  const recount = useCallback(() => {
    timer.current ??= setTimeout(
      () => {
        timer.current = null
        counted.current = performance.now()
        setTurn((was) => was + 1)
      },
      Math.max(0, counted.current + RECOUNT_MS - performance.now()),
    )
  }, [])
  return [turn, recount]
}

/** The same object for the same range, so that lists stay. */
export function useRange({ filter, sinceMs, untilMs }: EventRange): EventRange {
  const key = JSON.stringify([filter, sinceMs, untilMs])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for all of it
  return useMemo(() => ({ filter, sinceMs, untilMs }), [key])
}
