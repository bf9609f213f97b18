'use client'
import { useLive } from '#components/core/live-core.ts'
import { ChromeNote } from '#components/live/connections/chrome-note.tsx'
import { NotifyOffer } from '#components/live/connections/notify-offer.tsx'
import { RetrySchedule } from '#components/live/connections/retry-schedule.tsx'
import { RowActions } from '#components/live/connections/row-actions.tsx'
import { LivingFigures, MoreFigures, SilentFigures } from '#components/live/connections/row-figures.tsx'
import { RowSwitches } from '#components/live/connections/row-switches.tsx'
import { WhyButton } from '#components/live/connections/why-button.tsx'
import type { StateWords } from '#components/live/state-words.ts'
import { triedWords } from '#components/live/this-connection/tried-words.ts'
import { toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatTime, keepUnits } from '#components/ui/format.ts'
import { lossWords } from '#components/why/loss-words.ts'
import type { ConnectionId, Target } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { selectFacet } from '#lib/store/selectors.ts'

interface Props {
  id: ConnectionId
  target: Target
  words: StateWords
}

/**
 * The selected connection in four lines of a fixed height, so that nothing below moves when it ends: who, what became
 * of it, figures, and what goes on by itself. From 1024 px on they stand at the head of its instruments.
 */
export function RowDetails({ id, target, words }: Props) {
  return (
    <div
      className={cx(
        'flex flex-col gap-0.5 bg-panel px-3.5 py-2.5 max-lg:border-b max-lg:border-line max-lg:bg-raised/40',
        'lg:absolute lg:inset-0 lg:col-start-2 lg:col-end-3 lg:row-start-1 lg:row-end-2 wide:col-end-4',
        'lg:overflow-hidden lg:rounded-box lg:border lg:border-line',
      )}
    >
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <p className="figures min-w-40 flex-1 truncate font-medium text-text" title={target.url}>
          {target.url.replace(/^wss?:\/\//, '')}
          {target.isThrough && <span className="font-normal text-faint"> through Why1006</span>}
        </p>
        <RowActions id={id} label={target.label} />
      </div>
      <Headline id={id} words={words} />
      <div className="flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1">
        <div className="min-w-0 flex-1 max-wide:basis-full">
          <Figures id={id} words={words} />
        </div>
        <RowSwitches id={id} />
      </div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-4 wide:flex-nowrap">
        <LastLine id={id} />
        <Offer id={id} />
      </div>
    </div>
  )
}

/** What became of it, in the largest words of the page; of one that came back, what was lost before; and the question. */
function Headline({ id, words }: { id: ConnectionId; words: StateWords }) {
  const lost = useLost(id)
  return (
    <div className="flex min-h-6 flex-wrap items-baseline gap-x-3 wide:flex-nowrap">
      <p
        className={cx(
          // Whole before all else of its line, "Why?" aside.
          'min-w-0 text-lead font-medium lg:max-wide:max-w-full wide:max-w-[calc(100%-4.5rem)] lg:shrink-0 lg:truncate',
          toneText[words.tone],
        )}
      >
        <Sentence id={id} words={words} />
      </p>
      {words.detail === null && <Lost words={lost} />}
      <Tried id={id} />
      {(words.puzzling || lost !== null) && <WhyButton id={id} />}
    </div>
  )
}

/** Where two columns are narrow, it begins a line, in which "Why?" has room too. */
const besideWhy = 'figures min-w-0 lg:truncate lg:max-wide:max-w-[calc(100%-4.5rem)]'

/** Of a host without a path: what did not open, and whether something else did. */
function Tried({ id }: { id: ConnectionId }) {
  const tried = useLive(selectFacet(id, 'tried'))
  const isOpened = useLive((live) => {
    const state = live.connections[id]?.state
    return state !== undefined && openedAt(state) !== null
  })
  if (tried === undefined || tried === null) return null
  const words = triedWords(tried.refused, isOpened, tried.isElsewhere)
  return (
    <p className={cx('text-soft', besideWhy)} title={words}>
      {words}
    </p>
  )
}

/** What was lost before; null where nothing was, or where the state itself tells of the only loss. */
function useLost(id: ConnectionId): string | null {
  const phase = useLive((live) => live.connections[id]?.state.phase)
  const losses = useLive(selectFacet(id, 'losses'))
  const isTold = phase === 'closed' && losses?.count === 1
  return losses === undefined || isTold ? null : lossWords(losses)
}

function Lost({ words }: { words: string | null }) {
  if (words === null) return null
  return (
    <p className={cx('text-waiting', besideWhy)} title={words}>
      {keepUnits(words)}
    </p>
  )
}

function Offer({ id }: { id: ConnectionId }) {
  const isLost = useLive((live) => (live.connections[id]?.losses.count ?? 0) > 0)
  return isLost ? <NotifyOffer /> : null
}

function Sentence({ id, words }: { id: ConnectionId; words: StateWords }) {
  const since = useLive((live) => {
    const state = live.connections[id]?.state
    return state === undefined ? null : openedAt(state)
  })
  if (words.detail !== null) return capital(keepUnits(words.detail))
  if (since === null) return 'Waiting for the handshake'
  return words.puzzling ? 'Nothing is received any more' : `Open since ${formatTime(since)}`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

function Figures({ id, words }: { id: ConnectionId; words: StateWords }) {
  const phase = useLive((live) => live.connections[id]?.state.phase)
  if (phase === 'suspect') return <SilentFigures id={id} />
  if (phase === 'open') return <LivingFigures id={id} />
  return <Ended id={id} words={words} />
}

/** What was lost before, what the code means, what the server saw. */
function Ended({ id, words: { more, detail } }: { id: ConnectionId; words: StateWords }) {
  const lost = useLost(id)
  return (
    <div className="flex min-w-0 flex-wrap gap-x-3 lg:flex-nowrap">
      {detail !== null && <Lost words={lost} />}
      <p className="min-w-0 text-soft lg:truncate" title={more.join('\n') || undefined}>
        {more.join('. ')}
      </p>
    </div>
  )
}

/** What goes on by itself, else what was counted. */
function LastLine({ id }: { id: ConnectionId }) {
  const phase = useLive((live) => live.connections[id]?.state.phase)
  const isRetrying = useLive((live) => {
    const reconnects = live.connections[id]?.reconnects
    if (reconnects === undefined || !reconnects.enabled) return false
    return reconnects.resting !== null || (reconnects.attempts.at(-1)?.outcome ?? 'opened') !== 'opened'
  })
  const isOpening = phase === 'connecting' || phase === 'closed' || phase === 'never-opened'
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 max-wide:basis-full">
      {isRetrying ? <RetrySchedule id={id} /> : <MoreFigures id={id} />}
      {isOpening && <ChromeNote />}
    </div>
  )
}
