/** `why1006 lint`: what an nginx configuration does to WebSockets. */
import { readFile, stat } from 'node:fs/promises'
import { lint } from '#lib/linters/nginx/lint.ts'
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

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file',
  EISDIR: 'It is a directory; give the nginx.conf in it',
  EACCES: 'It may not be read by this user',
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const known = 'code' in error ? FILE_PROBLEMS[String(error.code)] : undefined
  return known ?? error.message
}

async function filesOf({ file, root }: LintArguments, io: Io): Promise<ConfigFiles> {
  if (file === '-') return filesOfText(await readInput(io), 'stdin', root)
  if ((await stat(file)).size > MOST_DUMP_BYTES) throw tooLarge()
  const text = await readFile(file, 'utf8')
  const fromDump = filesOfText(text, '', undefined)
  return fromDump.main === '' ? filesFrom(file, root) : fromDump
}

async function readInput(io: Io): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of io.stdin) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > MOST_DUMP_BYTES) throw tooLarge()
    chunks.push(piece)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooLarge = (): Error => new Error(`larger than ${MOST_DUMP_BYTES / 1024 / 1024} MiB`)
