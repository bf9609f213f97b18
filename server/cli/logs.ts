/** `why1006 logs`: reads log files line by line and prints what ended their connections. */
import { setTimeout as wait } from 'node:timers/promises'
import type { LogReport } from '#lib/diagnosis/judge-logs.ts'
import { pathname } from '#lib/logs/connection.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import type { Only } from '#lib/logs/only.ts'
import type { LogRecord } from '#lib/logs/record.ts'
import { createLogScanner, type LogScanner, type ScannedFile } from '#lib/logs/scanner.ts'
import { sentence } from '#lib/text/foreign.ts'
import { CommandError, defineCommand, exit, UsageError } from '#server/cli/command.ts'
import { problemOf, readText } from '#server/cli/input.ts'
import { hasColour, type Io, jsonLine } from '#server/cli/io.ts'
import { createEventReader, type Place } from '#server/cli/logs/event-of-record.ts'
import { createTail, type Tail } from '#server/cli/logs/follow.ts'
import { isLarge, readInParts } from '#server/cli/logs/parts.ts'
import { type OpenedLog, openLog, piecesOf } from '#server/cli/logs/pieces.ts'
import { createEventSender } from '#server/cli/logs/send-events.ts'
import { areApart, type Reading, readTogether } from '#server/cli/logs/together.ts'
import { momentOf } from '#server/cli/logs/when.ts'
import { tokenOf, tokenOption, tokenUsage } from '#server/cli/token.ts'

const usage = `Usage: why1006 logs [options] [file…]

Reads logs of any size: the Why1006 server’s, nginx, HAProxy, Apache, Caddy, uvicorn and more; plain, gzip or zstd. Joins
their lines into connections and says what most of the failed ones share. Give the access log, the error log and
the server’s log together. A rotation is read in the order given: the older file first. Without a file, or with -,
standard input is read.

  --path <path>     only connections to this path and those below it; /chat* is all that begins with it
  --since <time>    only connections that ended at this time or later: 2026-11-20, 2026-11-20T09:00, 2h for two
                    hours ago. UTC, where it names no zone such as +01:00
  --until <time>    only connections that ended before it
  --json            one JSON document instead of text (with --follow one a line, at each new verdict)
  --follow          keep reading as the files grow, across rotation, and print each new verdict
  --to <URL>        tell a Why1006 server what the lines say of connections: they appear there beside its own
  --token <token>   ${tokenUsage}
  --service <name>  how the server of these logs is called there; else the format of the log is its name
  --config <file>   an nginx configuration: its log_format, and its timers where one location passes WebSockets on

Exit code 0: all could be read. 1: the server of --to does not answer (--follow goes on trying). 2: wrong usage, a wrong
token, or a file that cannot be read.
`

interface Order {
  readonly files: readonly string[]
  readonly json: boolean
  readonly follow: boolean
  readonly config: string | undefined
  readonly only: Only
  readonly to: string | undefined
  readonly token: string | undefined
  readonly service: string | undefined
}

export const run = defineCommand({
  usage,
  options: {
    json: { type: 'boolean' },
    follow: { type: 'boolean', short: 'f' },
    config: { type: 'string' },
    to: { type: 'string' },
    ...tokenOption,
    service: { type: 'string' },
    path: { type: 'string' },
    since: { type: 'string' },
    until: { type: 'string' },
  },
  read: ({
    values: { json = false, follow = false, config, to, token, service, ...only },
    positionals,
  }): Order => ({
    files: positionals,
    json,
    follow,
    config,
    only: onlyOf(only),
    to: to === undefined ? undefined : baseUrl(to, only),
    token: to === undefined ? noToken(token) : tokenOf({ token }),
    service,
  }),
  run: async (order, io) => {
    if (order.files.length === 0 && io.stdin.isTTY)
      throw new UsageError(sentence`Give a file, or pipe lines in.`)
    try {
      const config = await configOf(order.config)
      const custom = config === undefined ? [] : parsersOfConfig(config)
      const teller = order.to === undefined ? undefined : tellerOf(order.to, order, io)
      const scanner = createLogScanner({
        custom,
        only: order.only,
        ...(teller && { onRecord: teller.onRecord }),
      })
      const judge = async () => (await judging()).judgeLogs(scanner.summary(), config)
      const report = await readAll({ ...order, config }, scanner, judge, io, teller?.flush)
      if (teller) io.stderr.write(`${teller.says()}\n`)
      if (!order.json) io.stdout.write((await words()).describeLogs(report, colourOf(io)))
      else if (!order.follow) io.stdout.write(jsonLine(report))
      return exit.ok
    } catch (error) {
      if (error instanceof CommandError) throw error
      throw new CommandError(problemOf(error), exit.usage)
    }
  },
})

