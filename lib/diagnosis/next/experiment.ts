/** One thing to try or to fetch that tells the causes apart which the evidence leaves open. */
import type { Facts } from '#lib/facts/facts.ts'
import type { Cause, Observation } from '#lib/playbook/cause.ts'
import type { Code } from '#lib/text/code.ts'
import type { Sentence } from '#lib/text/foreign.ts'

/**
 * What Why1006 can run by itself: a diagnosis of the same address with these members of its order changed. `asks` names
 * the one that only the reader knows.
 */
export type Run = {
  hold_seconds?: number
  origin?: string
  asks?: 'direct' | 'headers' | 'subprotocols'
}

export type Plan = {
  /** What to do, as a sentence that begins with its verb. */
  do: Sentence
  runs?: Run
  /** What does the same, or fetches the lines, in a shell. */
  command?: Code<'shell'>
  /** What the command prints is evidence: paste it. */
  pastes?: boolean
}

export type Outcome = {
  /** What one would see. */
  shows: Sentence
  /** The causes that it would speak for, by id or by a property of theirs. */
  causes: readonly string[] | ((cause: Cause) => boolean)
}

export const fits = ({ causes }: Outcome, cause: Cause): boolean =>
  typeof causes === 'function' ? causes(cause) : causes.includes(cause.id)

export type Experiment = {
  id: string
  /** What it would add to the evidence; not offered where that is there. */
  brings: readonly Observation[]
  /** 0: a click. 1: a word to type. 2: lines or a file to fetch. 3: another machine, or patience. */
  effort: 0 | 1 | 2 | 3
  /** Undefined where it cannot be done, or could tell nothing here. */
  plan: (facts: Facts) => Plan | undefined
  /** The first that fits a cause is the one it would lead to. */
  outcomes: readonly Outcome[]
}
