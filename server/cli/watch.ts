/** `why1006 watch`: one connection for hours, every loss with its verdict, and what the losses share. */
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { type Histograms, histogramsOf } from '#lib/diagnosis/log-histograms.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { PeerEvidence } from '#lib/evidence/schema.ts'
import { silenceOf } from '#lib/logs/lifetimes.ts'
import { sentence } from '#lib/text/foreign.ts'
import { defineCommand, exit, seconds, UsageError } from '#server/cli/command.ts'
import { hasColour, type Io, jsonLine } from '#server/cli/io.ts'
import { describeHistograms } from '#server/cli/logs/text.ts'
import { ownServer, ownServerUsage } from '#server/cli/own-server.ts'
import { oneUrl, probeOptions, readCertificates, readProbeOptions } from '#server/cli/probe-options.ts'
import { tokenOf, tokenOption, tokenUsage } from '#server/cli/token.ts'
import { handOver, type Keeper, keeperOf } from '#server/cli/watch/hand-over.ts'
import { createNotifier, readSecret } from '#server/cli/watch/notify.ts'
import { type TellerOptions, tellJournal } from '#server/cli/watch/to-journal.ts'
import { describeOutcome } from '#server/probe/describe-stage.ts'
import {
  keepWatch,
  LONGEST_WATCH_MS,
  type WatchSummary as WatchCounts,
  type WatchEvent,
} from '#server/probe/keep-watch.ts'
import type { ProbeOptions } from '#server/probe/probe.ts'
import { AT_THE_MACHINE } from '#server/probe/transport/address-guard.ts'
import { readWebhookUrl } from '#server/watch/webhook.ts'

const usage = `Usage: why1006 watch <url> [options]

Keeps a WebSocket open for hours, opens it again when it is lost, and reports every loss with its cause. Ends with
Ctrl-C, and then says what the losses have in common: age, silence before the cut, time of day.

  --heartbeat <seconds>  send a ping this often (default: silence, and the server’s pings are answered)
  --for <time>           how long: 90, 90s, 15m, 8h, 2d (default: until Ctrl-C)
  --losses <number>      end after so many losses and failed attempts
  --json                 one JSON document a line: each loss, then the summary
  --notify <url>         POST each change (down, up) there as JSON, signed with NOTIFY_SECRET
  --notify-secret-file <file>  signs with what is in the file instead
  --keep                 hand it to a Why1006 server, which watches for days and keeps every loss
  --server <url>         that server, or without --keep the one whose journal gets each change, where one runs
                         (${ownServerUsage})
  --token <token>        ${tokenUsage}
  --origin, --subprotocol, --header, --send, --quiet, --ca, --insecure, --ipv4, --ipv6: as for diagnose

Exit code 0 when the connection was never lost, 1 when it was or could not be opened, 2 for wrong usage.
`

interface WatchSummary extends WatchCounts {
  readonly lifetimes: readonly PeerEvidence[]
  /** The last loss or refusal, judged with all the others beside it. */
  readonly report: Report | undefined
}

interface Order {
  readonly url: string
  readonly json: boolean
  readonly caFile: string | undefined
  readonly forMs: number
  readonly mostLosses: number
  readonly options: ProbeOptions
  readonly notify: { readonly url: URL; readonly secretFile: string | undefined } | undefined
  /** The server whose journal is told, and whether it was named. */
  readonly journal: Pick<TellerOptions, 'address' | 'isNamed' | 'token'>
  /** The server that is to watch in place of this command. */
  readonly keeper: Keeper | undefined
}

export const run = defineCommand({
  usage,
  options: {
    ...probeOptions,
    heartbeat: { type: 'string' },
    for: { type: 'string' },
    losses: { type: 'string' },
    json: { type: 'boolean' },
    notify: { type: 'string' },
    'notify-secret-file': { type: 'string' },
    keep: { type: 'boolean' },
    server: { type: 'string' },
    ...tokenOption,
  },
  read: async ({ values, positionals }): Promise<Order> => {
    const { heartbeat, for: wanted, losses, notify } = values
    const url = oneUrl(positionals, 'watch')
    const options = readProbeOptions(values)
    const heartbeatSeconds =
      heartbeat === undefined ? undefined : seconds('--heartbeat', heartbeat, 0.1, 3600)
    return {
      url,
      json: values.json === true,
      caFile: values.ca,
      forMs: wanted === undefined ? Number.POSITIVE_INFINITY : duration(wanted),
      mostLosses: losses === undefined ? Number.POSITIVE_INFINITY : number('--losses', losses),
      options: { ...options, ...(heartbeatSeconds !== undefined && { heartbeatSeconds }) },
      notify:
        notify === undefined
          ? undefined
          : { url: readWebhookUrl(notify), secretFile: values['notify-secret-file'] },
      journal: {
        address: ownServer(values),
        isNamed: values.server !== undefined,
        token: tokenOf(values),
      },
      keeper: await keeperOf(url, values, heartbeatSeconds),
    }
  },
  run: async (order, io) => {
    if (order.keeper !== undefined) {
      const page = await handOver(order.keeper, io.signal)
      const { server } = order.keeper
      io.stdout.write(`${sentence`${server.origin} watches it. Its losses are at ${page}`}\n`)
      return exit.ok
    }
    const summary = await watch(order, io)
    const histograms = histogramsOf(summary.lifetimes.map(lifetimeOf))
    io.stdout.write(
      order.json ? summaryJson(summary, histograms) : summaryText(summary, histograms, order, io),
    )
    return summary.lost + summary.refused === 0 ? exit.ok : exit.failed
  },
})

