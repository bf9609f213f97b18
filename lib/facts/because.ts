import { foreign, type Sentence, type Words, wordsOf } from '#lib/text/foreign.ts'

/** An observation, and where in the evidence it stands (`server[0].headers`). */
export type Because = { says: Sentence; from: string }

export const say = <T extends string>(says: Words<T>, from: string): Because => ({
  says: wordsOf(says),
  from: foreign(from),
})
