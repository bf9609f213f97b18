import { formatDay, formatTime, plural } from '#components/ui/format.ts'
import type { WatchLoss } from '#lib/api/watch.ts'
import { type Bins, histogramsOf } from '#lib/diagnosis/log-histograms.ts'
import { FEWEST } from '#lib/logs/clusters.ts'
import { describeRoughly } from '#lib/text/duration.ts'

/** The three histograms of the losses: side by side, a spike says timer, lifetime or deploy. */
export function WatchBars({ losses }: { losses: readonly WatchLoss[] }) {
  const lost = losses.filter(({ how }) => how === 'lost')
  if (lost.length < FEWEST) {
    return (
      <p className="px-3.5 pb-3 text-soft">
        From {FEWEST} losses on, histograms show whether they share an idle time, an age or a time of day.
      </p>
    )
  }
  const { silence, age, wall_clock } = histogramsOf(
    lost.map(({ at, age_ms: ageMs = 0, silence_ms: silenceMs = 0 }) => ({
      openedMs: at * 1000 - ageMs,
      lastByteMs: at * 1000 - silenceMs,
      closedMs: at * 1000,
    })),
  )
  return (
    <div className="grid gap-4 p-3.5 md:grid-cols-3">
      <Bars title="Silence before the loss" bins={silence} label={describeRoughly} />
      <Bars title="Age at the loss" bins={age} label={describeRoughly} />
      <Bars
        title="Time of the loss"
        bins={wall_clock}
        label={isWithinDay(wall_clock) ? formatTime : formatDay}
      />
    </div>
  )
}

/** Then the date says the same at both ends. */
const isWithinDay = (bins: Bins | undefined): boolean =>
  bins !== undefined && bins.bin_ms * bins.counts.length < 86_400_000

/** A few bars are no wall; below them two labels have room. */
const widthOf = (counts: readonly number[]): number => Math.max(180, counts.length * 32)

interface BarsProps {
  title: string
  bins: Bins | undefined
  label: (ms: number) => string
}

function Bars({ title, bins, label }: BarsProps) {
  if (bins === undefined) return null
  const { from_ms: fromMs, bin_ms: binMs, counts } = bins
  const most = Math.max(...counts)
  const peak = counts.indexOf(most)
  const peakFrom = label(fromMs + peak * binMs)
  const peakTo = label(fromMs + (peak + 1) * binMs)
  return (
    <figure
      className="min-w-0"
      aria-label={`${title}: ${plural(most, 'loss', 'losses')} from ${peakFrom} to ${peakTo}`}
    >
      <figcaption className="flex justify-between gap-2 pb-1">
        <span className="font-medium">{title}</span>
        <span className="figures text-faint">peak {most}</span>
      </figcaption>
      <div
        aria-hidden
        className="flex h-16 items-end gap-px border-b border-edge"
        style={{ maxWidth: widthOf(counts) }}
      >
        {counts.map((count, index) => (
          <span
            // Bins have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            title={`${label(fromMs + index * binMs)} to ${label(fromMs + (index + 1) * binMs)}: ${count}`}
            className="max-w-8 min-w-px flex-1 rounded-t-[1px] bg-bar"
            style={{ height: count === 0 ? 0 : `max(2px, ${(count / most) * 100}%)` }}
          />
        ))}
      </div>
      <div
        className="figures flex justify-between gap-2 pt-1 text-tiny text-faint"
        style={{ maxWidth: widthOf(counts) }}
      >
        <span>{label(fromMs)}</span>
        <span>{label(fromMs + counts.length * binMs)}</span>
      </div>
    </figure>
  )
}
