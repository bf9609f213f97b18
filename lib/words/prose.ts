/** What a person writes about a connection, as far as it differs from what programs print. */

/** Whoever says “I” or “we” is no program. */
const PERSON = /(?<![\w/'’.-])(?:I(?:['’](?:m|ve|d|ll))?|[Mm]y|[Ww]e|[Oo]ur|me|us)(?![\w/.:-])/

/** A person’s own words, not a program’s. */
export const isPersons = (line: string): boolean => PERSON.test(line)

/** The sentences of a person’s paragraph: what two of them say is not said of one thing. A program’s line is one. */
export const sentencesIn = (line: string): readonly string[] =>
  isPersons(line) ? line.split(/(?<=[.!?]) (?=[A-Z"'“(])/) : [line]

/** Words that hold a person's sentence together, and that programs seldom print. */
const BETWEEN =
  /(?<![\w/'’.-])(?:it|is|was|were|are|because|when|if|you|they|but|so|this|that|there|has|have|had|been|not|every|here|now|which|after|before)(?![\w/.:-])/gi

/** A program begins so, whatever sentences follow. */
const HEADED = /^(?:\S{1,60} )?(?:Uncaught )?[\w.$]{0,120}(?:Error|Exception)\b/

const betweenIn = (text: string): number =>
  new Set((text.match(BETWEEN) ?? []).map((word) => word.toLowerCase())).size

/** A person's sentence leads up to what a program printed: the line quotes. What follows may be the program's advice. */
export function isTold(line: string, printed: string): boolean {
  if (HEADED.test(line)) return false
  const before = line.slice(0, line.indexOf(printed))
  const rest = line.replace(printed, ' ')
  if (isPersons(rest)) return betweenIn(rest) > 0
  return betweenIn(before) >= 2 && betweenIn(rest) >= 3
}

/** What is over, what may happen, what a word means, and a test that passed. */
const NOT_HAPPENING =
  /\b(?:is|are) (?:shown|printed|logged|thrown|raised|returned) (?:when|if)\b|\b1\d{3} means?\b|\byou may see\b|\bused to (?:get|be|see|have|drop|happen|fail|close)\b|^\W{0,8}(?:fixed|solved|resolved)\b[!.:]|\b(?:all good|works? (?:fine|again)|it is fine) now\b|\bis handled elsewhere\b|\bonly documentation\b|\b(?:throw new|new) \w{0,40}Error\(|\braise \w{1,60}\(|\btoThrow\(|\bexpect\(|\bassert\.\w|^\W{0,8}(?:✓|√|✔|PASS\b|ok \d)/i
/** What it quotes is a program's, and curl's lines begin like those of a block. */
const COMMENT =
  /^\s{0,40}(?:[+-]\s{0,8})?(?:\/\/|\/\*|-- |# ?(?=[a-z])|(?<=\s)\* (?![Cc]onnect|TLS|SSL|[Cc]los|[Rr]ecv|[Tt]rying|[Cc]ould|[Ff]ail|ALPN|HTTP|[Uu]sing))(?!\s{0,4}(?:Error\b|Uncaught\b|[A-Z]\w{0,60}(?:Error|Exception)\b|WebSocket connection|=>|->|\d{4}\b))/
const ADVICE =
  /^If [^,\n]{3,160}, (?:then )?(?:raise|set|add|use|check|try|make|send|lower|increase|reconnect|restart)\b/i
/** What has one is a line of a log. */
const DATE = /\b\d{4}-\d\d-\d\d\b/
/** An entry of a list that a program goes by: `- ECONNREFUSED`. */
const ENTRY = /^\s{0,40}-\s{1,4}["']?(?:E[A-Z]{4,20}|socket hang up)["']?$/

/** Words about a failure that is not one of this connection: it is over, it may come, it is explained, or it is a setting. */
export const isAboutOthers = (line: string): boolean =>
  NOT_HAPPENING.test(line) ||
  ADVICE.test(line) ||
  ENTRY.test(line) ||
  (COMMENT.test(line) && !DATE.test(line))
