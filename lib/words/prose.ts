/** What a person writes about a connection, as far as it differs from what programs print. */

/** Whoever says “I” or “we” is no program. */
const PERSON = /(?<![\w/'’.-])(?:I(?:['’](?:m|ve|d|ll))?|[Mm]y|[Ww]e|[Oo]ur|me|us)(?![\w/.:-])/

/** A person’s own words, not a program’s. */
export const isPersons = (line: string): boolean => PERSON.test(line)

/** The sentences of a person’s paragraph: what two of them say is not said of one thing. A program’s line is one. */
export const sentencesIn = (line: string): readonly string[] =>
  isPersons(line) ? line.split(/(?<=[.!?]) (?=[A-Z"'“(])/) : [line]
