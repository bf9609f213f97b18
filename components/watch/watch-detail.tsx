import Link from 'next/link'
import { useCallback, useState } from 'react'
import { FailedRequest } from '#components/api/failed-request.tsx'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { fetchWatch, removeWatch, startWatch, stopWatch } from '#components/api/watches.ts'
import { now } from '#components/core/now.ts'
import { useNow } from '#components/core/use-now.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatAge, formatDate, formatDay, formatMoment, formatMs, plural } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { Zone } from '#components/ui/zone.tsx'
import type { WatchDetail as Detail, WatchLoss } from '#lib/api/watch.ts'
import { foreign, visible } from '#lib/text/foreign.ts'
import { type HeldLosses, useHeldLosses } from './use-held-losses.ts'
import { isProblem, useAsked } from './use-watches.ts'
import { WatchBars } from './watch-bars.tsx'
import { causeWords, states } from './watch-words.ts'

interface Props {
  id: string
  /** It was stopped or started, or removed. */
  onChanged: (isGone: boolean) => void
}

/** One watch: how it is, what its losses have in common, and each of them. */
export function WatchDetail({ id, onChanged }: Props) {
  const ask = useCallback((signal: AbortSignal) => fetchWatch(id, signal), [id])
  const [watch, again] = useAsked(ask)
  const changed = (isGone: boolean) => {
    if (!isGone) again()
    onChanged(isGone)
  }
  if (watch === null) {
    return (
      <Panel title="Watch">
        <Skeleton lines={8} />
      </Panel>
    )
  }
  if (isProblem(watch)) {
    return (
      <Panel title="Watch">
        <FailedRequest problem={watch} />
      </Panel>
    )
  }
  return <Shown watch={watch} onChanged={changed} />
}

function Shown({ watch, onChanged }: { watch: Detail; onChanged: Props['onChanged'] }) {
  const { id, url, state, problem } = watch
  const held = useHeldLosses(watch)
  const { losses, learned } = held
  return (
    <Panel
      title={foreign(url, 200)}
      actions={<Actions id={id} isStopped={state === 'stopped'} onChanged={onChanged} />}
    >
      <Facts watch={watch} />
      {problem !== undefined && (
        <p role="alert" className="px-3.5 pb-2 text-dead">
          {problem}
        </p>
      )}
      {learned !== undefined && <p className="px-3.5 pb-1 text-lead">{learned}</p>}
      {losses.length === 0 ? (
        <Empty>
          No loss since {formatDate(watch.created * 1000)}.{' '}
          {watch.heartbeat_seconds === undefined && 'Nothing is sent.'}
        </Empty>
      ) : (
        <>
          {losses.some(({ how }) => how === 'lost') && <WatchBars losses={losses} />}
          <LossTable held={held} />
        </>
      )}
    </Panel>
  )
}

function Actions({ id, isStopped, onChanged }: Props & { isStopped: boolean }) {
  const [isAsking, setAsking] = useState(false)
  const act = (ask: (id: string) => Promise<unknown>) => async () => {
    setAsking(true)
    try {
      await ask(id)
      onChanged(ask === removeWatch)
    } catch (error) {
      say(inOneLine(problemOf(error)), 'dead')
    }
    setAsking(false)
  }
  return (
    <>
      {isStopped ? (
        <Button disabled={isAsking} onClick={act(startWatch)}>
          Start again
        </Button>
      ) : (
        <Button disabled={isAsking} onClick={act(stopWatch)}>
          Stop
        </Button>
      )}
      <Button look="danger" disabled={isAsking} onClick={act(removeWatch)}>
        Remove
      </Button>
    </>
  )
}

function Facts({ watch }: { watch: Detail }) {
  const { state, since, attempts, lost, created, heartbeat_seconds: seconds, notify } = watch
  const now = useNow()
  const facts: [name: string, value: string][] = [
    ['watched since', formatDay(created * 1000)],
    ['attempts', String(attempts)],
    ['losses', String(lost)],
    ['ping', seconds === undefined ? 'none' : `every ${seconds} s`],
    ...(notify === undefined ? [] : [['notifies', visible(notify.host)] as [string, string]]),
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3.5 py-2.5">
      <span className="flex items-center gap-2">
        <Badge tone={states[state].tone}>{states[state].word}</Badge>
        <span className="figures">{formatAge(Math.max(0, now - since * 1000))}</span>
      </span>
      <dl className="figures flex flex-wrap gap-x-4">
        {facts.map(([name, value]) => (
          <div key={name} className="flex gap-x-2">
            <dt className="text-faint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {notify?.problem !== undefined && (
        <p role="alert" className="basis-full text-dead">
          Not notified: {notify.problem}
        </p>
      )}
    </div>
  )
}

const SHOWN = 100

/** The newest first; those that came since wait in the head of the list. */
function LossTable({ held: { losses, waiting, show } }: { held: HeldLosses }) {
  const [isWhole, setWhole] = useState(false)
  const newest = losses.toReversed()
  const shown = isWhole ? newest : newest.slice(0, SHOWN)
  return (
    <section aria-label="Losses" className="border-t border-line">
      <div className="flex min-h-10 items-center gap-2 px-3.5 pt-1 pointer-coarse:min-h-12">
        <h3 className="font-semibold">Losses</h3>
        <Zone />
        <span role="status" className="ml-auto">
          {waiting > 0 && <Button onClick={show}>Show {waiting} new</Button>}
        </span>
      </div>
      <ul className="pb-1.5">
        {shown.map((loss) => (
          <LossRow key={loss.at} loss={loss} />
        ))}
      </ul>
      {shown.length < newest.length && (
        <Button look="quiet" className="mx-3.5 mb-2.5" onClick={() => setWhole(true)}>
          Show all {newest.length}
        </Button>
      )}
    </section>
  )
}

function LossRow({ loss }: { loss: WatchLoss }) {
  const { at, how, says, age_ms: ageMs, silence_ms: silenceMs, report } = loss
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-t border-line px-3.5 py-1.5 sm:grid-cols-[7.25rem_minmax(0,1fr)_auto]">
      <time className="figures text-faint" title={formatDate(at * 1000)}>
        {formatMoment(at * 1000, now())}
      </time>
      <div className="min-w-0">
        {report === undefined ? (
          <span>{causeWords(loss)}</span>
        ) : (
          <Link
            href={`/reports/${report}`}
            prefetch={false}
            className="text-link hover:underline pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center"
          >
            {causeWords(loss)}
          </Link>
        )}
        <span className="block text-soft wrap-anywhere">
          {how === 'refused' && 'not opened: '}
          {says}
        </span>
      </div>
      <div className="figures text-soft sm:text-right">
        {ageMs !== undefined && (
          <span className="block">
            age {formatMs(ageMs)}, silent {formatMs(silenceMs ?? 0)}
          </span>
        )}
        <span className="block">{backWords(loss)}</span>
      </div>
    </li>
  )
}

function backWords({ down_ms: downMs, attempts }: WatchLoss): string {
  if (downMs === undefined) return 'not open again'
  return `open again after ${formatMs(downMs)}, ${plural(attempts ?? 1, 'attempt')}`
}
