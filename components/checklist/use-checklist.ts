'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChecklistOrder } from '#lib/api/checklist.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'

export type ChecklistState =
  /** `items`: of the run before, where there was one. */
  | { readonly status: 'running'; readonly items: readonly ChecklistItem[] }
  | {
      readonly status: 'done'
      readonly items: readonly ChecklistItem[]
      /** Null: this server was looked at, and no URL. */
      readonly order: Required<ChecklistOrder> | null
    }
  | { readonly status: 'failed'; readonly says: string }

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
      (error: unknown) =>
        signal.aborted ||
        setState({ status: 'failed', says: error instanceof Error ? error.message : String(error) }),
    )
  }, [])

  useEffect(() => {
    run(null, location.origin)
    return () => current.current?.abort()
  }, [run])
  return [state, run]
}

async function look(order: Required<ChecklistOrder> | null, pageOrigin: string, signal: AbortSignal) {
  const { lookAtServer, runChecklist } = await import('./run-checklist.ts')
  return order === null ? lookAtServer(signal) : runChecklist(order, pageOrigin, signal)
}
