'use client'
import { formatClock } from '#components/ui/format.ts'
import type { Losses } from '#lib/store/connection/connection.ts'
import { describeRoughly } from '#lib/text/duration.ts'
import { lossWords } from './loss-words.ts'

/** As many as can be told apart in a line. */
const shown = 8

/** The lives of a row side by side, each as long as it lasted and ended by a tick: equal ages are seen as equal. */
export function Lifetimes({ losses }: { losses: Losses }) {
  const kept = losses.kept.slice(-shown)
  const longest = Math.max(...kept.map(({ state }) => state.lastedMs))
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-waiting">{lossWords(losses)}</p>
      <ol
        aria-label="Lifetimes"
        className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1"
      >
        {kept.map(({ attempt, state, lastByteAt }) => (
          <li key={attempt} className="figures contents">
            <span className="text-faint">{formatClock(state.at)}</span>
            <span
              className="h-2 min-w-0.5 border-r-2 border-dead bg-alive-tint"
              style={{ width: `${(state.lastedMs / longest) * 100}%` }}
            />
            <span className="text-soft">
              {describeRoughly(state.lastedMs)}
              {state.at - lastByteAt < state.lastedMs * 0.9 &&
                `, idle for ${describeRoughly(state.at - lastByteAt)}`}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
