/** `why1006 diagnose`: probes a URL, prints the report. */
import { readFile } from 'node:fs/promises'
import type { Judged } from '#lib/diagnosis/compare/changes.ts'
import { type Comparison, compareReports } from '#lib/diagnosis/compare/compare.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { comparisonToMarkdown, reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeComparison, describeReport, printable } from '#lib/diagnosis/text.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import { type Evidence, readEvidence } from '#lib/evidence/schema.ts'
import { defineCommand, exit, lastOf, seconds } from '#server/cli/command.ts'
import { problemOf } from '#server/cli/input.ts'
import { hasColour, type Io, type TextSink } from '#server/cli/io.ts'
import { oneUrl, probeOptions, readCertificates, readProbeOptions } from '#server/cli/probe-options.ts'
import { AT_THE_MACHINE } from '#server/probe/address-guard.ts'
import { BUDGET } from '#server/probe/clock.ts'
import { LONGEST_HOLD_SECONDS, type ProbeOptions, probe } from '#server/probe/probe.ts'
import { ProbeRefusal } from '#server/probe/refusal.ts'

const usage = `Usage: why1006 diagnose <url> [options]

Opens the WebSocket stage by stage on raw sockets, tries again with one thing changed where that would tell,
and says what is wrong, how sure that is, and what to do. Understands ws://, wss://, https://, host:port,
Socket.IO and SignalR addresses.

  --json                 one JSON document on stdout: the report with its evidence
  --markdown             a report to paste into an issue
  --origin <origin>      the Origin to send; "none" for no Origin (default: the target's own)
  --subprotocol <name>   ask for a subprotocol; may be repeated or separated by commas
  --header "Name: value" add a header (a cookie, an authorization); may be repeated
  --send <text>          send this message first: some servers drop whoever does not authenticate
  --hold <seconds>       hold the connection in silence, up to ${LONGEST_HOLD_SECONDS} s, to meet idle timers
  --direct <url>         the backend behind the proxy, tried too when the first attempt fails
  --ca <file>            trust the certificates in this PEM file beside Node's own
  --insecure             go on behind a certificate that fails its check
  --timeout <seconds>    patience for one stage, 0.1 to 60 (default ${BUDGET.stageMs / 1000})
  --ipv4, --ipv6         only addresses of this family
  --since <file>         compare with an earlier --json document: what changed, did the fix work?
  --no-retries           only the first attempt

Exit code 0 when healthy, 1 for a fault or when it stays undetermined, 2 for wrong usage.
`

type Format = 'text' | 'json' | 'markdown'

interface Order {
  readonly url: string
  readonly format: Format
  readonly caFile: string | undefined
  /** An earlier document of `--json`. */
  readonly sinceFile: string | undefined
  readonly options: ProbeOptions
}

export const run = defineCommand({
  usage,
  options: {
    ...probeOptions,
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    hold: { type: 'string' },
    direct: { type: 'string' },
    timeout: { type: 'string' },
    since: { type: 'string' },
    'no-retries': { type: 'boolean' },
  },
  read: (given): Order => {
    const { values, positionals } = given
    const { hold, direct, timeout } = values
    const url = oneUrl(positionals, 'diagnose')
    const stageMs = timeout === undefined ? undefined : seconds('--timeout', timeout, 0.1, 60) * 1000
    return {
      url,
      format: lastOf(given, ['json', 'markdown']) ?? 'text',
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
    const evidence = await observe(order, io)
    const report = diagnose(evidence)
    const since = before && compareReports(before, { report, evidence })
    if (io.signal.aborted) io.stderr.write('Interrupted: this is what was known by then.\n')
    io.stdout.write(written({ report, evidence, since }, order.format, io))
    return report.outcome === 'healthy' ? exit.ok : exit.failed
  },
})

type Result = { report: Report; evidence: Evidence; since: Comparison | undefined }

function written({ report, evidence, since }: Result, format: Format, io: Io): string {
  if (format === 'json') return `${JSON.stringify({ ...report, ...(since && { since }), evidence })}\n`
  if (format === 'markdown') {
    return reportToMarkdown(report) + (since ? `\n${comparisonToMarkdown(since)}\n` : '')
  }
  const options = { colour: hasColour(io.stdout) }
  return describeReport(report, options) + (since ? describeComparison(since, options) : '')
}

/**
 * The evidence of an earlier document, judged again: both sides by the same rules.
 * @throws ProbeRefusal when the file can't be read or holds no evidence
 */
async function readEarlier(file: string): Promise<Judged> {
  try {
    const evidence = maskEvidence(readEvidence(await readFile(file, 'utf8')))
    return { evidence, report: diagnose(evidence) }
  } catch (error) {
    throw new ProbeRefusal('option-refused', `--since ${file}: ${problemOf(error)}`)
  }
}

async function observe({ url, caFile, options }: Order, io: Io): Promise<Evidence> {
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
    sink.write(`${mark} ${stage.padEnd(6)} ${when.padStart(9)}  ${printable(says)}\n`)
  }
}
