/** What a check found, whoever made it: the server, the command line or the page. */
import type { ChecklistItem, CheckOutcome } from '#lib/checklist/item.ts'

export type CheckFacts = ChecklistItem['facts']

export interface CheckResult {
  readonly outcome: CheckOutcome
  /** In one or two sentences. */
  readonly says: string
  /** The figures behind it; names carry their units. */
  readonly facts: CheckFacts
}

const resultOf =
  (outcome: CheckOutcome) =>
  (says: string, facts: CheckFacts = {}): CheckResult => ({ outcome, says, facts })

export const ok = resultOf('ok')
/** It works, and may not for everybody or not for long. */
export const warning = resultOf('warning')
export const problem = resultOf('problem')
/** It could not be looked at, or nobody asked. */
export const unknown = resultOf('unknown')
