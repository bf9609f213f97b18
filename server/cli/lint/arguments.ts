/** The command line of `why1006 lint`. */
import { parseArgs } from 'node:util'
import type { LintOptions } from '#lib/configs/nginx/lint.ts'

export const usage = `Usage: why1006 lint [options] <nginx.conf>

Reads an nginx configuration with all that it includes, follows a WebSocket handshake through it, and says what will
go wrong and what to write. "-" reads standard input; the output of nginx -T is taken as all of its files.

  --path </ws>         the path that is asked for; without it, every location that looks meant for WebSockets
  --host <name>        the Host header; without it, a server that has a location for the path
  --port <number>      the port, 80 by default, 443 with --tls
  --tls                asked for with wss://
  --heartbeat <s>      seconds between the application's heartbeats
  --nginx-version <v>  such as 1.29.7, from which on proxy_http_version is 1.1 by default; unknown is older
  --root <folder>      where relative includes, and those in /etc/nginx, are; by default the folder of the file
  --json               one JSON object

Exit code 0: no error and no warning. 1: some, or nginx would refuse the configuration. 2: wrong usage.
`

export interface LintArguments {
  readonly file: string
  readonly json: boolean
  readonly root: string | undefined
  readonly options: LintOptions
}

export function readArguments(args: readonly string[]): LintArguments | { problem: string } | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        path: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        tls: { type: 'boolean' },
        heartbeat: { type: 'string' },
        'nginx-version': { type: 'string' },
        root: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return 'help'
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return { problem: 'Give one configuration file.' }
    const { path, host, tls } = values
    if (path !== undefined && !path.startsWith('/')) return { problem: '--path has to begin with "/".' }
    const port = optionalNumber(values.port)
    const wrongPort = port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)
    if (wrongPort) return { problem: '--port has to be a number from 1 to 65535.' }
    const heartbeatSeconds = optionalNumber(values.heartbeat)
    if (heartbeatSeconds !== undefined && !(heartbeatSeconds > 0 && Number.isFinite(heartbeatSeconds))) {
      return { problem: '--heartbeat has to be a number of seconds above 0.' }
    }
    const nginxVersion = values['nginx-version']
    if (nginxVersion !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(nginxVersion)) {
      return { problem: '--nginx-version has to look like 1.29.7.' }
    }
    const options = {
      ...(path !== undefined && { path }),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...(tls !== undefined && { tls }),
      ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
      ...(nginxVersion !== undefined && { nginxVersion }),
    }
    return { file, json: values.json, root: values.root, options }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** NaN where it is no number. An empty text is none either. */
const optionalNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : text.trim() === '' ? Number.NaN : Number(text)
