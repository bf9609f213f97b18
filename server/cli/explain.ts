/** `why1006 explain`: the article of a cause, what a close code means, or what a program means by a sentence. */

import { privateReadings } from '#lib/applications/close-codes.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Verdict } from '#lib/diagnosis/report.ts'
import { createNoise } from '#lib/intake/noise.ts'
import { articleToMarkdown, articleToText, generalFix } from '#lib/playbook/article.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { type CloseCode, describeCloseCode, isLocalReport } from '#lib/protocol/close-codes.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'
import { type Sentence as ReadSentence, readSentence } from '#lib/words/phrasebook.ts'
import { SAYS_OF_STORE, saysOf } from '#lib/words/says.ts'
import { defineCommand, exit, lastOf, UsageError } from '#server/cli/command.ts'
import { jsonLine } from '#server/cli/io.ts'
import { didYouMean } from '#server/cli/nearest.ts'

const usage = `Usage: why1006 explain [--json | --markdown] <cause, close code, HTTP status or message>

  why1006 explain idle-timeout
  why1006 explain 1006
  why1006 explain "Unexpected server response: 403"

Exit code 0, or 2 when there is no such cause or code, or no known program prints the message.
`

type Format = 'text' | 'json' | 'markdown'

interface Message {
  readonly text: string
  readonly read: ReadSentence
}

interface Order {
  readonly subject: Cause | number | Message
  readonly format: Format
}

export const run = defineCommand({
  usage,
  more: `\nCauses: ${catalogue.map(({ id }) => id).join(', ')}\n`,
  options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, text: { type: 'boolean' } },
  read: (given): Order => {
    if (given.positionals.length === 0)
      throw new UsageError(sentence`Give a cause, a close code, an HTTP status or a message.`)
    // A message that nobody put into quotes is still one.
    const subject = subjectOf(given.positionals.join(' '))
    return { subject, format: lastOf(given, ['json', 'markdown', 'text']) ?? 'text' }
  },
  run: ({ subject, format }, io) => {
    io.stdout.write(described(subject, format))
    return exit.ok
  },
})

function described(subject: Order['subject'], format: Format): string {
  if (typeof subject === 'number') return describeCode(subject, format)
  return 'read' in subject ? describeMessage(subject, format) : describeCause(subject, format)
}

function subjectOf(text: string): Order['subject'] {
  // No close code has three digits.
  if (/^[2-5]\d\d$/.test(text)) return subjectOf(`HTTP ${text}`)
  if (/^\d{1,5}$/.test(text)) return Number(text)
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
  const ids = catalogue.map((known) => known.id)
  throw new UsageError(sentence`There is no cause “${text}”.${didYouMean(id, ids)}`)
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
const NAMING_NONE: ReadonlySet<string> = new Set(['nothing-said', 'used-too-early', 'opened', 'connecting'])

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

const SENDERS = {
  either: 'either side may send it',
  client: 'only a client may send it',
  server: 'only a server may send it',
  nobody: 'it must not be sent',
} satisfies Record<CloseCode['sender'], string>

function describeCode(code: number, format: Format): string {
  const known = describeCloseCode(code)
  const readings = privateReadings(code)
  if (format === 'json') {
    const { name, meaning, sender, browserMaySend, differs, source } = known
    return `${JSON.stringify({ code, name, meaning, sender, browser_may_send: browserMaySend, differs, source, known_uses: readings })}\n`
  }
  const page = known.browserMaySend ? 'A page may pass it to close().' : 'A page may not pass it to close().'
  const lines = [
    known.meaning,
    `${isLocalReport(code) ? 'it must not be sent, only reported' : SENDERS[known.sender]}.`.replace(
      /^./,
      (first) => first.toUpperCase(),
    ),
    page,
  ]
  if (known.differs) lines.push(known.differs)
  for (const reading of readings) lines.push(`${reading.by}: ${reading.says}`)
  lines.push(`Source: ${known.source}`)
  const heading = `${code} ${known.name}`
  return format === 'markdown'
    ? `# ${heading}\n\n${lines.join('\n\n')}\n`
    : `${heading}\n${lines.map((line) => `  ${line}`).join('\n')}\n`
}
