/** Who closed, where a sentence about an end with a code names that: the code alone is the same at both ends. */

import type { Meaning, Side } from '#lib/words/meaning.ts'
import { isPersons } from '#lib/words/prose.ts'

/** Longer lines tell of more than one thing. */
const LONGEST = 600

/** Codes that a client sends that is done, or that leaves: none of them is a fault. */
const OF_CLIENTS: readonly number[] = [1000, 1001, 1005]

/** Whoever speaks closed it, and is no server. */
const OWN =
  /(?<![\w/'’.-])(?:I|[Ww]e|[Mm]y (?:own )?(?:code|page|app|client|script|component|program))(?:['’]ve| have| had| has)?(?: (?:just|then|also|only|myself|ourselves|intentionally|deliberately|manually)){0,2} clos(?:e|es|ed)\b|\bclosed\b[^.\n]{0,60}\b(?:myself|ourselves)\b/
const AT_SERVER = /\b(?:server|back-?end|proxy|remote|peer|gateway|load balancer|nginx)\b/i

/** An adverb behind the end: by whom, and no reason. */
const BY_CLIENT =
  /\bclos(?:ed|ing)\b[^.;\n]{0,60}\bby (?:the |a |our |my ){0,2}(?:users?|clients?|pages?|browsers?|apps?|visitors?|me|us)\b(?! ?['’]s?\b)/i

/** A server’s line: whoever is the client does not call itself so. */
const CLIENT_DID =
  /\b(?:clients?|users?|browsers?|visitors?)\b(?: (?:has|have|had|just|normally|cleanly|gracefully)){0,2} (?:clos(?:ed|es|ing)|disconnect(?:ed|s)|left|hung up|went away|gone)\b/i
const CLIENT_LEFT =
  /\b(?:clients?|users?|browsers?|visitors?)\b(?: (?:has|have|had|just)){0,2} (?:navigat(?:ed|es|ing)(?: away)?|(?:re)?loaded|refreshed|left the page|closed (?:the |its |their )?(?:tab|page|window|browser))\b/i
const NOT_SO =
  /\b(?:not|never|n[’']t|before|unless|if|whether|should|would|could|until|(?:dis)?connected? clients?)\b/i

export type Closer = {
  readonly means: Extract<Meaning, 'closed-by-client' | 'page-left'>
  readonly side?: Side
}

/** Undefined where the words name nobody, or the other end. */
export function closerIn(text: string, code: number): Closer | undefined {
  if (text.length > LONGEST || !OF_CLIENTS.includes(code) || NOT_SO.test(text)) return undefined
  if (CLIENT_LEFT.test(text)) return { means: 'page-left', side: 'server' }
  if (CLIENT_DID.test(text)) return { means: 'closed-by-client', side: 'server' }
  if (BY_CLIENT.test(text)) return { means: 'closed-by-client' }
  return isPersons(text) && OWN.test(text) && !AT_SERVER.test(text)
    ? { means: 'closed-by-client' }
    : undefined
}

/** “by the user”, “by peer”: where a reason would stand, who closed stands. */
export const isNoReason = (text: string): boolean =>
  /^\(?by (?:the |a |our |my )?(?:users?|clients?|pages?|browsers?|apps?|server|peer|remote|host|me|us|other side)\b(?: side| end| itself)?\W{0,2}$/i.test(
    text,
  ) ||
  /^\(?(?:cleanly|normally|gracefully|successfully|immediately|properly|manually|as expected|again)\W{0,2}$/i.test(
    text,
  )
