'use client'
import { useStore } from 'zustand'
import { live, useLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { crosshair } from '#components/live/view-state.ts'
import { cx } from '#components/ui/cx.ts'
import { formatSeconds } from '#components/ui/format.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { openedAt } from '#lib/store/connection/connection-state.ts'
import { silenceAt } from './chart-data.ts'
import { type IdleMark, idleMarks, readRuler } from './idle-marks.ts'

const leastSeconds = 1
const mostSeconds = 900

/** Where on the ruler so many seconds stand, in per cent: logarithmic, since 1 s and 10 min matter alike. */
function place(seconds: number): number {
  const clamped = Math.min(mostSeconds, Math.max(leastSeconds, seconds))
  return (Math.log(clamped / leastSeconds) / Math.log(mostSeconds / leastSeconds)) * 100
}

/**
 * The ruler of known idle timers. It counts the silence since the last byte of the selected connection, or, with
 * the crosshair in the chart, the silence there was at that moment.
 */
export function IdleRuler({ id }: { id: ConnectionId | null }) {
  const pointed = useStore(crosshair, (state) => state.at)
  const current = useSilenceMs(id)
  const past =
    pointed === null || id === null
      ? null
      : silenceAt(live.store.getState().connections[id]?.samples, pointed)
  const silentMs = pointed === null ? current : past
  return <IdleScale silentMs={silentMs} verb={pointed === null ? 'idle' : 'was idle'} />
}

/** The scale with its marks, and how much of it a silence has filled. @param verb before "for 12 s" */
export function IdleScale({ silentMs, verb }: { silentMs: number | null; verb: string }) {
  const seconds = (silentMs ?? 0) / 1000
  const { passed } = readRuler(silentMs ?? 0)
  const tone =
    passed === undefined
      ? { text: 'text-alive', fill: 'bg-alive' }
      : { text: 'text-waiting', fill: 'bg-waiting' }
  return (
    <div className="px-3.5 pt-1 pb-2.5">
      <div
        className="relative mx-1 h-14"
        role="img"
        aria-label={`Idle timers: ${silentMs === null ? 'no silence to measure' : silenceWords(silentMs)}`}
      >
        <div className="absolute inset-x-0 top-[27px] h-px bg-edge" />
        {silentMs !== null && (
          <div
            className={cx('absolute top-[26px] left-0 h-[3px]', tone.fill)}
            style={{ width: `${place(seconds)}%` }}
          >
            <span className={cx('absolute -top-[3px] -right-1 size-[9px] rounded-pill', tone.fill)} />
          </div>
        )}
        {idleMarks.map((mark, index) => (
          <MarkLabel key={mark.seconds} mark={mark} above={index % 2 === 0} />
        ))}
        <span className={cx('figures absolute top-9 left-0 whitespace-nowrap', tone.text)}>
          {silentMs !== null && `${verb} for ${formatSeconds(silentMs)}`}
        </span>
      </div>
    </div>
  )
}

function useSilenceMs(id: ConnectionId | null): number | null {
  const now = useNow('quarter')
  const since = useLive((state) => {
    const connection = id === null ? undefined : state.connections[id]
    if (
      connection === undefined ||
      connection.state.phase === 'closed' ||
      openedAt(connection.state) === null
    )
      return null
    return connection.traffic.lastByteAt
  })
  return since === null ? null : Math.max(0, now - since)
}

function MarkLabel({ mark, above }: { mark: IdleMark; above: boolean }) {
  const at = place(mark.seconds)
  return (
    <span
      className="absolute top-0 h-full"
      style={{ left: `${at}%` }}
      title={mark.measured && 'As users measured it: nobody documents this number'}
    >
      <span className="absolute top-[22px] h-[11px] w-px bg-faint" />
      <span
        className={cx(
          'absolute text-tiny whitespace-nowrap text-faint',
          above ? 'top-0' : 'top-9',
          // The last label would leave the panel if it stood in the middle of its mark.
          at > 90 ? 'right-0 translate-x-6' : '-translate-x-1/2',
        )}
      >
        <span className="tabular-nums">
          {mark.measured && '~'}
          {mark.seconds}
          <span className="max-sm:hidden">{'\u00a0'}s</span>
        </span>{' '}
        {mark.who}
      </span>
    </span>
  )
}

function silenceWords(silentMs: number): string {
  const silent = `idle for ${formatSeconds(silentMs)}`
  const { passed, next } = readRuler(silentMs)
  if (next !== undefined)
    return `${silent}; ${next.who} cut at ${next.measured ? 'about ' : ''}${next.seconds} s`
  return passed === undefined ? silent : `${silent}; longer than ${passed.who} would have waited`
}
