/** A Close frame's code is the peer's own word: it needs no further proof. */
import { isFine } from '#lib/facts/ending/settle.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Finding, likely, possible, proven, ruledOut, weighed } from '#lib/playbook/cause.ts'
import { unansweredPing, unsaid } from '#lib/playbook/weighing/first-message.ts'
import { givenUpOverPong } from '#lib/playbook/weighing/missed-pong.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/** 1000 is normal, and 1005 stands for an empty Close frame. */
const SILENT: readonly number[] = [1000, 1005]

/**
 * Proven when the peer closed with one of these codes. What the page itself closed is no failure.
 *
 * @param from `either`: the code tells of the other end's message, whichever end closes with it
 * @param meant what a server says of the very thing that the code is for
 */
export function codeFinding(
  facts: Facts,
  codes: readonly number[],
  { from = 'peer', meant = [] }: { from?: 'peer' | 'either'; meant?: readonly Meaning[] } = {},
): Finding {
  const { ending } = facts
  if (ending.kind !== 'closed' || !codes.includes(ending.code)) return ruledOut(...ending.because)
  // The code tells how it ended; what the server says of why is another cause's, unless that is what the code is for.
  const { lastWords } = facts
  if (lastWords && (lastWords.isLogged || !meant.includes(lastWords.means)))
    return weighed(possible(...ending.because, lastWords.because), 0.3)
  // Codes that say nothing leave the message that a server waited for as the reason.
  const silence = SILENT.includes(ending.code)
    ? (unsaid(facts) ?? unansweredPing(facts) ?? givenUpOverPong(facts))
    : undefined
  if (silence) return weighed(possible(...ending.because), 0.3)
  // A line that nobody understood, and that speaks of a failure, may have what such a code leaves out.
  const isUnexplained = SILENT.includes(ending.code) && (facts.evidence.unread?.length ?? 0) > 0
  // Whoever closes with such a code is answered with it: both ends then report the same.
  if (ending.isUntold) return weighed(possible(...ending.because), 0.5)
  if (ending.by === 'peer') return isUnexplained ? likely(...ending.because) : proven(...ending.because)
  // A client that closes with the code of a fault refuses what it got.
  if (from === 'either' && ending.seenBy === 'client' && !isFine(ending)) return proven(...ending.because)
  // A backend alone can't tell its client's own Close frame from the echo of one.
  return ending.seenBy === 'server' ? possible(...ending.because) : ruledOut(...ending.because)
}
