/** What needs the playbook and the phrasebook to be explained: a cause by its id, and a message by the program that prints it. */
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Verdict } from '#lib/diagnosis/report.ts'
import { createNoise } from '#lib/intake/noise.ts'
import { articleToMarkdown, articleToText, generalFix } from '#lib/playbook/article.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { describeCloseCode } from '#lib/protocol/close-codes.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { type Sentence as ReadSentence, readSentence } from '#lib/words/phrasebook.ts'
import { SAYS_OF_STORE, saysOf } from '#lib/words/says.ts'
import { UsageError } from '#server/cli/command.ts'
import { jsonLine } from '#server/cli/io.ts'
import { didYouMean } from '#server/cli/nearest.ts'

export type Format = 'text' | 'json' | 'markdown'

interface Message {
  readonly text: string
  readonly read: ReadSentence
}

export const causeIds: readonly string[] = catalogue.map(({ id }) => id)

/** @throws UsageError where there is no such cause, and no known program prints it */
export function explainWords(text: string, format: Format): string {
  const subject = subjectOf(text)
  return 'read' in subject ? describeMessage(subject, format) : describeCause(subject, format)
}

function subjectOf(text: string): Cause | Message {
  const id = text.toLowerCase()
  const cause = causeOf(id)
  if (cause) return cause
  const noise = createNoise()(text)
  if (noise?.isSure)
    throw new UsageError(sentence`“${excerpt(text)}” is about ${noise.says}, not about a WebSocket.`)
  const read = readSentence(text)
  if (read) return { text, read }
  if (/\s/.test(text.trim())) {
    throw new UsageError(
      sentence`No program that Why1006 knows prints “${excerpt(text)}”. Give whole lines to: why1006 diagnose -`,
    )
  }
  throw new UsageError(sentence`No cause is called “${text}”.${didYouMean(id, causeIds)}`)
}

const MOST_CAUSES = 8

function describeMessage({ text, read }: Message, format: Format): string {
  const { program, phrase, side, said } = read
  const { report } = readAndJudge({ text })
  const causes = fitting(report.verdicts, said)
    .slice(0, MOST_CAUSES)
    .map(({ cause, certainty }) => ({ cause, certainty }))
  if (format === 'json') {
    const { means, status, close } = said
    const known = { program: program?.id, phrase: phrase?.id, side, means, status, close }
    return jsonLine({ message: text, ...known, explains: phrase?.explains, source: phrase?.source, causes })
  }
  const code = said.close && describeCloseCode(said.close.code)
  const meaning =
    phrase?.explains ?? (code ? `Close code ${code.code}, ${code.name}: ${code.meaning}` : wordsAlone(said))
  const heading = program ? `Printed by ${program.name}` : headingOf(said)
  const listed = causes.map(
    ({ cause, certainty }) => `${causeOf(cause)?.title ?? cause} (${cause}, ${certainty})`,
  )
  if (format === 'markdown') {
    const parts = [`# ${heading}`, meaning, ...listed.map((line) => `- ${line}`)]
    if (phrase) parts.push(`Source: ${phrase.source}`)
    return `${parts.join('\n\n')}\n`
  }
  const lines = [heading, `  ${meaning}`]
  if (NAMING_NONE.has(said.means)) lines.push('', 'This line alone names no cause: the lines around it may.')
  if (listed.length > 0) lines.push('', 'Causes that fit, best first', ...listed.map((line) => `  ${line}`))
  if (phrase) lines.push('', `Source: ${phrase.source}`)
  return `${lines.join('\n')}\n`
}

/** Said of no failure, or of one whose reason is printed elsewhere: no cause fits better than another. */
const NAMING_NONE: ReadonlySet<string> = new Set([
  'nothing-said',
  'used-too-early',
  'not-built-in',
  'opened',
  'connecting',
])

/** Where a loss is most likely, what ends a connection that was open comes alone. */
function fitting(verdicts: readonly Verdict[], { means }: ReadSentence['said']): readonly Verdict[] {
  if (NAMING_NONE.has(means)) return []
  const isOpen = ({ cause }: Verdict) => ['lost', 'closed', 'ailing'].includes(causeOf(cause)?.stage ?? '')
  const [first] = verdicts
  return first !== undefined && isOpen(first) ? verdicts.filter(isOpen) : verdicts
}

function headingOf({ close, status }: ReadSentence['said']): string {
  if (close !== undefined) return 'A close code'
  return status === undefined ? 'The words alone say' : 'An HTTP status'
}

/** As a sentence: what can be understood without knowing the program. */
function wordsAlone({ means, status, isOfStore }: ReadSentence['said']): string {
  const says = isOfStore
    ? SAYS_OF_STORE
    : status === undefined
      ? saysOf(means)
      : `the answer was HTTP ${status}`
  return `${(says ?? 'the connection failed').replace(/^./, (first) => first.toUpperCase())}.`
}

function describeCause(cause: Cause, format: Format): string {
  if (format === 'markdown') return articleToMarkdown(cause)
  if (format === 'text') return articleToText(cause)
  const { id, stage, title, symptom, needs, explain, reproduce } = cause
  return `${JSON.stringify({ cause: id, stage, title, symptom, needs, explain, fix: generalFix(cause), reproduce })}\n`
}
