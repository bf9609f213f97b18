/** Weighs causes that a status alone names. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Finding, possible, proven, ruledOut, say, weighed } from '#lib/playbook/cause.ts'
import type { Words } from '#lib/text/foreign.ts'

/** Proven by one of these statuses, ruled out by any other, and merely possible where nobody saw a status. */
export function statusFinding<T extends string>(
  { answer, ending }: Facts,
  statuses: readonly number[],
  says: Words<T>,
): Finding {
  if (!answer) return weighed(possible(...ending.because), 0.2)
  if (!statuses.includes(answer.status)) return ruledOut(...ending.because)
  return proven(...ending.because, say(says, answer.from))
}
