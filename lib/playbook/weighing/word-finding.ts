/** Weighs a cause by what the server itself gave as its reason. */
import { isFine } from '#lib/facts/ending/settle.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { toldInProtocol } from '#lib/facts/told.ts'
import { type Finding, likely, possible, say, stated, weighed } from '#lib/playbook/cause.ts'
import { isApplicationCode } from '#lib/protocol/close-codes.ts'
import type { Meaning } from '#lib/words/meaning.ts'

/**
 * Undefined where the server said none of these. Words of its protocol are its reason; those of a program that is not
 * known are likely to be.
 */
export function wordFinding(facts: Facts, ...meanings: readonly Meaning[]): Finding | undefined {
  const { told, ending, lastWords } = facts
  if (isFine(ending)) return undefined
  const own = toldInProtocol(told, ...meanings)
  if (own) return stated(say(own.detail, own.from))
  if (!lastWords || lastWords.isOfProtocol || !meanings.includes(lastWords.means)) return undefined
  const because = [...ending.because, lastWords.because]
  // 1008 and the codes from 3000 on are for a rule of the server's own: the cause of the code quotes the reason.
  const isOfCode =
    !lastWords.isLogged &&
    ending.kind === 'closed' &&
    (ending.code === 1008 || isApplicationCode(ending.code))
  return isOfCode ? weighed(possible(...because), 0.4) : weighed(likely(...because), 0.75)
}
