'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { problemOf } from '#components/api/problem.ts'
import type { ChecklistOrder } from '#lib/api/checklist.ts'
import type { Problem } from '#lib/api/problem.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import type { runChecklist as RunChecklist } from './run-checklist.ts'

export type ChecklistState =
  /** `items`: of the run before, where there was one. */
  | { readonly status: 'running'; readonly items: readonly ChecklistItem[] }
  | {
      readonly status: 'done'
      readonly items: readonly ChecklistItem[]
      /** Null: this server was looked at, and no URL. */
      readonly order: Required<ChecklistOrder> | null
    }
  | { readonly status: 'failed'; readonly problem: Problem }

/** Looks at this server at once, which touches nobody else; probes the URL when told to. */
export function useChecklist(): [
  state: ChecklistState,
  run: (order: Required<ChecklistOrder> | null, pageOrigin: string) => void,
] {
  const [state, setState] = useState<ChecklistState>({ status: 'running', items: [] })
  const current = useRef<AbortController | null>(null)

  const run = useCallback((order: Required<ChecklistOrder> | null, pageOrigin: string) => {
    current.current?.abort()
    const abort = new AbortController()
    const { signal } = abort
    current.current = abort
    setState((before) => ({ status: 'running', items: before.status === 'failed' ? [] : before.items }))
    look(order, pageOrigin, signal).then(
      (items) => signal.aborted || setState({ status: 'done', items, order }),
      (error: unknown) => signal.aborted || setState({ status: 'failed', problem: problemOf(error) }),
    )
  }, [])

  useEffect(() => {
    run(null, location.origin)
    return () => current.current?.abort()
  }, [run])
  return [state, run]
}

async function look(...asked: Parameters<typeof RunChecklist>) {
  const { runChecklist } = await import('./run-checklist.ts')
  return runChecklist(...asked)
}