interface Asked {
  readonly path?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** @throws UsageError */
function onlyOf({ path, since, until }: Asked): Only {
  if (path !== undefined && !path.startsWith('/'))
    throw new UsageError(sentence`--path takes a path such as /ws, not ${path}`)
  const moment = (name: string, text: string): number => {
    const atMs = momentOf(text, Date.now())
    if (atMs !== undefined) return atMs
    throw new UsageError(
      sentence`${name} takes 2026-11-20, 2026-11-20T09:00, or 2h for two hours ago, not ${text}`,
    )
  }
  const only: Only = {
    ...(path !== undefined && { path: pathname(path) }),
    ...(since !== undefined && { sinceMs: moment('--since', since) }),
    ...(until !== undefined && { untilMs: moment('--until', until) }),
  }
  if ((only.sinceMs ?? 0) >= (only.untilMs ?? Number.POSITIVE_INFINITY))
    throw new UsageError(sentence`--since is not before --until`)
  return only
}

// Loaded when all is read, because what a diagnosis knows takes as much memory as reading does.
const judging = () => import('#lib/diagnosis/judge-logs.ts')
const words = () => import('#server/cli/logs/text.ts')
const reportWords = () => import('#lib/diagnosis/text.ts')

type Judge = () => Promise<LogReport>

/** Fewer bytes than this are all known in detail, whatever order they are read in. */
const SMALL_BYTES = 4 << 20

/** @param deliver called after each piece that was read, and waited for */
async function readAll(
  order: Order,
  scanner: LogScanner,
  judge: Judge,
  io: Io,
  deliver: Deliver = async () => {},
): Promise<LogReport> {
  const { files, follow, json } = order
  const tell = createTeller(judge, io, json)
  const tails: Tail[] = []
  const logs: NamedLog[] = []
  for (const file of files.length === 0 ? ['-'] : files) {
    if (file === '-') {
      const into = scanner.open('standard input')
      await named(
        file,
        readInto(
          into,
          delivered(piecesOf(io.stdin, io.signal), deliver),
          follow ? afterSilence(tell) : undefined,
        ),
      )
      continue
    }
    const log = await named(file, openLog(file))
    if (follow && log.isPlainFile) tails.push(createTail(file, scanner.open(file, log.year)))
    else logs.push({ file, ...log })
  }
  await readLogs(logs, order, scanner, io, deliver)
  if (tails.length > 0) await followAll(tails, tell, deliver, io.signal)
  await deliver()
  return judge()
}

type Deliver = () => Promise<void>

async function* delivered(pieces: AsyncGenerator<Uint8Array>, deliver: Deliver): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece
    await deliver()
  }
}

type NamedLog = OpenedLog & { readonly file: string }

async function readLogs(
  logs: readonly NamedLog[],
  { follow, config, only, to }: Order,
  scanner: LogScanner,
  io: Io,
  deliver: Deliver,
): Promise<void> {
  const size = logs.reduce((sum, log) => sum + log.size, 0)
  const isOneAfterTheOther =
    logs.length < 2 || size <= SMALL_BYTES || (logs.every((log) => log.isPlainFile) && (await areApart(logs)))
  const readings = logs.map(({ file, year, isPacked, pieces }): (() => Reading) => () => ({
    into: scanner.open(file, year),
    // A file has an end: only what goes on for as long as somebody writes is worth a verdict when it is interrupted.
    pieces: delivered(pieces(follow ? io.signal : undefined), deliver),
    onError(error) {
      if (error instanceof CommandError) throw error
      const problem = new Error(sentence`${file}: ${problemOf(error)}`)
      // A packed file may end early, when it is still being written or was cut: what it held counts.
      if (!isPacked) throw problem
      io.stderr.write(`${problem.message}\n`)
    },
  }))
  if (!isOneAfterTheOther) return readTogether(readings.map((begin) => begin()))
  for (const [index, log] of logs.entries()) {
    const begin = readings[index] as () => Reading
    // Threads judge what they read, and tell nobody.
    if (to === undefined && log.canBeCut && isLarge(log.size))
      await named(log.file, readInParts(log, scanner, { config, only }))
    else await readTogether([begin()])
  }
}

