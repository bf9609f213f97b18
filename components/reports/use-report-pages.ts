'use client'
import { useCallback, useEffect, useState } from 'react'
import { problemOf } from '#components/api/problem.ts'
import { listReports } from '#components/api/reports.ts'
import type { Problem } from '#lib/api/problem.ts'
import type { ReportCount, ReportSummary } from '#lib/api/reports.ts'

export type Pages =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | {
      readonly status: 'here'
      readonly reports: readonly ReportSummary[]
      readonly next: string | null
      readonly counts: readonly ReportCount[]
    }

interface Shown {
  readonly pages: Pages
  /** What is shown is for another question, which was answered before. */
  readonly isOld: boolean
  /** The page after those that are shown. Rejects with what kept it away. */
  readonly more: () => Promise<void>
  readonly reload: () => void
}

/** What was shown last: whoever comes back from one of its reports finds it as it was. */
let last: { readonly asked: string; readonly pages: Pages; readonly isDeep: boolean } | null = null

/**
 * Reports page by page. What is there stays until the answer to the next question has come. Coming back to the page asks
 * again, unless more than the first page is shown.
 */
export function useReportPages(query: Readonly<Record<string, string>>): Shown {
  const asked = new URLSearchParams(query).toString()
  const [round, setRound] = useState(1)
  const question = `${round} ${asked}`
  const before = last?.asked === asked ? last : null
  const [pages, setPages] = useState<Pages>(before?.pages ?? { status: 'loading' })
  const [isDeep, setDeep] = useState(before?.isDeep ?? false)
  const [answered, setAnswered] = useState(isDeep ? question : '')
  useEffect(() => {
    if (answered === question) return
    const [, search = ''] = question.split(' ')
    const abort = new AbortController()
    const show = (found: Pages) => {
      if (abort.signal.aborted) return
      setPages(found)
      setDeep(false)
      setAnswered(question)
    }
    listReports(Object.fromEntries(new URLSearchParams(search)), abort.signal).then(
      (list) => show({ status: 'here', ...list }),
      (error: unknown) => show({ status: 'failed', problem: problemOf(error) }),
    )
    return () => abort.abort()
  }, [question, answered])
  useEffect(() => {
    if (answered === question) last = { asked, pages, isDeep }
  }, [asked, question, answered, pages, isDeep])
  const reload = useCallback(() => setRound((now) => now + 1), [])
  useEffect(() => {
    const onVisible = () => document.visibilityState === 'visible' && !isDeep && reload()
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [isDeep, reload])
  const more = async () => {
    if (pages.status !== 'here' || pages.next === null) return
    const { reports, next } = await listReports({ ...query, before: pages.next })
    setPages((now) => (now === pages ? { ...now, reports: [...pages.reports, ...reports], next } : now))
    setDeep(true)
  }
  return { pages, isOld: answered !== question, more, reload }
}
