'use client'
import { useLive, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import type { StateWords } from '#components/live/state-words.ts'
import { toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { formatAge, formatMs } from '#components/ui/format.ts'
import { lossWords } from '#components/why/loss-words.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { selectFacet } from '#lib/store/selectors.ts'

const cell = 'shrink-0 text-right text-soft'

/** The right end of a row: figures while it is open, else what became of it in words. */
export function RowCells({ id, words }: { id: ConnectionId; words: StateWords }) {
  const isOpen = useLive((live) => live.connections[id]?.state.phase === 'open')
  return (
    // As wide in every row: the strips beside it stand under each other.
    <div className="flex w-[15.5ch] shrink-0 justify-end gap-2 broad:w-[30ch]">
      {isOpen ? (
        <>
          <span className="sr-only">{words.word}</span>
          <RoundTrip id={id} />
          <span className={cx(cell, 'w-[6.5ch]')}>
            <Age id={id} />
          </span>
          <LastClose id={id} />
        </>
      ) : (
        <Word words={words} />
      )}
    </div>
  )
}

function Word({ words: { word, tone } }: { words: StateWords }) {
  const short = shortWords[word]
  const look = cx('truncate', toneText[tone])
  if (short === undefined) return <span className={look}>{word}</span>
  return (
    <>
      <span className="sr-only">{word}</span>
      <span aria-hidden className={look}>
        {short}
      </span>
    </>
  )
}

/** Of words that a row has no room for. */
const shortWords: Readonly<Record<string, string>> = {
  'suspected half-open': 'half-open?',
  'refused by the browser': 'refused',
  'blocked by policy': 'blocked',
}

/** How often it was lost. */
export function Drops({ id }: { id: ConnectionId }) {
  const losses = useLive(selectFacet(id, 'losses'))
  if (losses === undefined || losses.count === 0) return null
  return (
    <span className="shrink-0 text-waiting" title={lossWords(losses) ?? undefined}>
      {losses.count}×<span className="sr-only"> dropped</span>
    </span>
  )
}

/** The page's own round trips where it measures any, else the server's; the last while there are no more. */
function RoundTrip({ id }: { id: ConnectionId }) {
  const page = useSampledLive(selectFacet(id, 'pageRtt'))
  const server = useSampledLive(selectFacet(id, 'serverRtt'))
  const rtt = page !== undefined && page.lastMs !== null ? page : server
  if (rtt === undefined || rtt.lastMs === null) return <span className={cx(cell, 'w-[8ch]')}>–</span>
  return (
    <>
      <span className={cx(cell, 'w-[8ch] max-broad:hidden')} title="Median round trip">
        {formatMs(rtt.p50Ms ?? rtt.lastMs)}
      </span>
      <span className={cx(cell, 'w-[8ch]')} title="Round trip, 95th percentile">
        {formatMs(rtt.p95Ms ?? rtt.lastMs)}
      </span>
    </>
  )
}

function Age({ id }: { id: ConnectionId }) {
  const since = useLive((live) => {
    const state = live.connections[id]?.state
    return state === undefined ? null : openedAt(state)
  })
  const now = useNow()
  return since === null ? '–' : formatAge(now - since)
}

/** Where there is room: how it ended last time, though it is open again. */
function LastClose({ id }: { id: ConnectionId }) {
  const code = useLive((live) => live.connections[id]?.losses.kept.at(-1)?.state.code)
  return (
    <span className={cx(cell, 'w-[4ch] text-faint max-broad:hidden')} title="Last close code">
      {code ?? ''}
    </span>
  )
}
