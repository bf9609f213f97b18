/** `why1006 serve`: the same server as `npm start`, with its port and host as options. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Io } from '#server/cli/io.ts'
import { loadEnvironment } from '#server/config/environment.ts'
import { SettingsError, serve } from '#server/serve.ts'
import { ListenError } from '#server/wire/listen.ts'

const OK = 0
const FAILED = 1
const USAGE = 2

export const usage = `Usage: why1006 serve [--port N] [--host NAME] [--no-pages]

Serves the dashboard, its API and the WebSocket endpoints until Ctrl-C, as npm start does. Every setting of the
environment and of .env holds; the options win over both.

  --port N      the port (PORT, 9000); 0 lets the system choose
  --host NAME   the address to bind (HOST, localhost); nothing beyond loopback is allowed
  --no-pages    sockets and JSON alone

Exit code 0 after Ctrl-C, 1 when a setting is wrong or the port cannot be had, 2 for wrong usage.
`

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'no-pages': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export async function run(args: readonly string[], io: Io): Promise<number> {
  const options = readArguments(args)
  if ('problem' in options) {
    io.stderr.write(`${options.problem}\n\n${usage}`)
    return USAGE
  }
  if (options.help) {
    io.stdout.write(usage)
    return OK
  }
  try {
    await serve({
      environment: {
        ...loadEnvironment(resolve('.env'), process.env),
        ...(options.port !== undefined && { PORT: options.port }),
        ...(options.host !== undefined && { HOST: options.host }),
      },
      dev: false,
      pages: options['no-pages'] !== true,
    })
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof ListenError)) throw error
    io.stderr.write(`${error.message}\n`)
    return FAILED
  }
  // The signal that ends it ends the process, too.
  return new Promise<never>(() => {})
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