/** @param onPiece called for each, such as with --follow, where each burst is judged as it comes */
async function readInto(
  into: ScannedFile,
  pieces: AsyncGenerator<Uint8Array>,
  onPiece?: () => void,
): Promise<void> {
  try {
    for await (const piece of pieces) {
      into.push(piece)
      onPiece?.()
    }
  } finally {
    into.end()
  }
}

const POLL_MS = 500

async function followAll(
  tails: readonly Tail[],
  tell: () => Promise<void>,
  deliver: Deliver,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let grew = false
    for (const tail of tails) grew = (await tail.poll()) || grew
    if (grew) await tell()
    await deliver()
    await wait(POLL_MS, undefined, { signal }).catch(() => {})
  }
  for (const tail of tails) tail.end()
}

/** With pauses that double from half a second: a restart of the server is met, and an end comes within seconds. */
const TRIES = 4

/** Tells a Why1006 server what is read, as it is read. */
function tellerOf(url: string, { service, token, follow }: Order, io: Io) {
  const reader = createEventReader(service)
  const sender = createEventSender({
    url,
    token,
    signal: io.signal,
    ...(!follow && { tries: TRIES }),
    waits: (why) => void io.stderr.write(`${why}\n`),
  })
  return {
    onRecord: (record: LogRecord, line: string, place: Place) =>
      sender.add(reader.eventsOf(record, line, place)),
    flush: sender.flush,
    says: () => {
      const { taken, repeated, refused, reason } = sender.sent
      const counts = sentence`${url} has taken ${taken} events, had ${repeated} already and refused ${refused}`
      return reason === undefined ? sentence`${counts}.` : sentence`${counts}: ${reason}`
    },
  }
}

/** @throws UsageError */
function noToken(given: string | undefined): undefined {
  if (given !== undefined) throw new UsageError(sentence`--token goes with --to`)
}

/** @throws UsageError */
function baseUrl(text: string, { path, since, until }: Asked): string {
  if (path ?? since ?? until)
    throw new UsageError(sentence`--to tells of all lines, without --path, --since or --until`)
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin
  throw new UsageError(
    sentence`--to needs the URL of a Why1006 server, such as http://localhost:9000, not ${text}`,
  )
}

const MOST_CONFIG_BYTES = 64 * 1024 * 1024

async function configOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : named(file, readText(file, MOST_CONFIG_BYTES))
}

/** What goes wrong with a file says which one it was. */
async function named<T>(path: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    // About the server that is told, not about the file.
    if (error instanceof CommandError) throw error
    throw new Error(sentence`${path}: ${problemOf(error)}`)
  })
}

/** Prints the verdict when it is another than the last one. */
function createTeller(judge: Judge, io: Io, json: boolean): () => Promise<void> {
  let last = ''
  return async () => {
    const report = await judge()
    const { outcome, verdicts } = report.report
    const now = `${outcome} ${verdicts[0]?.cause} ${verdicts[0]?.certainty}`
    if (now === last) return
    last = now
    const { describeReport } = await reportWords()
    io.stdout.write(json ? jsonLine(report) : `${describeReport(report.report, colourOf(io))}\n`)
  }
}

const QUIET_MS = 500

/** Calls when lines stop coming for a moment, so that a burst is judged once. */
function afterSilence(act: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      act()
    }, QUIET_MS)
    timer.unref()
  }
}

const colourOf = ({ stdout }: Io) => ({ colour: hasColour(stdout) })
