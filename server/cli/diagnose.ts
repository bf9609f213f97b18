/** `why1006 diagnose`: probes a URL, or reads what was brought (files, standard input), and prints the report. */
import { existsSync } from 'node:fs'
import { understandTarget } from '#lib/applications/target.ts'
import type { BundledReport } from '#lib/bundle/open.ts'
import type { Judged } from '#lib/diagnosis/compare/changes.ts'
import { type Comparison, compareReports } from '#lib/diagnosis/compare/compare.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToHtml } from '#lib/diagnosis/html/document.ts'
import { comparisonToMarkdown, reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { describeReading } from '#lib/diagnosis/reading-text.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeComparison, describeReport } from '#lib/diagnosis/text.ts'
import { maskEvidence, maskText } from '#lib/evidence/mask.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import { type Evidence, readEvidence } from '#lib/evidence/schema.ts'
import type { SourceReading } from '#lib/intake/pieces.ts'
import { readBrought, type Source } from '#lib/intake/read.ts'
import { sentence } from '#lib/text/foreign.ts'
import { exportedIn } from '#lib/text/report-block.ts'
import { type Bundled, describeBundled, readBundled } from '#server/cli/bundled.ts'
import { CommandError, defineCommand, exit, lastOf, seconds, UsageError } from '#server/cli/command.ts'
import { problemOf, readInput, readText } from '#server/cli/input.ts'
import { hasColour, type Io, jsonLine, type TextSink } from '#server/cli/io.ts'
import { oneUrl, probeOptions, readCertificates, readProbeOptions } from '#server/cli/probe-options.ts'
import { LONGEST_HOLD_SECONDS, type ProbeOptions, probe } from '#server/probe/probe.ts'
import { AT_THE_MACHINE } from '#server/probe/transport/address-guard.ts'
import { BUDGET } from '#server/probe/transport/clock.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'

const usage = `Usage: why1006 diagnose [url] [file…|-] [options]

With a URL alone: opens the WebSocket stage by stage on raw sockets. Opens it again with one thing changed where that
tells more. Says what is wrong, how sure that is, and what to do. Understands ws://, wss://, https://, host:port,
Socket.IO and SignalR addresses.
With files, or "-" for standard input: reads anything about the failure and names the cause without a connection.
Console messages, logs, stack traces, configurations, curl output, HAR files and evidence documents can be mixed.
A URL beside them is the target; --probe probes it too.

  --json                 one JSON document on stdout: the report with its evidence, and what was read
  --probe                probe the URL, too, where files are given
  --markdown             a report to paste into an issue
  --html                 a report as one page that needs nothing else, to send or to import
  --origin <origin>      the Origin to send; "none" for no Origin (default: the target’s own)
  --subprotocol <name>   ask for a subprotocol; may be repeated or separated by commas
  --header "Name: value" add a header (a cookie, an authorization); may be repeated
  --send <text>          send this message first: some servers drop clients that do not authenticate
  --quiet                say nothing for a recognized protocol (Socket.IO, MQTT, GraphQL …), as the probe else does
  --hold <seconds>       hold the connection in silence, up to ${LONGEST_HOLD_SECONDS} s, to meet idle timers
  --direct <url>         the backend behind the proxy, tried too when the first attempt fails
  --ca <file>            trust the certificates in this PEM file beside Node’s own
  --insecure             continue despite an invalid certificate
  --timeout <seconds>    timeout per stage, 0.1 to 60 (default ${BUDGET.stageMs / 1000})
  --ipv4, --ipv6         only addresses of this family
  --since <file>         compare with an earlier --json or --html document: what changed, did the fix work?
  --no-retries           only the first attempt

Exit code 0 when healthy, 1 for a fault or when undetermined, 2 for wrong usage or a file that cannot be read.
`

type Format = 'text' | 'json' | 'markdown' | 'html'

interface Order {
  /** Undefined where only files were given. */
  readonly url: string | undefined
  /** Names of files, `-` for standard input. */
  readonly files: readonly string[]
  readonly probes: boolean
  readonly format: Format
  readonly caFile: string | undefined
  /** An earlier document of `--json` or `--html`. */
  readonly sinceFile: string | undefined
  readonly options: ProbeOptions
}

export const run = defineCommand({
  usage,
  options: {
    ...probeOptions,
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    html: { type: 'boolean' },
    hold: { type: 'string' },
    direct: { type: 'string' },
    probe: { type: 'boolean' },
    timeout: { type: 'string' },
    since: { type: 'string' },
    'no-retries': { type: 'boolean' },
  },
  read: (given): Order => {
    const { values, positionals } = given
    const { hold, direct, timeout } = values
    const { urls, files } = sorted(positionals)
    const url = urls.length === 0 && files.length > 0 ? undefined : oneUrl(urls, 'diagnose')
    const stageMs = timeout === undefined ? undefined : seconds('--timeout', timeout, 0.1, 60) * 1000
    return {
      url,
      files,
      probes: files.length === 0 || values.probe === true,
      format: lastOf(given, ['json', 'markdown', 'html']) ?? 'text',
      caFile: values.ca,
      sinceFile: values.since,
      options: {
        ...readProbeOptions(values),
        ...(hold !== undefined && { holdSeconds: seconds('--hold', hold, 0, LONGEST_HOLD_SECONDS) }),
        ...(direct !== undefined && { direct }),
        ...(stageMs !== undefined && { budget: { stageMs, runMs: Math.max(BUDGET.runMs, stageMs * 4.5) } }),
        retries: values['no-retries'] !== true,
      },
    }
  },
  run: async (order, io) => {
    const before = order.sinceFile === undefined ? undefined : await readEarlier(order.sinceFile)
    const given = await readSources(order.files, io)
    const brought = given.sources.length > 0 ? readBrought(given.sources) : undefined
    if (given.reports.length > 0)
      io.stderr.write(`Reports in the bundle:\n${describeBundled(given.reports)}\n`)
    const evidence = mergeEvidence(maskEvidence(brought?.evidence ?? {}), await observe(order, io))
    const report = diagnose(evidence)
    const since = before && compareReports(before, { report, evidence })
    if (io.signal.aborted) io.stderr.write('Interrupted. Results so far:\n')
    io.stdout.write(written({ report, evidence, since, read: maskReading(brought?.read) }, order.format, io))
    return report.outcome === 'healthy' ? exit.ok : exit.failed
  },
})

/** A file that is there is one; what is left is taken for a URL. `-` is standard input. */
function sorted(operands: readonly string[]): { urls: string[]; files: string[] } {
  const isFile = (operand: string) => operand === '-' || existsSync(operand)
  const files = operands.filter(isFile)
  const urls = operands.filter((operand) => !isFile(operand))
  const missing = urls.find((url) => /^\.{0,2}\/|\.(?:txt|log|json|conf|har|gz|ya?ml|cfg|md|out)$/i.test(url))
  if (missing !== undefined)
    throw new CommandError(sentence`${missing}: ${problemOf(noSuchFile)}.`, exit.usage)
  return { urls, files }
}

const noSuchFile = Object.assign(new Error('no such file'), { code: 'ENOENT' })

/** @throws CommandError that names the file which cannot be read */
async function readSources(files: readonly string[], io: Io): Promise<Bundled> {
  const sources: Source[] = []
  const reports: BundledReport[] = []
  for (const file of files) {
    try {
      const bundled = file === '-' ? undefined : readBundled(file, MOST_BYTES)
      reports.push(...(bundled?.reports ?? []))
      if (bundled !== undefined) sources.push(...bundled.sources)
      else sources.push({ file: file === '-' ? 'paste' : file, text: await readInput(file, io, MOST_BYTES) })
    } catch (error) {
      throw new CommandError(sentence`${file}: ${problemOf(error)}.`, exit.usage)
    }
  }
  return { sources, reports }
}

/** Larger logs are for \`why1006 logs\`, which reads files of any size. */
const MOST_BYTES = 64 * 1024 * 1024

/** Lines that were not understood may hold secrets as well. */
const maskReading = (read: SourceReading[] | undefined): SourceReading[] | undefined =>
  read?.map((source) => ({
    ...source,
    unread: source.unread.map(({ line, text }) => ({ line, text: maskText(text) })),
  }))

type Result = {
  report: Report
  evidence: Evidence
  since: Comparison | undefined
  read: SourceReading[] | undefined
}

function written({ report, evidence, since, read }: Result, format: Format, io: Io): string {
  if (format === 'json') {
    return jsonLine({ ...report, ...(since && { since }), evidence, ...(read && { read }) })
  }
  if (format === 'markdown') {
    return reportToMarkdown(report) + (since ? `\n${comparisonToMarkdown(since)}\n` : '')
  }
  if (format === 'html') {
    const url = evidence.target?.url
    const created = Date.now() / 1000
    return reportToHtml({ id: '', created, ...(url !== undefined && { url }), report, evidence }, since)
  }
  const options = { colour: hasColour(io.stdout) }
  return (
    (read ? describeReading(read) : '') +
    describeReport(report, options) +
    (since ? describeComparison(since, options) : '')
  )
}

/** An exported page has its JSON inside. */
const exported = (text: string): string => exportedIn(text) ?? text

/**
 * The evidence of an earlier document, judged again: both sides by the same rules.
 * @throws ProbeRefusal when the file can't be read or holds no evidence
 */
async function readEarlier(file: string): Promise<Judged> {
  try {
    const evidence = maskEvidence(readEvidence(exported(await readText(file, MOST_BYTES))))
    return { evidence, report: diagnose(evidence) }
  } catch (error) {
    throw new ProbeRefusal('option-refused', sentence`--since ${file}: ${problemOf(error)}`)
  }
}

async function observe({ url, probes, caFile, options }: Order, io: Io): Promise<Evidence> {
  if (url === undefined) return {}
  if (!probes) return targetOf(url)
  const ca = caFile === undefined ? {} : { ca: await readCertificates(caFile) }
  return probe(
    url,
    { ...options, ...ca },
    {
      policy: AT_THE_MACHINE,
      signal: io.signal,
      onStage: createProgress(io.stderr),
    },
  )
}

/** A wait that is announced before it begins: shorter ones are over before one has read the line. */
const WORTH_ANNOUNCING_MS = 3000

const MARKS = { started: '…', ok: '✓', failed: '✗' } as const
const COLOURS = { started: '\u001b[2m', ok: '\u001b[32m', failed: '\u001b[31m' } as const
const PLAIN = '\u001b[0m'

/** The stages as lines, each as it ends. */
function createProgress(sink: TextSink): (event: StageEvent) => void {
  return ({ stage, state, ms, says, for_ms: forMs = 0 }) => {
    if (state === 'started' && forMs < WORTH_ANNOUNCING_MS) return
    const mark = hasColour(sink) ? `${COLOURS[state]}${MARKS[state]}${PLAIN}` : MARKS[state]
    const when = state === 'started' ? '' : `${ms} ms`
    sink.write(`${mark} ${stage.padEnd(6)} ${when.padStart(9)}  ${says}\n`)
  }
}

/** @throws UsageError where it is not a URL */
function targetOf(typed: string): Evidence {
  const target = understandTarget(typed)
  if (!target.ok) throw new UsageError(target.says)
  return { target: { url: target.url } }
}
