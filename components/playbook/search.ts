/** What the playbook has about a few words: causes, close codes, messages of programs, a whole line as it was printed. */
import { type PrivateCloseCode, privateCloseCodes } from '#lib/applications/close-codes.ts'
import { catalogue } from '#lib/playbook/catalogue.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { symptoms } from '#lib/playbook/matrix.ts'
import { type CloseCode, closeCodes } from '#lib/protocol/close-codes.ts'
import type { Phrase, Program } from '#lib/words/phrase.ts'
import { readSentence } from '#lib/words/phrasebook.ts'
import { programs } from '#lib/words/programs.ts'

export interface Message {
  readonly program: Program
  readonly phrase: Phrase
}

export interface Found {
  /** The sentence of a program that the words are. */
  readonly match: Message | null
  /** Those whose name has a word of the search before those that only tell of it. */
  readonly causes: readonly Cause[]
  readonly codes: readonly CloseCode[]
  /** What protocols above WebSocket mean by a code. */
  readonly privateCodes: readonly PrivateCloseCode[]
  readonly messages: readonly Message[]
}

/** A longer text is for Diagnose, which reads all of it. */
const longestQuery = 1000

/** Everything that has all of the words, in any order. Empty for a search without words. */
export function searchPlaybook(query: string): Found {
  const text = query.trim().slice(0, longestQuery)
  const words = wordsOf(text)
  const hasAll = (...parts: readonly (string | number | undefined)[]) => {
    const where = parts.join(' ').toLowerCase()
    return words.length > 0 && words.every((word) => where.includes(word))
  }
  const read = words.length === 0 ? undefined : readSentence(text)
  const match = read?.program && read.phrase ? { program: read.program, phrase: read.phrase } : null
  const causes = catalogue.filter(({ id, title, symptom }) => hasAll(id, title, symptom, ...seenWith(id)))
  const inName = ({ id, title }: Cause) =>
    words.filter((word) => `${id} ${title}`.toLowerCase().includes(word)).length
  return {
    match,
    causes: causes.toSorted((a, b) => inName(b) - inName(a)),
    codes: closeCodes
      .filter(({ code, name, meaning, differs }) => hasAll(code, name, meaning, differs))
      .toSorted((a, b) => Number(words.includes(`${b.code}`)) - Number(words.includes(`${a.code}`))),
    privateCodes: privateCloseCodes.filter(
      ({ from, to, by, says }) => words.some((word) => isWithin(word, from, to)) || hasAll(by, says),
    ),
    messages: programs.flatMap((program) =>
      program.phrases
        .filter((phrase) => hasAll(program.name, phrase.example, phrase.explains))
        .map((phrase) => ({ program, phrase })),
    ),
  }
}

/** The symptoms that a cause is listed under, as people see them. */
const seenWith = (cause: string): readonly string[] =>
  symptoms.filter(({ causes }) => causes.includes(cause)).map(({ seen }) => seen)

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean)

const isWithin = (word: string, from: number, to: number): boolean =>
  /^\d{4}$/.test(word) && Number(word) >= from && Number(word) <= to
