/** What a check found, whoever made it: the server, the command line or the page. */
import type { ChecklistItem, CheckOutcome } from '#lib/checklist/item.ts'
import { type Sentence, sentenceOf } from '#lib/text/foreign.ts'

export type CheckFacts = ChecklistItem['facts']

export interface CheckResult {
  readonly outcome: CheckOutcome
  /** In one or two sentences. */
  readonly says: Sentence
  /** The figures behind it; names carry their units. */
  readonly facts: CheckFacts
}

const MOST_CHARACTERS = 1000

const resultOf =
  (outcome: CheckOutcome) =>
  (says: string, facts: CheckFacts = {}): CheckResult => ({
    outcome,
    // What servers and programs say is put into all of them.
    says: sentenceOf(says, MOST_CHARACTERS),
    facts,
  })

export const ok = resultOf('ok')
/** It works, and may not for everybody or not for long. */
export const warning = resultOf('warning')
export const problem = resultOf('problem')
/** It could not be looked at, or nobody asked. */
export const unknown = resultOf('unknown')
