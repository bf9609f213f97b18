/** `why1006 watch`: one connection for hours, every loss with its verdict, and what the losses share. */
import { type Histograms, histogramsOf } from '#lib/diagnosis/judge-logs.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeReport, printable } from '#lib/diagnosis/text.ts'
import { silenceOf } from '#lib/logs/lifetimes.ts'
import { AT_THE_MACHINE, readCertificates } from '#server/cli/diagnose.ts'
import type { Io } from '#server/cli/io.ts'
import { describeHistograms } from '#server/cli/logs/text.ts'
import { readArguments, usage, type WatchArguments } from '#server/cli/watch/arguments.ts'
import { describeEnd } from '#server/probe/describe-stage.ts'
import { keepWatch, type WatchEvent, type WatchSummary } from '#server/probe/keep-watch.ts'
import { ProbeRefusal } from '#server/probe/refusal.ts'

const HELD = 0
const LOST = 1
const USAGE = 2

/** Exit code 0 when nothing was lost, 1 when something was, 2 for wrong usage. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const options = readArguments(args)
  if (options === 'help') {
    io.stdout.write(usage)
    return HELD
  }
  if ('problem' in options) {
    io.stderr.write(`${printable(options.problem)}\n\n${usage}`)
    return USAGE
  }
  try {
    const summary = await watch(options, io)
    const histograms = histogramsOf(summary.lifetimes.map(lifetimeOf))
    io.stdout.write(
      options.json ? summaryJson(summary, histograms) : summaryText(summary, histograms, options, io),
    )
    return summary.lifetimes.length + summary.refused === 0 ? HELD : LOST
  } catch (error) {
    if (!(error instanceof ProbeRefusal)) throw error
    io.stderr.write(`${printable(error.message)}\n`)
    return USAGE
  }
}

async function watch(
  { url, json, caFile, options, ...limits }: WatchArguments,
  io: Io,
): Promise<WatchSummary> {
  const ca = caFile === undefined ? {} : { ca: await readCertificates(caFile) }
  return keepWatch(
    { url, options: { ...options, ...ca }, ...limits },
    {
      policy: AT_THE_MACHINE,
      signal: io.signal,
      clock: Date.now,
      random: Math.random,
      onEvent: (event) => {
        if (event.kind === 'opened') io.stderr.write(`${stamp(event.at_ms)}  connected\n`)
        else io.stdout.write(json ? eventJson(event) : `${eventText(event)}\n`)
      },
    },
  )
}

type Trouble = Exclude<WatchEvent, { kind: 'opened' }>

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

function eventText(event: Trouble): string {
  const end = event.evidence.probe?.end
  const how = end ? describeEnd(end) : 'nothing was seen'
  const silence = event.kind === 'lost' ? `, ${seconds(event.silence_ms)} of them silent` : ''
  const what = event.kind === 'lost' ? `lost, ${how}${silence}` : `not opened, ${how}`
  return printable(`${stamp(event.at_ms)}  ${what}: ${verdictText(event.report)}`)
}

/** `idle-timeout (likely), proxy-restart (possible)`: the first three. */
function verdictText({ verdicts }: Report): string {
  const named = verdicts.slice(0, 3).map(({ cause, certainty }) => `${cause} (${certainty})`)
  return named.length === 0 ? 'no cause is named' : named.join(', ')
}

/** `at` in epoch seconds, as everywhere on the wire. */
function eventJson({ at_ms: atMs, ...event }: Trouble): string {
  return `${JSON.stringify({ at: atMs / 1000, ...event })}\n`
}

function lifetimeOf(life: WatchSummary['lifetimes'][number]) {
  const { opened_ms: openedMs, last_byte_ms: lastByteMs, closed_ms: closedMs } = life
  return {
    ...(openedMs === undefined ? {} : { openedMs }),
    ...(lastByteMs === undefined ? {} : { lastByteMs }),
    ...(closedMs === undefined ? {} : { closedMs }),
  }
}

function summaryJson({ attempts, refused, lifetimes, report }: WatchSummary, histograms: Histograms): string {
  return `${JSON.stringify({ kind: 'summary', attempts, lost: lifetimes.length, refused, histograms, report })}\n`
}

function summaryText(
  summary: WatchSummary,
  histograms: Histograms,
  { options }: WatchArguments,
  io: Io,
): string {
  const { attempts, refused, lifetimes, report } = summary
  const counts = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}, ${lifetimes.length} lost, ${refused} not opened`
  const colour = io.stdout.isTTY === true && !process.env.NO_COLOR
  const parts = [
    counts,
    describeHistograms(histograms),
    report ? describeReport(report, { colour }).trimEnd() : '',
    options.heartbeatSeconds === undefined ? nextStep(summary) : '',
  ]
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** What to do where every connection was silent all its life, so that silence and age look alike. */
function nextStep({ lifetimes, report }: WatchSummary): string {
  const likely = report?.verdicts.filter(({ certainty }) => certainty !== 'possible') ?? []
  const areLevel = (['idle-timeout', 'max-lifetime'] as const).every((id) =>
    likely.some(({ cause }) => cause === id),
  )
  const silences = lifetimes.flatMap((life) => silenceOf(lifetimeOf(life)) ?? [])
  if (!areLevel || silences.length === 0) return ''
  const shortestMs = silences.reduce((least, ms) => Math.min(least, ms))
  // Well within the silence, in tenths of a second.
  const everySeconds = Math.max(0.1, Math.floor(shortestMs / 4 / 100) / 10)
  return [
    `Run it again with --heartbeat ${everySeconds}: what was cut for its silence will hold, and what is cut for its age`,
    'will be lost at the same age.',
  ].join('\n')
}
