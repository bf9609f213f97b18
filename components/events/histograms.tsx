'use client'
import { inOneLine } from '#components/api/problem.ts'
import { idleMarks } from '#components/idle/idle-marks.ts'
import { formatDay, formatTime } from '#components/ui/format.ts'
import { Panel } from '#components/ui/panel.tsx'
import { Failed, Skeleton } from '#components/ui/panel-states.tsx'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import { type Bar, barsOf, spanWords, ticksOf } from './bars.ts'
import { eventsGrid } from './events-grid.ts'
import { Histogram, type Mark } from './histogram.tsx'
import { type Reading, readAge, readClock } from './reading.ts'
import type { SetFilter } from './use-filter.ts'
import type { Counted } from './use-server-lists.ts'

/** Limits on how old a connection may become, shortest first: those most often met. */
const lifetimeMarks: readonly Mark[] = [
  { atMs: 300_000, label: '5 min Cloud Run' },
  { atMs: 3_600_000, label: '1 h Cloud Run' },
  { atMs: 7_200_000, label: '2 h API GW' },
]

const silenceMarks: readonly Mark[] = idleMarks.map(({ seconds, who }) => ({
  atMs: seconds * 1000,
  label: `${seconds} ${who}`,
}))

const day = 86_400_000

interface OfProps {
  ends: Counted
  /** What the silences say; null before they are counted. */
  silence: Reading | null
  set: SetFilter
}

export function HistogramsOf({ ends, silence, set }: OfProps) {
  if (ends.status === 'done' && silence !== null)
    return <Histograms ends={ends.ends} silence={silence} set={set} />
  return (
    <div className={eventsGrid.histograms}>
      {['Silence before close', 'Age at close', 'Time of close'].map((title) => (
        <Panel key={title} title={title} className={eventsGrid.histogram}>
          {ends.status === 'failed' ? (
            <Failed what="Not counted." why={inOneLine(ends.problem)} />
          ) : (
            <Skeleton lines={5} />
          )}
        </Panel>
      ))}
    </div>
  )
}

interface Props {
  ends: EndsCount
  silence: Reading
  set: SetFilter
}

/** Silence before the end, age at the end, and the wall clock. */
function Histograms({ ends, silence, set }: Props) {
  const age = readAge(ends)
  const { clock } = ends
  const isLong = clock !== null && clock.binMs * clock.counts.length > 2 * day
  const timeOf = (ms: number) => (isLong ? formatDay(ms) : formatTime(ms))
  const time = readClock(ends, timeOf)
  const clockBars = clock === null ? [] : joined(clock)
  const holds = (bar: Bar, ms: number | undefined) => ms !== undefined && ms >= bar.fromMs && ms < bar.toMs
  const shortTick = (ms: number) =>
    isLong
      ? (formatDay(ms).split(',', 1)[0] ?? '')
      : formatTime(ms).slice(0, clock !== null && clock.binMs < 60_000 ? 8 : 5)
  const silenceBars = barsOf(ends.silence)
  const ageBars = barsOf(ends.age)
  const every = Math.ceil(clockBars.length / 4)
  const clockTicks = clockBars
    .filter((_, at) => at % every === 0)
    .map(({ fromMs }) => ({ atMs: fromMs, label: shortTick(fromMs) }))
  return (
    <div className={eventsGrid.histograms}>
      <Histogram
        title="Silence before close"
        says={silence.says}
        bars={silenceBars}
        isSpike={(bar) => holds(bar, silence.spike?.atMs)}
        marks={silenceMarks}
        ticks={ticksOf(silenceBars)}
        name={({ fromMs, toMs }) => spanWords(fromMs, toMs)}
        onPick={({ fromMs, toMs }) => void set({ silence: { fromMs, toMs } })}
        className={eventsGrid.histogram}
      />
      <Histogram
        title="Age at close"
        says={age.says}
        bars={ageBars}
        isSpike={(bar) => holds(bar, age.spike?.atMs)}
        marks={lifetimeMarks}
        ticks={ticksOf(ageBars)}
        name={({ fromMs, toMs }) => spanWords(fromMs, toMs)}
        onPick={({ fromMs, toMs }) => void set({ age: { fromMs, toMs } })}
        className={eventsGrid.histogram}
      />
      <Histogram
        title="Time of close"
        says={time.says}
        bars={clockBars}
        isSpike={(bar) => holds(bar, time.burst?.atMs)}
        ticks={clockTicks}
        name={({ fromMs, toMs }) => `${timeOf(fromMs)} to ${timeOf(toMs)}`}
        onPick={({ fromMs, toMs }) => void set({ at: { fromMs, toMs } })}
        className={eventsGrid.histogram}
      />
    </div>
  )
}

const MOST_BARS = 40

/** Neighbouring bins together, so that each bar is wide enough to be met. */
function joined({ fromMs, binMs, counts }: NonNullable<EndsCount['clock']>): Bar[] {
  const together = Math.ceil(counts.length / MOST_BARS)
  const bars: Bar[] = []
  for (let at = 0; at < counts.length; at += together) {
    const count = counts.slice(at, at + together).reduce((sum, one) => sum + one, 0)
    bars.push({ fromMs: fromMs + at * binMs, toMs: fromMs + (at + together) * binMs, count })
  }
  return bars
}
