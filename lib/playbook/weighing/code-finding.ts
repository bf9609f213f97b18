/** A Close frame's code is the peer's own word: it needs no further proof. */
import { isFine } from '#lib/facts/ending/settle.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Finding, possible, proven, ruledOut } from '#lib/playbook/cause.ts'

/**
 * Proven when the peer closed with one of these codes. What the page itself closed is no failure.
 *
 * @param from `either`: the code tells of the other end's message, whichever end closes with it
 */
export function codeFinding(
  { ending }: Facts,
  codes: readonly number[],
  from: 'peer' | 'either' = 'peer',
): Finding {
  if (ending.kind !== 'closed' || !codes.includes(ending.code)) return ruledOut(...ending.because)
  if (ending.by === 'peer') return proven(...ending.because)
  // A client that closes with the code of a fault refuses what it got.
  if (from === 'either' && ending.seenBy === 'client' && !isFine(ending)) return proven(...ending.because)
  // A backend alone can't tell its client's own Close frame from the echo of one.
  return ending.seenBy === 'server' ? possible(...ending.because) : ruledOut(...ending.because)
}
