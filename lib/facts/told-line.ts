/** A line that somebody printed or sent, and what it says. */
import type { Sentence } from '#lib/text/foreign.ts'
import type { Said, Side } from '#lib/words/meaning.ts'

export type Told = Said & {
  /** The end that said it. */
  side: Side
  /** Both ends print the words, and nothing beside them tells which it was: `side` is where they were put. */
  isOfEither?: true
  /** Id of the program in the phrasebook; undefined where only the shape was understood. */
  program: string | undefined
  /** Where it stands in the evidence: `client.lines[2]`. */
  from: string
  /** What the line says, for a sentence. */
  detail: Sentence
  /** What its program wants done, where the phrasebook knows that. */
  fix?: Sentence
}

/** A line, and where it stands in the evidence. */
export type Line = { text: string; from: string }
