/** The command line of `why1006 logs`. */
import { parseArgs } from 'node:util'

export const usage = `Usage: why1006 logs [--json] [--follow] [--config <nginx.conf>] [file…]

Reads logs of any size (the Why1006 server's, nginx, HAProxy, Apache, Caddy, uvicorn; plain or gzip), joins their
lines into connections and says what most of the failed ones share. A rotation is read in the order given: the
older file first. Without a file, or with -, standard input is read.

  --json            one JSON document instead of text (with --follow one a line, at each new verdict)
  --follow          keep reading as the files grow, across rotation, and print each new verdict
  --config <file>   an nginx configuration, for lines in a log_format of its own

Exit code 0 when all could be read, 2 for wrong usage or a file that can't be read.
`

export type LogsArguments = { files: string[]; json: boolean; follow: boolean; config: string | undefined }

/** Undefined and a problem when the arguments are wrong; `help` when they ask for the text above. */
export function readArguments(args: readonly string[]): LogsArguments | { problem: string } | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        follow: { type: 'boolean', short: 'f', default: false },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return 'help'
    return { files: positionals, json: values.json, follow: values.follow, config: values.config }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
