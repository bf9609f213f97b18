/** `why1006 judge`: evidence documents in, reports out. */
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { describeReport, printable } from '#lib/diagnosis/text.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import { EvidenceError, readEvidence } from '#lib/evidence/schema.ts'
import { problemOf, readInput } from '#server/cli/input.ts'
import type { Io } from '#server/cli/io.ts'

const OK = 0
const SOME_FAILED = 1
const USAGE = 2

export const usage = `Usage: why1006 judge [--json | --markdown] <evidence.json…>

Names the cause of a failed WebSocket connection from an evidence document, bare or as the "evidence" member of a
file. "-" reads standard input.

  --json      one line per file: {"file","report"}, or {"file","error"} for a file that can't be judged
  --markdown  a report to paste into an issue

Exit code 0: all were judged. 1: some were not. 2: wrong usage.
`

type Format = 'text' | 'json' | 'markdown'
type Arguments = { files: string[]; format: Format }

/** Largest document that is read: beyond any recording, and small enough for memory. */
const MOST_BYTES = 64 * 1024 * 1024

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(args)
  if (parsed === 'help') {
    io.stdout.write(usage)
    return OK
  }
  if ('problem' in parsed) {
    io.stderr.write(`${parsed.problem}\n\n${usage}`)
    return USAGE
  }
  let code = OK
  for (const file of parsed.files) {
    if (io.signal.aborted) return SOME_FAILED
    if (!(await judgeFile(file, parsed, io))) code = SOME_FAILED
  }
  return code
}

async function judgeFile(file: string, { format, files }: Arguments, io: Io): Promise<boolean> {
  try {
    const report = diagnose(maskEvidence(readEvidence(await readInput(file, io, MOST_BYTES))))
    if (format === 'json') io.stdout.write(`${JSON.stringify({ file, report })}\n`)
    else {
      const heading = files.length > 1 ? `${format === 'markdown' ? '# ' : ''}${printable(file)}\n\n` : ''
      const colour = io.stdout.isTTY === true && !process.env.NO_COLOR
      const body = format === 'markdown' ? reportToMarkdown(report) : describeReport(report, { colour })
      io.stdout.write(`${heading}${body}${files.length > 1 ? '\n' : ''}`)
    }
    return true
  } catch (error) {
    const message = problemOf(error)
    const code = error instanceof EvidenceError ? error.code : 'unreadable'
    if (format === 'json') io.stdout.write(`${JSON.stringify({ file, error: message, code })}\n`)
    else io.stderr.write(`${printable(file)}: ${printable(message)}\n`)
    return false
  }
}

const FORMATS: Record<string, Format> = { '--json': 'json', '--markdown': 'markdown', '--text': 'text' }

function readArguments(args: readonly string[]): Arguments | 'help' | { problem: string } {
  const files: string[] = []
  let format: Format = 'text'
  let onlyFiles = false
  for (const arg of args) {
    if (onlyFiles || arg === '-' || !arg.startsWith('-')) files.push(arg)
    else if (arg === '--') onlyFiles = true
    else if (arg === '--help' || arg === '-h') return 'help'
    else {
      const asked = FORMATS[arg]
      if (asked === undefined) return { problem: `Unknown option ${arg}.` }
      format = asked
    }
  }
  return files.length > 0 ? { files, format } : { problem: 'Give at least one evidence file.' }
}
