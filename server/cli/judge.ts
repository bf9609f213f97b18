/** `why1006 judge`: evidence documents in, reports out. */
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import { EvidenceError, readEvidence } from '#lib/evidence/schema.ts'
import { sentence, visible } from '#lib/text/foreign.ts'
import { inMarkdown } from '#lib/text/markdown.ts'
import { defineCommand, exit, lastOf, UsageError } from '#server/cli/command.ts'
import { problemOf, readInput } from '#server/cli/input.ts'
import { hasColour, type Io, jsonLine } from '#server/cli/io.ts'

const usage = `Usage: why1006 judge [--json | --markdown] <evidence.json…>

Names the cause of a failed WebSocket connection from an evidence document, bare or as the "evidence" member of a
file. "-" reads standard input.

  --json      one line per file: {"file","report"}, or {"file","error"} for a file that can't be judged
  --markdown  a report to paste into an issue

Exit code 0: all were judged. 1: some were not. 2: wrong usage.
`

/** Largest document that is read: beyond any recording, and small enough for memory. */
const MOST_BYTES = 64 * 1024 * 1024

interface Order {
  readonly files: readonly string[]
  readonly format: 'text' | 'json' | 'markdown'
}

export const run = defineCommand({
  usage,
  options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, text: { type: 'boolean' } },
  read: (given): Order => {
    if (given.positionals.length === 0) throw new UsageError(sentence`Give at least one evidence file.`)
    return { files: given.positionals, format: lastOf(given, ['json', 'markdown', 'text']) ?? 'text' }
  },
  run: async (order, io) => {
    let code: number = exit.ok
    for (const file of order.files) {
      if (!(await judgeFile(file, order, io))) code = exit.failed
    }
    return code
  },
})

async function judgeFile(file: string, { format, files }: Order, io: Io): Promise<boolean> {
  try {
    const report = diagnose(maskEvidence(readEvidence(await readInput(file, io, MOST_BYTES))))
    if (format === 'json') io.stdout.write(jsonLine({ file, report }))
    else {
      const heading =
        files.length > 1
          ? `${format === 'markdown' ? `# ${inMarkdown(sentence`${file}`)}` : visible(file)}\n\n`
          : ''
      const colour = hasColour(io.stdout)
      const body = format === 'markdown' ? reportToMarkdown(report) : describeReport(report, { colour })
      io.stdout.write(`${heading}${body}${files.length > 1 ? '\n' : ''}`)
    }
    return true
  } catch (error) {
    const message = problemOf(error)
    const code = error instanceof EvidenceError ? error.code : 'unreadable'
    if (format === 'json') io.stdout.write(jsonLine({ file, error: message, code }))
    else io.stderr.write(`${visible(file)}: ${message}\n`)
    return false
  }
}
