'use client'
import { useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { type Tone, toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { pulseBox, pulsePath, pulsePicture } from './pulse-beats.ts'

/** About ten spikes fit; a foreign server without a known interval gets twenty seconds. */
const beatsShown = 10
const defaultIntervalMs = 2000

/** The signature: a strip like an electrocardiogram, a spike per beat, flat when it is dead. */
export function Pulse({ id, tone, className }: { id: ConnectionId; tone: Tone; className: string }) {
  const samples = useSampledLive(selectFacet(id, 'samples'))
  const state = useSampledLive(selectFacet(id, 'state'))
  const intervalMs = useSampledLive((live) => live.connections[id]?.beats.intervalMs) ?? defaultIntervalMs
  const now = useNow('second')
  if (samples === undefined || state === undefined) return <div className={className} />

  const windowMs = beatsShown * Math.min(Math.max(intervalMs, 1000), 60_000)
  const last = samples.last()?.at ?? now
  const over = isOver(state)
  // A dead strip stands still, its end four fifths along, so that the flat line after it is seen.
  const endAt = over ? last + windowMs / 5 : Math.max(now, last)
  const { beats, closedAtX, missed } = pulsePicture(samples, endAt, windowMs)
  const ended = over ? closedAtX : null
  return (
    <svg
      viewBox={`0 0 ${pulseBox.width} ${pulseBox.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={describe(beats.length - missed, missed, over, windowMs)}
      className={cx(className, toneText[tone])}
    >
      <path
        d={pulsePath(beats)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      {ended !== null && (
        <path
          d={`M${ended * pulseBox.width} 8V36`}
          stroke="currentColor"
          strokeDasharray="2 2"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  )
}

function describe(beats: number, missed: number, over: boolean, windowMs: number): string {
  const span = `${Math.round(windowMs / 1000)} s`
  const words = `${beats} ${beats === 1 ? 'beat' : 'beats'}, ${missed} missed in ${span}`
  return over ? `Pulse before the end: ${words}` : `Pulse: ${words}`
}
