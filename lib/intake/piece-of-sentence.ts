/** What a sentence of the phrasebook is called among the pieces. */
import { sideOf } from '#lib/intake/from-words.ts'
import type { Sentence } from '#lib/words/phrasebook.ts'
import { SAYS_OF_STORE, saysOf } from '#lib/words/says.ts'

const KINDS = { browser: 'console', client: 'client', server: 'server-log', proxy: 'error-log' } as const

export const kindOfSentence = (sentence: Sentence): (typeof KINDS)[keyof typeof KINDS] =>
  KINDS[sideOf(sentence) ?? 'client']

/** With the status or the close code of this very line, which the phrase can only speak of in general. */
export function whatItSays({ phrase, said: { means, status, close, isOfStore } }: Sentence): string {
  if (isOfStore) return SAYS_OF_STORE
  const fact =
    status !== undefined ? `HTTP ${status}` : close !== undefined ? `close code ${close.code}` : undefined
  if (phrase === undefined) return fact ?? saysOf(means) ?? 'a sentence about the connection'
  return fact === undefined ? phrase.explains : `${fact}. ${phrase.explains}`
}