const UNIT_MS: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function duration(text: string): number {
  const [, value = '', unit = ''] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? []
  const ms = Number(value) * (UNIT_MS[unit] ?? Number.NaN)
  if (value === '' || !(ms > 0 && ms <= LONGEST_WATCH_MS)) {
    throw new UsageError(sentence`--for takes a time such as 90s, 15m or 8h, up to 24 days, not “${text}”.`)
  }
  return ms
}

function number(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(sentence`${option} takes a number from 1 on, not “${text}”.`)
  return Number(text)
}

async function watch(
  { url, json, caFile, options, notify, journal, keeper: _, ...limits }: Order,
  io: Io,
): Promise<WatchSummary> {
  const secretFile = notify?.secretFile
  const secret =
    secretFile === undefined ? process.env.NOTIFY_SECRET || undefined : await readSecret(secretFile)
  const notifier = notify && createNotifier({ url: notify.url, secret }, url, io)
  const ca = caFile === undefined ? {} : { ca: await readCertificates(caFile) }
  const teller = await tellJournal({
    ...journal,
    url,
    signal: io.signal,
    say: (line) => io.stderr.write(`${line}\n`),
  })
  const lifetimes: PeerEvidence[] = []
  let report: Report | undefined
  const counts = await keepWatch(
    { url, options: { ...options, ...ca }, ...limits },
    {
      policy: AT_THE_MACHINE,
      signal: io.signal,
      clock: Date.now,
      random: Math.random,
      onEvent: (event) => {
        if (event.kind === 'opened') {
          notifier?.tell(event)
          teller?.tell(event)
          io.stderr.write(`${stamp(event.at_ms)}  connected\n`)
          return
        }
        report = diagnose({ ...event.evidence, peers: event.peers })
        notifier?.tell(event, report)
        teller?.tell(event, report)
        if (event.kind === 'lost') lifetimes.push(event.life)
        const judged = { ...event, report }
        io.stdout.write(json ? eventJson(judged) : `${eventText(judged)}\n`)
      },
    },
  )
  await Promise.all([notifier?.end(), teller?.end()])
  return { ...counts, lifetimes, report }
}

type Trouble = Exclude<WatchEvent, { kind: 'opened' }> & { readonly report: Report }

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

function eventText(event: Trouble): string {
  const { probe } = event.evidence
  const how = probe?.end ? describeOutcome(outcomeOfProbe(probe)) : 'nothing was seen'
  const silence = event.kind === 'lost' ? `, ${inSeconds(event.silence_ms)} of them silent` : ''
  const what = event.kind === 'lost' ? `lost, ${how}${silence}` : `not opened, ${how}`
  const learned = event.kind === 'lost' && event.learned ? `. ${event.learned}` : ''
  return `${stamp(event.at_ms)}  ${what}: ${verdictText(event.report)}${learned}`
}

/** `idle-timeout (likely), proxy-restart (possible)`: the first three. */
function verdictText({ verdicts }: Report): string {
  const named = verdicts.slice(0, 3).map(({ cause, certainty }) => `${cause} (${certainty})`)
  return named.length === 0 ? 'no cause is named' : named.join(', ')
}

/** `at` in epoch seconds, as everywhere on the wire. */
function eventJson({ at_ms: atMs, ...event }: Trouble): string {
  // The losses before were told already, each on a line of its own.
  return jsonLine({ at: atMs / 1000, ...event, peers: undefined, life: undefined })
}

function lifetimeOf(life: WatchSummary['lifetimes'][number]) {
  const { opened_ms: openedMs, last_byte_ms: lastByteMs, closed_ms: closedMs } = life
  return {
    ...(openedMs === undefined ? {} : { openedMs }),
    ...(lastByteMs === undefined ? {} : { lastByteMs }),
    ...(closedMs === undefined ? {} : { closedMs }),
  }
}

function summaryJson({ attempts, lost, refused, report }: WatchSummary, histograms: Histograms): string {
  return jsonLine({ kind: 'summary', attempts, lost, refused, histograms, report })
}

function summaryText(summary: WatchSummary, histograms: Histograms, { options }: Order, io: Io): string {
  const { attempts, lost, refused, report } = summary
  const counts = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}, ${lost} lost, ${refused} not opened`
  const colour = hasColour(io.stdout)
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
  return `Run again with --heartbeat ${everySeconds}. An idle timeout will disappear. A lifetime limit will not.`
}
