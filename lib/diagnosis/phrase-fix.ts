/** What a program's own words ask for is nearer than what a cause advises to all. */
import type { Facts } from '#lib/facts/facts.ts'
import type { Because } from '#lib/playbook/cause.ts'
import type { Fix } from '#lib/text/fix.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { readSentence } from '#lib/words/phrasebook.ts'

/** Undefined where no line that the verdict rests on has a fix of its own. */
export function phraseFix(because: readonly Because[], facts: Facts): Fix | undefined {
  for (const { from } of because) {
    const summary = toldFix(from, facts) ?? noticedFix(from, facts)
    if (summary !== undefined) return { summary, changes: [] }
  }
  return undefined
}

const toldFix = (
  from: string,
  { told: { application, server, proxy, client } }: Facts,
): Sentence | undefined =>
  [...application, ...server, ...proxy, ...client].find((each) => each.from === from && each.fix)?.fix

/** A line whose format has a sign for it, such as a module's in the error log of its server. */
function noticedFix(from: string, { proxy }: Facts): Sentence | undefined {
  const notice = proxy.notices.find((each) => each.from === from)
  const phrase = notice && readSentence(notice.record.text, { side: 'proxy' })?.phrase
  return phrase?.fix === undefined ? undefined : sentence`${phrase.fix}`
}
