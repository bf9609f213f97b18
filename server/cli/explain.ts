/**
 * `why1006 explain`: the article of a cause, what a close code means, or what a program means by a sentence. A code is
 * looked up without loading what the others need: that takes most of the time.
 */
import { privateReadings } from '#lib/applications/close-codes.ts'
import { type CloseCode, describeCloseCode, isLocalReport } from '#lib/protocol/close-codes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { defineCommand, exit, lastOf, UsageError } from '#server/cli/command.ts'
import type { Format } from '#server/cli/explain/words.ts'

const usage = `Usage: why1006 explain [--json | --markdown] <cause, close code, HTTP status or message>

  why1006 explain idle-timeout
  why1006 explain 1006
  why1006 explain "Unexpected server response: 403"

Exit code 0, or 2 when there is no such cause or code, or no known program prints the message.
`

const words = () => import('#server/cli/explain/words.ts')

export const run = defineCommand({
  usage,
  more: async () => `\nCauses: ${(await words()).causeIds.join(', ')}\n`,
  options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, text: { type: 'boolean' } },
  read: (given): Promise<string> => {
    if (given.positionals.length === 0)
      throw new UsageError(sentence`Give a cause, a close code, an HTTP status or a message.`)
    // A message that nobody put into quotes is still one.
    return explained(given.positionals.join(' '), lastOf(given, ['json', 'markdown', 'text']) ?? 'text')
  },
  run: (says, io) => {
    io.stdout.write(says)
    return exit.ok
  },
})

async function explained(text: string, format: Format): Promise<string> {
  // No close code has three digits.
  const isStatus = /^[2-5]\d\d$/.test(text)
  if (/^\d{1,5}$/.test(text) && !isStatus) return describeCode(Number(text), format)
  return (await words()).explainWords(isStatus ? `HTTP ${text}` : text, format)
}

const SENDERS = {
  either: 'either side may send it',
  client: 'only a client may send it',
  server: 'only a server may send it',
  nobody: 'it must not be sent',
} satisfies Record<CloseCode['sender'], string>

/** The codes that RFC 6455 §7.4.2 gives ranges for. */
const CODES = { least: 1000, greatest: 4999 }

function describeCode(code: number, format: Format): string {
  if (code < CODES.least || code > CODES.greatest)
    throw new UsageError(
      sentence`No close code is ${code}. Close codes go from ${CODES.least} to ${CODES.greatest}, HTTP statuses from 200 to 599.`,
    )
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
  if (isLocalReport(code))
    lines.push('It names no cause: give "why1006 diagnose" the URL, or what was printed beside it.')
  lines.push(`Source: ${known.source}`)
  const heading = `${code} ${known.name}`
  return format === 'markdown'
    ? `# ${heading}\n\n${lines.join('\n\n')}\n`
    : `${heading}\n${lines.map((line) => `  ${line}`).join('\n')}\n`
}
