/** `why1006 logs`: reads log files line by line and prints what ended their connections. */
import { setTimeout as wait } from 'node:timers/promises'
import { judgeLogs, type LogReport } from '#lib/diagnosis/judge-logs.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import { createLogScanner, type LogScanner, type ScannedFile } from '#lib/logs/scanner.ts'
import { sentence } from '#lib/text/foreign.ts'
import { CommandError, defineCommand, exit, UsageError } from '#server/cli/command.ts'
import { problemOf, readText } from '#server/cli/input.ts'
import { hasColour, type Io, jsonLine } from '#server/cli/io.ts'
import { createTail, type Tail } from '#server/cli/logs/follow.ts'
import { openLog, piecesOf } from '#server/cli/logs/pieces.ts'
import { describeLogs } from '#server/cli/logs/text.ts'

const usage = `Usage: why1006 logs [--json] [--follow] [--config <nginx.conf>] [file…]

Reads logs of any size: the Why1006 server’s, nginx, HAProxy, Apache, Caddy, uvicorn; plain or gzip. Joins their lines
into connections and says what most of the failed ones share. A rotation is read in the order given: the
older file first. Without a file, or with -, standard input is read.

  --json            one JSON document instead of text (with --follow one a line, at each new verdict)
  --follow          keep reading as the files grow, across rotation, and print each new verdict
  --config <file>   an nginx configuration: its log_format, and its timers where one location passes WebSockets on

Exit code 0 when all could be read, 2 for wrong usage or a file that cannot be read.
`

interface Order {
  readonly files: readonly string[]
  readonly json: boolean
  readonly follow: boolean
  readonly config: string | undefined
}

export const run = defineCommand({
  usage,
  options: { json: { type: 'boolean' }, follow: { type: 'boolean', short: 'f' }, config: { type: 'string' } },
  read: ({ values: { json = false, follow = false, config }, positionals }): Order => ({
    files: positionals,
    json,
    follow,
    config,
  }),
  run: async (order, io) => {
    if (order.files.length === 0 && io.stdin.isTTY)
      throw new UsageError(sentence`Give a file, or pipe lines in.`)
    try {
      const config = await configOf(order.config)
      const scanner = createLogScanner({ custom: config === undefined ? [] : parsersOfConfig(config) })
      const judge = () => judgeLogs(scanner.summary(), config)
      const report = await readAll(order, scanner, judge, io)
      if (!order.json) io.stdout.write(describeLogs(report, colourOf(io)))
      else if (!order.follow) io.stdout.write(jsonLine(report))
      return exit.ok
    } catch (error) {
      throw new CommandError(problemOf(error), exit.usage)
    }
  },
})

type Judge = () => LogReport

async function readAll(
  { files, follow, json }: Order,
  scanner: LogScanner,
  judge: Judge,
  io: Io,
): Promise<LogReport> {
  const tell = createTeller(judge, io, json)
  const tails: Tail[] = []
  for (const path of files.length === 0 ? ['-'] : files) {
    if (path === '-') {
      const into = scanner.open('standard input')
      await named(
        path,
        readInto(into, piecesOf(io.stdin, io.signal), follow ? afterSilence(tell) : undefined),
      )
      continue
    }
    const log = await named(path, openLog(path))
    const into = scanner.open(path, log.year)
    if (follow && log.isPlainFile) {
      tails.push(createTail(path, into))
    } else {
      // A file has an end: only what goes on for as long as somebody writes is worth a verdict when it is interrupted.
      const signal = follow ? io.signal : undefined
      await named(path, readInto(into, log.pieces(signal))).catch((error: unknown) => {
        // A packed file may end early, when it is still being written or was cut: what it held counts.
        if (!log.isPacked) throw error
        io.stderr.write(`${problemOf(error)}\n`)
      })
    }
  }
  if (tails.length > 0) await followAll(tails, tell, io.signal)
  return judge()
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

async function followAll(tails: readonly Tail[], tell: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let grew = false
    for (const tail of tails) grew = (await tail.poll()) || grew
    if (grew) tell()
    await wait(POLL_MS, undefined, { signal }).catch(() => {})
  }
  for (const tail of tails) tail.end()
}

const MOST_CONFIG_BYTES = 64 * 1024 * 1024

async function configOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : named(file, readText(file, MOST_CONFIG_BYTES))
}

/** What goes wrong with a file says which one it was. */
async function named<T>(path: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw new Error(sentence`${path}: ${problemOf(error)}`)
  })
}

/** Prints the verdict when it is another than the last one. */
function createTeller(judge: Judge, io: Io, json: boolean): () => void {
  let last = ''
  return () => {
    const report = judge()
    const { outcome, verdicts } = report.report
    const now = `${outcome} ${verdicts[0]?.cause} ${verdicts[0]?.certainty}`
    if (now === last) return
    last = now
    io.stdout.write(json ? jsonLine(report) : `${describeReport(report.report, colourOf(io))}\n`)
  }
}

const QUIET_MS = 500

/** Calls when lines stop coming for a moment, so that a burst is judged once. */
function afterSilence(act: () => void): () => void {
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
