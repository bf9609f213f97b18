'use client'
import { useStore } from 'zustand'
import { live, useSampledLive } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { stateWords } from '#components/live/state-words.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { startOf } from '#lib/record/from-page-events.ts'
import type { Opening } from '#lib/scenarios/run/run-state.ts'
import type { ScenarioRun } from '#lib/scenarios/run/scenario-run.ts'
import { waitSeconds } from '#lib/scenarios/scenario.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { selectConnection } from '#lib/store/selectors.ts'
import { Strip } from './strip.tsx'

export type Side = 'before' | 'after'

interface Props {
  run: ScenarioRun
  /** Which of the two the instruments show. */
  side: Side
  onSide: (side: Side) => void
}

const sides = [
  { value: 'before' as const, label: 'before' },
  { value: 'after' as const, label: 'after' },
]

/** The same connection before and after the fix, on one scale of time. */
export function StripsPanel({ run, side, onSide }: Props) {
  const { scenario, store } = run
  const { before, after, conditions, isRecorded } = useStore(store)
  const now = useNow('quarter')
  const wait = waitSeconds(scenario, conditions.speed)
  const seconds = axisSeconds(Math.max(wait * 1.6, spanOf(before, now), spanOf(after, now)))
  const shared = { axisMs: seconds * 1000, now, timerX: wait === 0 ? null : wait / seconds }
  return (
    <Panel
      title="Before and after"
      note={wait > 0 && scenario.clock ? `dotted: ${scenario.clock.what}, ${wait} s` : undefined}
      actions={
        before &&
        after && <Segmented label="Instruments show" options={sides} value={side} onChange={onSide} />
      }
    >
      <Row
        {...shared}
        label={scenario.reproduce.label}
        opening={before}
        note={isRecorded ? 'recorded' : null}
      />
      <Row {...shared} label={scenario.fix.label} opening={after} note={null} />
      <div aria-hidden className="relative mx-3.5 mb-2 h-4 text-tiny text-faint">
        {ticksOf(seconds).map((tick) => (
          <span
            key={tick}
            className="figures absolute text-tiny"
            style={
              tick === seconds
                ? { right: 0 }
                : { left: `${(100 * tick) / seconds}%`, translate: tick === 0 ? undefined : '-50%' }
            }
          >
            {tick === 0 ? '0' : `${tick} s`}
          </span>
        ))}
      </div>
    </Panel>
  )
}

interface RowProps {
  label: string
  opening: Opening | null
  /** In place of a state. */
  note: string | null
  axisMs: number
  now: number
  timerX: number | null
}

function Row({ label, opening, note, ...strip }: RowProps) {
  const first = opening?.ids[0] ?? null
  const connection = useSampledLive(selectConnection(first))
  const words = connection && stateWords(connection.state, connection.server)
  const ids = opening?.ids ?? [null]
  const fromMs = connection ? startOf(connection.state) : null
  return (
    <div className="px-3.5 pt-2.5 not-first:border-line [&+&]:border-t">
      <div className="flex min-h-5 items-center gap-2">
        <span className="min-w-0 truncate font-medium">{label}</span>
        {opening?.hop && <span className="figures shrink-0 text-faint">{opening.hop.label}</span>}
        <span className="ml-auto shrink-0">
          {words ? (
            <Badge tone={words.tone}>{words.word}</Badge>
          ) : (
            note && <Badge tone="unknown">{note}</Badge>
          )}
        </span>
      </div>
      {ids.map((id) => (
        <Strip key={id ?? 'none'} id={id} label={label} fromMs={fromMs} isThin={ids.length > 1} {...strip} />
      ))}
    </div>
  )
}

/** Seconds from the first opening to the last end, or to now. */
function spanOf(opening: Opening | null, now: number): number {
  const { connections } = live.store.getState()
  const states = opening?.ids.flatMap((id) => connections[id]?.state ?? []) ?? []
  if (states.length === 0) return 0
  const ends = states.map((state) => (isOver(state) && 'at' in state ? state.at : now))
  return (Math.max(...ends) - Math.min(...states.map(startOf))) / 1000
}

/** The scale of time under the strips, in seconds: it grows by steps, so that nothing slides while one looks. */

const lengths = [5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1200, 3600]

/** The shortest length that holds so many seconds with a little room behind them. */
function axisSeconds(needed: number): number {
  return lengths.find((length) => length >= needed * 1.02) ?? Math.ceil(needed / 3600) * 3600
}

/** About five marks, both ends among them. */
function ticksOf(seconds: number): number[] {
  const step = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600].find((each) => seconds / each <= 6) ?? 1200
  const count = Math.floor(seconds / step)
  return Array.from({ length: count + 1 }, (_, at) => at * step)
}
