/** The losses of one watch, newest last: what is known of each grows, with its verdict and with the end of the outage. */
import type { WatchLoss } from '#lib/api/watch.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { PeerEvidence } from '#lib/evidence/schema.ts'
import { describeOutcome } from '#server/probe/describe-stage.ts'
import { type Lost, MOST_PEERS, type Refused } from '#server/probe/keep-watch.ts'

export class Losses {
  #all: readonly WatchLoss[]
  readonly #keep: (loss: WatchLoss) => void

  /** @param keep writes one of them, anew or changed */
  constructor(all: readonly WatchLoss[], keep: (loss: WatchLoss) => void) {
    this.#all = all
    this.#keep = keep
  }

  get all(): readonly WatchLoss[] {
    return this.#all
  }

  last(): WatchLoss | undefined {
    return this.#all.at(-1)
  }

  /** @param at the moment of it, by which losses are told apart */
  of(at: number | undefined): WatchLoss | undefined {
    return this.#all.find((loss) => loss.at === at)
  }

  add(loss: WatchLoss): void {
    this.#all = [...this.#all, loss].slice(-MOST_PEERS)
    this.#keep(loss)
  }

  /** Those of these moments that are still here. */
  change(moments: readonly number[], more: (loss: WatchLoss) => Partial<WatchLoss>): void {
    this.#all = this.#all.map((loss) => {
      if (!moments.includes(loss.at)) return loss
      const changed = { ...loss, ...more(loss) }
      this.#keep(changed)
      return changed
    })
  }

  /** What a verdict about the next one is judged beside. */
  lifetimes(): PeerEvidence[] {
    return this.#all.flatMap(({ at, age_ms: age, silence_ms: silence, close_code: code }) =>
      age === undefined || silence === undefined
        ? []
        : [
            {
              opened_ms: at * 1000 - age,
              last_byte_ms: at * 1000 - silence,
              closed_ms: at * 1000,
              ...(code !== undefined && { code }),
            },
          ],
    )
  }
}

export function lossOf(event: Lost | Refused): WatchLoss {
  const { evidence, at_ms: atMs, kind } = event
  const says = describeOutcome(outcomeOfProbe(evidence.probe ?? {}))
  if (event.kind === 'refused') return { at: atMs / 1000, how: kind, says }
  const { code } = event.life
  return {
    at: (event.life.closed_ms ?? atMs) / 1000,
    how: kind,
    says,
    age_ms: Math.round(event.age_ms),
    silence_ms: Math.round(event.silence_ms),
    ...(code !== undefined && { close_code: code }),
  }
}
