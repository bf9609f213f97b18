'use client'
import { parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useEffect, useRef, useState } from 'react'
import { problemOf } from '#components/api/problem.ts'
import type { ChecklistOrder } from '#lib/api/checklist.ts'
import type { Problem } from '#lib/api/problem.ts'
import { type Target, understandTarget } from '#lib/applications/target.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { longestChecklistUrl } from '#lib/checklist/longest-url.ts'
import type { runChecklist as RunChecklist } from './run-checklist.ts'

export type ChecklistState =
  | {
      readonly status: 'running'
      /** Of the run before, where there was one. */
      readonly items: readonly ChecklistItem[]
      /** The URL is tried, or was by the run before; else only this server is looked at. */
      readonly isUrlTried: boolean
    }
  | {
      readonly status: 'done'
      readonly items: readonly ChecklistItem[]
      readonly isUrlTried: boolean
      /** Counts the URLs that were tried, from 1. */
      readonly run: number
      /** Null: this server was looked at, and no URL. */
      readonly order: Required<ChecklistOrder> | null
    }
  | { readonly status: 'failed'; readonly problem: Problem }

/** Looks at this server at once, which touches nobody else; probes the URL when told to. */
export function useChecklist(): [
  state: ChecklistState,
  run: (order: Required<ChecklistOrder> | null, pageOrigin: string) => void,
] {
  const [state, setState] = useState<ChecklistState>({ status: 'running', items: [], isUrlTried: false })
  const current = useRef<AbortController | null>(null)
  const runs = useRef(0)

  const run = useCallback((order: Required<ChecklistOrder> | null, pageOrigin: string) => {
    current.current?.abort()
    const abort = new AbortController()
    const { signal } = abort
    current.current = abort
    setState((before) => ({
      status: 'running',
      items: before.status === 'failed' ? [] : before.items,
      isUrlTried: order !== null,
    }))
    look(order, pageOrigin, signal).then(
      (items) => {
        if (signal.aborted) return
        if (order !== null) runs.current += 1
        setState({ status: 'done', items, isUrlTried: order !== null, run: runs.current, order })
      },
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

/** For the commands, until there is a URL. */
export const exampleUrl = 'wss://app.example/ws'

interface Typed {
  url: string
  origin: string
}

export interface ChecklistTarget {
  readonly typed: Typed
  readonly setTyped: (change: Partial<Typed>) => void
  /** This page's own. */
  readonly ownOrigin: string
  readonly address: Target
  /** Of the pages to check for: what was typed, or this page's own; null where it is none. */
  readonly origin: string | null
  /** What keeps the checks from running, a sentence each. */
  readonly problems: readonly string[]
}

const parameters = { url: parseAsString, origin: parseAsString }

/** What is checked stands in the page's address: a link fills the form, a click runs the checks. */
export function useTarget(ownOrigin: string): ChecklistTarget {
  const [given, setGiven] = useQueryStates(parameters, { history: 'replace', shallow: true })
  const typed = { url: given.url ?? '', origin: given.origin ?? '' }
  const address = understandTarget(typed.url, ownOrigin)
  const origin = typed.origin.trim() === '' ? ownOrigin : originOf(typed.origin)
  const problems = [
    ...(address.ok || typed.url === '' ? [] : [address.says]),
    ...(typed.url.length > longestChecklistUrl
      ? [`The URL is longer than ${longestChecklistUrl} characters.`]
      : []),
    ...(origin === null ? ['An origin is a scheme and a host, such as https://app.example.'] : []),
  ]
  return {
    typed,
    setTyped: (change) => void setGiven(change),
    ownOrigin,
    address,
    origin,
    problems,
  }
}

/** Of whatever page address was typed; null where browsers would send no such origin. */
function originOf(text: string): string | null {
  const url = URL.parse(text.trim())
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.origin : null
}
