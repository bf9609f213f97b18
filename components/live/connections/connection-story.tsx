'use client'
import { useLive } from '#components/core/live-core.ts'
import { type StateWords, stateWords } from '#components/live/state-words.ts'
import { keepUnits } from '#components/ui/format.ts'
import { lossWords } from '#components/why/loss-words.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { ChromeNote } from './chrome-note.tsx'
import { Pulse } from './pulse.tsx'
import { RetrySchedule } from './retry-schedule.tsx'
import { LivingFigures, MoreFigures, SilentFigures } from './row-figures.tsx'
import { WhyButton } from './why-button.tsx'

/** The state of a connection in words, with what the server's own events add. Undefined once it was removed. */
export function useStateWords(id: ConnectionId | null): StateWords | undefined {
  const state = useLive(selectFacet(id, 'state'))
  const rejected = useLive((live) => (id === null ? null : (live.connections[id]?.server.rejected ?? null)))
  const disconnected = useLive((live) =>
    id === null ? null : (live.connections[id]?.server.disconnected ?? null),
  )
  const pongTimeout = useLive((live) =>
    id === null ? null : (live.connections[id]?.server.pongTimeout ?? null),
  )
  return state === undefined ? undefined : stateWords(state, { rejected, disconnected, pongTimeout })
}

interface Props {
  id: ConnectionId
  words: StateWords
}

/** What happened to one connection: its pulse, its figures or its end, its attempts to come back. */
export function ConnectionStory({ id, words }: Props) {
  const phase = useLive((live) => live.connections[id]?.state.phase)
  const opened = phase !== 'never-opened' && phase !== 'refused' && phase !== 'blocked'
  const opening = phase === 'connecting' || phase === 'closed' || phase === 'never-opened'
  return (
    <>
      {opened && <Pulse id={id} tone={words.tone} className="h-10 w-full" />}
      <Summary id={id} words={words} suspect={phase === 'suspect'} />
      <LossLine id={id} asked={words.puzzling} />
      {opened && <MoreFigures id={id} />}
      <RetrySchedule id={id} />
      {opening && <ChromeNote />}
    </>
  )
}

function Summary({ id, words, suspect }: { id: ConnectionId; words: StateWords; suspect: boolean }) {
  if (suspect)
    return (
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <SilentFigures id={id} />
        </div>
        <WhyButton id={id} />
      </div>
    )
  if (words.detail === null) return <LivingFigures id={id} />
  return (
    <div className="flex items-start gap-2">
      <div className="figures min-w-0 flex-1 text-soft">
        <p>{keepUnits(words.detail)}</p>
        {words.more.map((line) => (
          <p key={line} className="text-faint break-words">
            {line}
          </p>
        ))}
      </div>
      {words.puzzling && <WhyButton id={id} />}
    </div>
  )
}

/** What was lost before: a row that came back keeps its question. @param asked "Why?" stands with the state already */
function LossLine({ id, asked }: { id: ConnectionId; asked: boolean }) {
  const losses = useLive(selectFacet(id, 'losses'))
  const words = losses === undefined ? null : lossWords(losses)
  // The one loss that is the state itself was told.
  if (words === null || (asked && losses?.count === 1)) return null
  return (
    <div className="flex items-start gap-2">
      <p className="figures min-w-0 flex-1 text-waiting">{keepUnits(words)}</p>
      {!asked && <WhyButton id={id} />}
    </div>
  )
}
