'use client'
import { useEffect, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { keepUnits } from '#components/ui/format.ts'
import { LazyDialog, lazyPart } from '#components/ui/lazy-view.tsx'
import type { LogReport } from '#lib/diagnosis/judge-logs.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import { eventsGrid } from './events-grid.ts'
import { askLogs, Replaced } from './imports/imports.ts'
import type { TimeSpan } from './imports/matching.ts'
import { MOST_JUDGED } from './imports/own-events.ts'
import { scopeWords, verdictWords } from './verdict-words.ts'

const whyDialog = lazyPart(() => import('./why-dialog.tsx').then((module) => module.WhyDialog))

type State =
  | { readonly status: 'judging' }
  | { readonly status: 'failed'; readonly says: string }
  | { readonly status: 'done'; readonly log: LogReport }

interface Props {
  /** Of the imported logs, null where this server's own events are judged. */
  version: number | null
  filter: EventFilter
  span: TimeSpan
  /** Another when more has ended: judged again then. */
  turn: number
  /** How many connections the list below has; null while that is not known, and where it lists something else. */
  listed: number | null
}

/** What most ends have in common, judged in this browser by the newest of them. */
export function VerdictStrip({ version, filter, span, turn, listed }: Props) {
  const state = useJudged(version, filter, span, turn)
  const [isOpen, setOpen] = useState(false)
  const words = state.status === 'done' ? verdictWords(state.log) : null
  const detail =
    state.status === 'done' && words !== null
      ? [words.detail, scopeWords(state.log, listed, version === null ? { most: MOST_JUDGED } : 'imported')]
          .filter((one) => one !== '')
          .join(' ')
      : ''
  return (
    <section
      aria-label="Verdict"
      className={`flex items-center gap-x-3 max-md:flex-wrap gap-y-1 rounded-box border border-line bg-panel px-3.5 py-2.5 ${eventsGrid.verdict}`}
    >
      {state.status === 'judging' && (
        <span className="skeleton h-4 w-80 max-w-full" aria-busy="true" role="presentation" />
      )}
      {state.status === 'failed' && <span className="text-soft">Not judged: {state.says}</span>}
      {state.status === 'done' && words === null && (
        <span className="text-soft">Nothing ended, so there is nothing to judge.</span>
      )}
      {state.status === 'done' && words !== null && (
        <>
          <span className="text-lead font-semibold max-md:basis-full md:min-w-48 md:truncate">
            {keepUnits(words.headline)}
          </span>
          <Badge tone={words.badge.tone}>{words.badge.word}</Badge>
          <span
            className="min-w-0 text-soft max-md:order-last max-md:basis-full md:shrink-9999 md:truncate"
            title={detail}
          >
            {detail}
          </span>
          <Button size="large" className="ml-auto" onClick={() => setOpen(true)}>
            Why?
          </Button>
          {isOpen && (
            <LazyDialog part={whyDialog}>
              {(WhyDialog) => (
                <WhyDialog log={state.log} isNewest={version === null} onClose={() => setOpen(false)} />
              )}
            </LazyDialog>
          )}
        </>
      )}
    </section>
  )
}

/** Judged again when the range or what was imported is another, and one judgement after the other when more has ended. */
function useJudged(version: number | null, filter: EventFilter, span: TimeSpan, turn: number): State {
  const [state, setState] = useState<State>({ status: 'judging' })
  const [asked, setAsked] = useState(turn)
  const [answered, setAnswered] = useState<number | null>(null)
  if (version === null && asked !== turn && asked === answered) setAsked(turn)
  const key = JSON.stringify([version, version === null ? [filter, span, asked] : null])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for all of it
  useEffect(() => {
    let isOver = false
    const tell = (told: State) => {
      if (isOver) return
      setState(told)
      setAnswered(asked)
    }
    const judged = version === null ? askLogs('judgeEvents', { filter, span }) : askLogs('judge', {})
    judged.then(
      (log) => tell({ status: 'done', log }),
      (error: Error) => error instanceof Replaced || tell({ status: 'failed', says: error.message }),
    )
    return () => {
      isOver = true
    }
  }, [key])
  return state
}
