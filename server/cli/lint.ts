/** `why1006 lint`: what an nginx configuration does to WebSockets. */
import { lint } from '#lib/configs/nginx/lint.ts'
import { problemOf, readInput } from '#server/cli/input.ts'
import type { Io } from '#server/cli/io.ts'
import { type LintArguments, readArguments, usage } from '#server/cli/lint/arguments.ts'
import { type ConfigFiles, filesFrom, filesOfText, MOST_DUMP_BYTES } from '#server/cli/lint/files.ts'
import { describeLint, lintDocument } from '#server/cli/lint/text.ts'

const OK = 0
const FOUND = 1
const USAGE = 2

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = readArguments(args)
  if (parsed === 'help') {
    io.stdout.write(usage)
    return OK
  }
  if ('problem' in parsed) return refuse(io, `${parsed.problem}\n\n${usage}`)
  if (parsed.file === '-' && io.stdin.isTTY) return refuse(io, 'Pipe a configuration in.\n')
  try {
    const { main, reader } = await filesOf(parsed, io)
    const result = lint(main, reader, parsed.options)
    const colour = io.stdout.isTTY === true && !process.env.NO_COLOR
    io.stdout.write(parsed.json ? `${JSON.stringify(lintDocument(result))}\n` : describeLint(result, colour))
    const good = !result.error && result.findings.every(({ severity }) => severity === 'info')
    return good ? OK : FOUND
  } catch (error) {
    return refuse(io, `${parsed.file}: ${problemOf(error)}\n`)
  }
}

function refuse(io: Io, problem: string): number {
  io.stderr.write(problem)
  return USAGE
}

async function filesOf({ file, root }: LintArguments, io: Io): Promise<ConfigFiles> {
  const text = await readInput(file, io, MOST_DUMP_BYTES)
  if (file === '-') return filesOfText(text, 'stdin', root)
  const fromDump = filesOfText(text, '', undefined)
  return fromDump.main === '' ? filesFrom(file, root) : fromDump
}
