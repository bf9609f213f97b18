/** `why1006 lint`: what an nginx configuration does to WebSockets. */

import { fixAll } from '#lib/configs/nginx/fix-all.ts'
import { type LintOptions, type LintResult, lint } from '#lib/configs/nginx/lint.ts'
import type { Severity } from '#lib/configs/nginx/rule.ts'
import { filesOfPaste } from '#lib/configs/nginx/syntax/dump.ts'
import type { ConfigReader } from '#lib/configs/nginx/syntax/tree.ts'
import { sentence } from '#lib/text/foreign.ts'
import { CommandError, defineCommand, exit, UsageError } from '#server/cli/command.ts'
import { problemOf, readInput } from '#server/cli/input.ts'
import { hasColour, jsonLine } from '#server/cli/io.ts'
import { configurationIn } from '#server/cli/lint/cut.ts'
import { dumped, type FoundFiles, filesFrom, filesOfText, MOST_DUMP_BYTES } from '#server/cli/lint/files.ts'
import { describeOther, otherDocument, otherIn } from '#server/cli/lint/other.ts'
import { describeLint, lintDocument } from '#server/cli/lint/text.ts'

const usage = `Usage: why1006 lint [options] <nginx.conf>

Reads an nginx configuration with all that it includes and follows a WebSocket handshake through it. Says what will
go wrong and what to write. "-" reads standard input; the output of nginx -T is taken as all of its files.

It also reads the timers and the headers of HAProxy, Apache, Caddy, Traefik, Envoy, APISIX, Kong, IIS and an Ingress.
They take none of the options below.

  --path </ws>         the path that is asked for; without it, every location that looks meant for WebSockets
  --host <name>        the Host header; without it, a server that has a location for the path
  --port <number>      the port, 80 by default, 443 with --tls
  --tls                asked for with wss://
  --heartbeat <s>      seconds between the application’s heartbeats
  --nginx-version <v>  such as 1.29.7, from which on proxy_http_version is 1.1 by default; unknown is older
  --root <folder>      where relative includes, and those in /etc/nginx, are; by default the folder of the file
  --patch              only the fixes, as one patch: … | patch -p0, from the folder in which lint ran. Where the
                       configuration is outside it: … | patch -d / -p0
  --json               one JSON object

Exit code 0: no error and no warning (with --patch: none is left). 1: some, or nginx would refuse the configuration. 2: wrong usage.
`

interface Order {
  readonly file: string
  readonly json: boolean
  readonly patch: boolean
  readonly root: string | undefined
  readonly options: LintOptions
}

export const run = defineCommand({
  usage,
  options: {
    path: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    tls: { type: 'boolean' },
    heartbeat: { type: 'string' },
    'nginx-version': { type: 'string' },
    root: { type: 'string' },
    patch: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  read: ({ values, positionals: [file, ...more] }): Order => {
    if (file === undefined || more.length > 0) throw new UsageError(sentence`Give one configuration file.`)
    const { json = false, patch = false, root } = values
    if (json && patch) throw new UsageError(sentence`Give --json or --patch.`)
    return { file, json, patch, root, options: lintOptions(values) }
  },
  run: async (order, io) => {
    if (order.file === '-' && io.stdin.isTTY)
      throw new CommandError(sentence`Pipe a configuration in.`, exit.usage)
    try {
      const text = await readInput(order.file, io, MOST_DUMP_BYTES)
      if (text.trim() === '') throw new CommandError(sentence`${order.file}: the file is empty.`, exit.usage)
      const { stdout } = io
      const other = otherIn(text, order.file === '-' ? 'stdin' : order.file)
      if (other !== undefined) {
        if (!order.patch)
          stdout.write(order.json ? jsonLine(otherDocument(other)) : describeOther(other, hasColour(stdout)))
        return isGood(other.findings) ? exit.ok : exit.failed
      }
      const { main, reader, placeOf } = filesOf(order, text)
      if (order.patch) {
        const { diff, left } = fixAll(main, reader, order.options, placeOf)
        if (diff !== undefined) stdout.write(`${diff}\n`)
        return left.length === 0 ? exit.ok : exit.failed
      }
      const result = lintWherever(main, reader, order.options)
      stdout.write(order.json ? jsonLine(lintDocument(result)) : describeLint(result, hasColour(stdout)))
      return !result.error && isGood(result.findings) ? exit.ok : exit.failed
    } catch (error) {
      if (error instanceof CommandError) throw error
      throw new CommandError(sentence`${order.file}: ${problemOf(error)}`, exit.usage)
    }
  },
})

const isGood = (findings: readonly { severity: Severity }[]): boolean =>
  findings.every(({ severity }) => severity === 'info')

/** Where nginx would refuse the text, it may be in the middle of another one, or be several files. */
function lintWherever(main: string, reader: ConfigReader, options: LintOptions): LintResult {
  const result = lint(main, reader, options)
  if (!result.error && result.missing.length === 0) return result
  const text = reader.read(main) ?? ''
  const cut = result.error ? configurationIn(text) : undefined
  const isSeveral = filesOfPaste(cut ?? text, main) !== undefined
  if (cut === undefined && !isSeveral) return result
  const read = (name: string) => (name === main ? (cut ?? text) : reader.read(name))
  return lint(main, { ...reader, read }, { ...options, isCut: true })
}

interface Given {
  readonly path?: string
  readonly host?: string
  readonly port?: string
  readonly tls?: boolean
  readonly heartbeat?: string
  readonly 'nginx-version'?: string
}

/** @throws UsageError */
function lintOptions(given: Given): LintOptions {
  const { path, host, tls, 'nginx-version': nginxVersion } = given
  if (path !== undefined && !path.startsWith('/'))
    throw new UsageError(sentence`--path has to begin with "/".`)
  const port = optionalNumber(given.port)
  const wrongPort = port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)
  if (wrongPort) throw new UsageError(sentence`--port has to be a number from 1 to 65535.`)
  const heartbeatSeconds = optionalNumber(given.heartbeat)
  if (heartbeatSeconds !== undefined && !(heartbeatSeconds > 0 && Number.isFinite(heartbeatSeconds))) {
    throw new UsageError(sentence`--heartbeat has to be a number of seconds above 0.`)
  }
  if (nginxVersion !== undefined && !/^\d+\.\d+(\.\d+)?$/.test(nginxVersion)) {
    throw new UsageError(sentence`--nginx-version has to look like 1.29.7.`)
  }
  return {
    ...(path !== undefined && { path }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(tls !== undefined && { tls }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
    ...(nginxVersion !== undefined && { nginxVersion }),
  }
}

/** NaN where it is not a number. An empty text is none either. */
const optionalNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : text.trim() === '' ? Number.NaN : Number(text)

function filesOf({ file, root }: Order, text: string): FoundFiles {
  return file === '-' ? filesOfText(text, 'stdin', root) : (dumped(text) ?? filesFrom(file, text, root))
}
