/** The command line's door: finds the command, gives it the process's streams, and ends with its exit code. */
import { sentence, visibleLines } from '#lib/text/foreign.ts'
import { exit } from '#server/cli/command.ts'
import { commands } from '#server/cli/commands.ts'
import type { Io } from '#server/cli/io.ts'
import { didYouMean } from '#server/cli/nearest.ts'
import packageFile from '../../package.json' with { type: 'json' }

/** 128 + SIGINT, as shells have it. */
const INTERRUPTED = 130

const usage = (): string => {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  return `Usage: why1006 <command> [options]\n\n${rows.join('\n')}\n\nRun why1006 <command> --help for details. why1006 --version prints the version.\n`
}

async function main([name, ...args]: readonly string[], io: Io): Promise<number> {
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${packageFile.version}\n`)
    return exit.ok
  }
  const [subject, ...others] = args
  if (name === 'help' && subject !== undefined && others.length === 0) return main([subject, '--help'], io)
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    ;(name === undefined ? io.stderr : io.stdout).write(usage())
    return name === undefined ? exit.usage : exit.ok
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    const says = sentence`There is no command “${name}”.${didYouMean(name, Object.keys(commands))}`
    io.stderr.write(`${says}\n\n${usage()}`)
    return exit.usage
  }
  const { run } = await command.load()
  return run(args, io)
}

let interruption: AbortController | undefined
/** One Ctrl-C may come twice, from the terminal and passed on by whoever started us; a second one is meant. */
const SAME_PRESS_MS = 500

/** Until a command asks for it, a signal ends the process at once, whatever keeps it busy: handlers are JavaScript. */
function interruptionSignal(): AbortSignal {
  interruption ??= listenForSignals(new AbortController())
  return interruption.signal
}

function listenForSignals(control: AbortController): AbortController {
  let interruptedAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const now = performance.now()
      if (interruptedAt !== undefined && now - interruptedAt > SAME_PRESS_MS) process.exit(INTERRUPTED)
      interruptedAt ??= now
      control.abort()
    })
  }
  return control
}

// `why1006 … | head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : exit.failed),
)

const { stdin, stdout, stderr } = process
try {
  process.exitCode = await main(process.argv.slice(2), {
    stdin,
    stdout,
    stderr,
    get signal() {
      return interruptionSignal()
    },
  })
} catch (error) {
  stderr.write(`${visibleLines(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`)
  process.exitCode = exit.failed
}
