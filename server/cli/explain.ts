/** `why1006 explain`: the article of a cause, or what a close code means. */
import { articleToMarkdown, articleToText, generalFix } from '#lib/playbook/article.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import type { Cause } from '#lib/playbook/cause.ts'
import { type CloseCode, describeCloseCode } from '#lib/protocol/close-codes.ts'
import { privateReadings } from '#lib/protocol/private-close-codes.ts'
import type { Io } from '#server/cli/io.ts'
import { nearest } from '#server/cli/nearest.ts'

const OK = 0
const USAGE = 2

export const usage = `Usage: why1006 explain [--json | --markdown] <cause or close code>

  why1006 explain idle-timeout
  why1006 explain 1006

Exit code 0, or 2 when there is no such cause or code.
`

type Format = 'text' | 'json' | 'markdown'
const FORMATS: Record<string, Format> = { '--json': 'json', '--markdown': 'markdown', '--text': 'text' }

export async function run(args: readonly string[], io: Io): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.stdout.write(`${usage}\nCauses: ${catalogue.map(({ id }) => id).join(', ')}\n`)
    return OK
  }
  const options = args.filter((arg) => arg.startsWith('-'))
  const [subject, ...more] = args.filter((arg) => !arg.startsWith('-'))
  const unknown = options.find((option) => FORMATS[option] === undefined)
  if (unknown !== undefined) return refuse(io, `Unknown option ${unknown}.`)
  if (subject === undefined || more.length > 0) return refuse(io, 'Give one cause or close code.')
  const format = FORMATS[options.at(-1) ?? '--text'] ?? 'text'
  if (/^\d{1,5}$/.test(subject)) {
    io.stdout.write(describeCode(Number(subject), format))
    return OK
  }
  const cause = causeOf(subject.toLowerCase())
  if (!cause) {
    const suggestions = nearest(
      subject.toLowerCase(),
      catalogue.map(({ id }) => id),
    )
    return refuse(io, `There is no cause ${JSON.stringify(subject)}. Did you mean ${suggestions.join(', ')}?`)
  }
  io.stdout.write(describeCause(cause, format))
  return OK
}

function refuse(io: Io, problem: string): number {
  io.stderr.write(`${problem}\n\n${usage}`)
  return USAGE
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
