/** The contract of the phrasebook: one program's sentences, each with its meaning, an example and its source. */
import type { Said, Side } from '#lib/words/meaning.ts'

export type Phrase = {
  /** Unique within the program; part of the phrase's address. */
  readonly id: string
  /**
   * Literal parts, of which every sentence of this phrase has one; without any of them `pattern` is not tried.
   * Case-insensitive, at least four characters, as telling as the sentence allows.
   */
  readonly needle: string | readonly string[]
  /** Linear in the length of a line, and not anchored to its beginning: envelopes and prefixes come before it. */
  readonly pattern: RegExp
  /** What is said, with what the groups of the pattern hold. */
  readonly said: Said | ((groups: RegExpExecArray) => Said)
  /** Which end prints it, where the program runs at both; else the program's own. */
  readonly side?: Side
  /** Printed alike at both ends by a program that is mostly one of them. */
  readonly isOfBothEnds?: true
  /** A sentence as it is printed. It is the phrase's test: read alone, it must give this phrase. */
  readonly example: string
  /** For people, one or two sentences: what the program means by it. */
  readonly explains: string
  /** For people: what to do, where it is the same whoever says it and nearer than what the cause advises. */
  readonly fix?: string
  /** Where the words are in the program: a page or a source file. */
  readonly source: string
}

export type Program = {
  /** Stable: links and evidence documents have it (`python-websockets`). */
  readonly id: string
  /** As its owner writes it. */
  readonly name: string
  /** Absent where both ends print the same words: a system's, a TLS library's. */
  readonly side?: Side
  /** Where a program runs at both ends: what only a line of one of them has, such as its logger's name. */
  readonly sideMarks?: Partial<Record<Side, RegExp>>
  /**
   * Text that only this program prints (a logger's or exception's name). Where a line has it, this program's
   * phrases are preferred to equal ones of others.
   */
  readonly mark?: RegExp
  readonly phrases: readonly Phrase[]
}

/** Phrases of one file or page of a program. */
export const phrasesOf = (source: string, phrases: readonly Omit<Phrase, 'source'>[]): Phrase[] =>
  phrases.map((phrase) => ({ ...phrase, source }))

/** Gives a program's words their type, and nothing else. */
export const defineProgram = (program: Program): Program => program

/** At which end a line was printed; undefined where nothing tells. */
export function sideIn({ program, phrase, text }: { program: Program; phrase: Phrase; text: string }) {
  const known = phrase.isOfBothEnds ? undefined : (phrase.side ?? program.side)
  if (known !== undefined || program.sideMarks === undefined) return known
  return (['client', 'server', 'proxy'] as const).find((side) => program.sideMarks?.[side]?.test(text))
}

export const needlesOf = ({ needle }: Pick<Phrase, 'needle'>): readonly string[] =>
  typeof needle === 'string' ? [needle] : needle
