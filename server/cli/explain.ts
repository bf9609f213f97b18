/** `why1006 explain`: the article of a cause, or what a close code means. */
import { articleToMarkdown, articleToText, generalFix } from '#lib/playbook/article.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { type CloseCode, describeCloseCode } from '#lib/protocol/close-codes.ts'
import { privateReadings } from '#lib/protocol/private-close-codes.ts'
import { defineCommand, exit, lastOf, UsageError } from '#server/cli/command.ts'
import { nearest } from '#server/cli/nearest.ts'

const usage = `Usage: why1006 explain [--json | --markdown] <cause or close code>

  why1006 explain idle-timeout
  why1006 explain 1006

Exit code 0, or 2 when there is no such cause or code.
`

type Format = 'text' | 'json' | 'markdown'

interface Order {
  readonly subject: Cause | number
  readonly format: Format
}

export const run = defineCommand({
  usage,
  more: `\nCauses: ${catalogue.map(({ id }) => id).join(', ')}\n`,
  options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, text: { type: 'boolean' } },
  read: (given): Order => {
    const [subject, ...more] = given.positionals
    if (subject === undefined || more.length > 0) throw new UsageError('Give one cause or close code.')
    return { subject: subjectOf(subject), format: lastOf(given, ['json', 'markdown', 'text']) ?? 'text' }
  },
  run: ({ subject, format }, io) => {
    io.stdout.write(
      typeof subject === 'number' ? describeCode(subject, format) : describeCause(subject, format),
    )
    return exit.ok
  },
})

function subjectOf(text: string): Cause | number {
  if (/^\d{1,5}$/.test(text)) return Number(text)
  const id = text.toLowerCase()
  const cause = causeOf(id)
  if (cause) return cause
  const suggestions = nearest(
    id,
    catalogue.map((known) => known.id),
  )
  throw new UsageError(`There is no cause ${JSON.stringify(text)}. Did you mean ${suggestions.join(', ')}?`)
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
  nobody: 'nobody may send it: it is only ever reported',
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
    `${SENDERS[known.sender]}.`.replace(/^./, (first) => first.toUpperCase()),
    page,
  ]
  if (known.differs) lines.push(known.differs)
  for (const reading of readings) lines.push(`${reading.by}: ${reading.meaning}`)
  lines.push(`Source: ${known.source}`)
  const heading = `${code} ${known.name}`
  return format === 'markdown'
    ? `# ${heading}\n\n${lines.join('\n\n')}\n`
    : `${heading}\n${lines.map((line) => `  ${line}`).join('\n')}\n`
}
