/** `why1006 serve`: the same server as `npm start`, with its port and host as options. */

import { resolve } from 'node:path'
import { sentenceOf } from '#lib/text/foreign.ts'
import { CommandError, defineCommand, exit } from '#server/cli/command.ts'
import { loadEnvironment } from '#server/config/environment.ts'
import { isPackaged } from '#server/config/packaged.ts'
import { SettingsError, serve } from '#server/serve.ts'
import { ListenError } from '#server/wire/listen.ts'

const usage = `Usage: why1006 serve [--port N] [--host NAME] [--no-pages]

Serves the dashboard, its API and the WebSocket endpoints until Ctrl-C, as npm start does. Every setting of the
environment and of .env holds; the options win over both.

  --port N      the port (PORT, 9000); 0 lets the system choose
  --host NAME   the address to bind (HOST, localhost); beyond loopback the access token is needed
  --no-pages    sockets and JSON alone

Exit code 0 after Ctrl-C, 1 when a setting is wrong or the port cannot be had, 2 for wrong usage.
`

export const run = defineCommand({
  usage,
  options: { port: { type: 'string' }, host: { type: 'string' }, 'no-pages': { type: 'boolean' } },
  takesNoOperands: true,
  read: ({ values }) => values,
  run: async ({ port, host, 'no-pages': noPages }) => {
    try {
      await serve({
        environment: {
          JOURNAL: 'sqlite',
          // Installed, it runs where another project's .env is, whose PORT is not ours.
          ...(isPackaged ? process.env : loadEnvironment(resolve('.env'), process.env)),
          ...(port !== undefined && { PORT: port }),
          ...(host !== undefined && { HOST: host }),
        },
        dev: false,
        pages: noPages !== true,
      })
    } catch (error) {
      if (!(error instanceof SettingsError || error instanceof ListenError)) throw error
      throw new CommandError(
        error.message.split('\n').map((line) => sentenceOf(line)),
        exit.failed,
      )
    }
    // The signal that ends it ends the process, too.
    return new Promise<never>(() => {})
  },
})
