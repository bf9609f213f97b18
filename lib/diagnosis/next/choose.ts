/** Which experiments to do next: those that tell most of the open causes apart, for the least effort. */
import { type Experiment, fits, type Outcome, type Plan } from '#lib/diagnosis/next/experiment.ts'
import { experiments, hold, watch } from '#lib/diagnosis/next/experiments.ts'
import { isObserved } from '#lib/diagnosis/observations.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Cause } from '#lib/playbook/cause.ts'

export type Open = { cause: Cause; weight: number }

const MOST = 3
/** What is open beyond these would only blur the choice. */
const MOST_OPEN = 24
/** What a click tells is worth more than the same from another machine. */
const WORTH = [1, 0.9, 0.75, 0.5] as const
/** What an experiment tells that one before it tells as well. */
const AGAIN = 0.4
/** One that tells less than this share of what is open is not worth its line. */
const LEAST = 0.2

/**
 * Best first, three at most: each by what it tells apart, and less for what those before it tell too.
 * @param open the causes in question, most likely first; two at least, or nothing is to be told apart
 */
export function nextExperiments(facts: Facts, open: readonly Open[]): Report['next'] {
  const considered = open.slice(0, MOST_OPEN)
  const all = pairsOf(considered)
  let pairs = all
  let offers = experiments.flatMap((experiment) => offered(experiment, facts, considered))
  const chosen: Offer[] = []
  const choose = (offer: Offer) => {
    chosen.push(offer)
    offers = offers.filter((other) => other !== offer)
    pairs = pairs.map((pair) => (isTold(pair, offer) ? { ...pair, weight: pair.weight * AGAIN } : pair))
  }
  // A probe sees more than any other single step, and goes on by itself: it tries again with one thing changed.
  const probe = offers.find(({ experiment }) => experiment.id === 'probe')
  if (probe && all.length > 0) choose(probe)
  while (chosen.length < MOST) {
    const [best] = offers
      .filter((offer) => toldBy(offer, all) > weightOf(all) * LEAST)
      .map((offer) => ({ offer, value: toldBy(offer, pairs) * WORTH[offer.experiment.effort] }))
      .sort((a, b) => b.value - a.value)
    if (best === undefined) break
    choose(best.offer)
  }
  return chosen.map(written)
}

const toldBy = (offer: Offer, pairs: readonly Pair[]): number =>
  weightOf(pairs.filter((pair) => isTold(pair, offer)))

const weightOf = (pairs: readonly Pair[]): number => pairs.reduce((sum, { weight }) => sum + weight, 0)

type Offer = { experiment: Experiment; plan: Plan; rows: { outcome: Outcome; causes: Cause[] }[] }

function offered(experiment: Experiment, facts: Facts, open: readonly Open[]): Offer[] {
  const { brings, outcomes } = experiment
  if (brings.some((observation) => isObserved(facts.evidence, observation))) return []
  const rows = outcomes.map((outcome) => ({
    outcome,
    causes: open
      .filter(({ cause }) => outcomes.find((each) => fits(each, cause)) === outcome)
      .map(({ cause }) => cause),
  }))
  const plan = experiment.plan(facts)
  return plan ? [{ experiment, plan, rows: rows.filter(({ causes }) => causes.length > 0) }] : []
}

type Pair = { a: Cause; b: Cause; weight: number }

const pairsOf = (open: readonly Open[]): Pair[] =>
  open.flatMap((a, index) =>
    open.slice(index + 1).map((b) => ({ a: a.cause, b: b.cause, weight: a.weight * b.weight })),
  )

function isTold({ a, b }: Pair, { rows }: Offer): boolean {
  const of = (cause: Cause) => rows.findIndex(({ causes }) => causes.includes(cause))
  const [first, second] = [of(a), of(b)]
  return first !== -1 && second !== -1 && first !== second
}

const MOST_NAMED = 6

const written = ({ experiment, plan, rows }: Offer): Report['next'][number] => ({
  id: experiment.id,
  ...plan,
  outcomes: (rows.length > 1 ? rows : []).map(({ outcome, causes }) => ({
    shows: outcome.shows,
    causes: causes.slice(0, MOST_NAMED).map(({ id }) => id),
  })),
})

/** The common idle timers are shorter. */
const LONG_MS = 60_000

/**
 * No failure was seen, and it was watched for less than an idle timer waits.
 * @param watchedMs undefined where nobody saw for how long
 */
export function longerLook(facts: Facts, watchedMs: number | undefined): Report['next'] {
  if (watchedMs !== undefined && watchedMs >= LONG_MS) return []
  return [hold, watch].flatMap((experiment) => {
    const plan = experiment.plan(facts)
    return plan
      ? [
          {
            id: experiment.id,
            ...plan,
            outcomes: experiment.outcomes.map(({ shows }) => ({ shows, causes: [] })),
          },
        ]
      : []
  })
}
