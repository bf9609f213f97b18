/** The address that a sentence of Firefox names. */
import type { Meaning, Said } from '#lib/words/meaning.ts'

/** Firefox sets the address without quotes, and the sentence's full stop directly after it. */
export const ADDRESS = '(wss?://[!-~]{1,1900}?)'

/** What is said, with the address that the first group holds. */
export const about =
  (means: Meaning) =>
  (groups: RegExpExecArray): Said => {
    const url = groups[1]?.replace(/[.,;:)\]”"']{1,3}$/, '')
    return url === undefined ? { means } : { means, url }
  }
