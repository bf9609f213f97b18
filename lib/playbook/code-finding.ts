/** A Close frame's code is the peer's own word: it needs no further proof. */
import type { Facts } from '#lib/diagnosis/facts/facts.ts'
import { type Finding, proven, ruledOut } from '#lib/playbook/cause.ts'

/** Proven when the peer closed with one of these codes. What the page itself closed is no failure. */
export function codeFinding({ ending }: Facts, codes: readonly number[]): Finding {
  const told = ending.kind === 'closed' && ending.by === 'peer' && codes.includes(ending.code)
  return told ? proven(...ending.because) : ruledOut(...ending.because)
}
