'use client'
import { useSampledLive } from '#components/core/live-core.ts'
import {
  type PulseBeat,
  pulseBox,
  pulsePath,
  pulsePicture,
} from '#components/live/connections/pulse-beats.ts'
import { stateWords } from '#components/live/state-words.ts'
import { type Tone, toneText } from '#components/ui/badge.tsx'
import { cx } from '#components/ui/cx.ts'
import { startOf } from '#lib/record/from-page-events.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { selectConnection } from '#lib/store/selectors.ts'

/** In units of the drawing: wide enough that a spike keeps its shape on a desk. */
const width = 720

interface Props {
  /** Null draws the empty line that is to be filled. */
  id: ConnectionId | null
  label: string
  /** Where the line begins, in epoch milliseconds: the same for connections that are compared. */
  fromMs: number | null
  axisMs: number
  now: number
  /** Where the timer strikes, 0 to 1; null where there is none. */
  timerX: number | null
  isThin: boolean
}

/** The life of one connection from its first moment: its beats, and where it ended. */
export function Strip({ id, label, fromMs, axisMs, now, timerX, isThin }: Props) {
  const connection = useSampledLive(selectConnection(id))
  const { base, height } = pulseBox
  const line = connection && fromMs !== null ? lineOf(connection, fromMs, axisMs, now) : null
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={line ? `${label}: ${line.words}` : `${label}: not open yet`}
      className={cx('w-full', isThin ? 'h-7' : 'h-14 max-sm:h-11')}
    >
      <path
        d={`M0 ${base}H${width}`}
        className="stroke-line"
        strokeWidth="1"
        vectorEffect="non-scaling-stroke"
      />
      {timerX !== null && (
        <path
          d={`M${timerX * width} 0V${height}`}
          className="stroke-waiting"
          strokeDasharray="2 3"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      )}
      {line && (
        <g className={toneText[line.tone]} fill="none" stroke="currentColor" strokeLinejoin="round">
          <path
            d={`M${line.startX * width} ${base - 5}V${base + 5}`}
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={pulsePath(line.beats, line.endX, width).replace(/^M0 /, `M${line.startX * width} `)}
            strokeWidth="1.5"
            strokeDasharray={line.isOpening ? '3 3' : undefined}
            vectorEffect="non-scaling-stroke"
          />
          {line.isOver && (
            <path
              d={`M${line.endX * width} 6V${height - 4}`}
              strokeWidth="2"
              vectorEffect="non-scaling-stroke"
            />
          )}
        </g>
      )}
    </svg>
  )
}

interface Line {
  beats: PulseBeat[]
  startX: number
  endX: number
  isOver: boolean
  isOpening: boolean
  tone: Tone
  words: string
}

function lineOf({ state, samples, server }: Connection, fromMs: number, axisMs: number, now: number): Line {
  const x = (at: number) => Math.min(1, Math.max(0, (at - fromMs) / axisMs))
  const over = isOver(state)
  const endMs = over && 'at' in state ? state.at : now
  const { word, tone, detail } = stateWords(state, server)
  return {
    beats: pulsePicture(samples, fromMs + axisMs, axisMs).beats,
    startX: x(startOf(state)),
    endX: x(endMs),
    isOver: over,
    isOpening: state.phase === 'connecting' || state.phase === 'never-opened',
    tone,
    words: detail === null ? word : `${word}, ${detail}`,
  }
}
