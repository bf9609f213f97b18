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
const WORTH = [1, 0.8, 0.5] as const

/**
 * Best first, three at most. Each next one is chosen by what those before it would leave together.
 * @param open the causes in question, most likely first; two at least, or nothing is to be told apart
 */
export function nextExperiments(facts: Facts, open: readonly Open[]): Report['next'] {
  const considered = open.slice(0, MOST_OPEN)
  const offers = experiments.flatMap((experiment) => offered(experiment, facts, considered))
  let pairs = pairsOf(considered)
  // A probe sees more than any other single step, and goes on by itself: it tries again with one thing changed.
  const first = offers.filter(({ experiment }) => experiment.id === 'probe' && pairs.length > 0)
  const chosen: Report['next'] = first.map(written)
  pairs = pairs.filter((pair) => !first.some((offer) => isTold(pair, offer)))
  while (chosen.length < MOST && pairs.length > 0) {
    const best = offers
      .map((offer) => ({ offer, told: pairs.filter((pair) => isTold(pair, offer)) }))
      .map(({ offer, told }) => ({
        offer,
        value: WORTH[offer.experiment.effort] * told.reduce((sum, { weight }) => sum + weight, 0),
      }))
      .reduce<{ offer: Offer; value: number } | undefined>(
        (a, b) => (b.value > (a?.value ?? 0) ? b : a),
        undefined,
      )
    if (best === undefined) break
    chosen.push(written(best.offer))
    pairs = pairs.filter((pair) => !isTold(pair, best.offer))
  }
  return chosen
}

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
