/** `why1006 diagnose`: probes a URL, prints the report. */
import { readFile } from 'node:fs/promises'
import { type Comparison, compareReports } from '#lib/diagnosis/compare.ts'
import type { Judged } from '#lib/diagnosis/compare-changes.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { comparisonToMarkdown } from '#lib/diagnosis/stored-markdown.ts'
import { describeComparison, describeReport, printable } from '#lib/diagnosis/text.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import { type Evidence, readEvidence } from '#lib/evidence/schema.ts'
import { type DiagnoseArguments, readArguments, usage } from '#server/cli/diagnose/arguments.ts'
import { createProgress } from '#server/cli/diagnose/progress.ts'
import { problemOf } from '#server/cli/input.ts'
import type { Io } from '#server/cli/io.ts'
import { NOTHING_ALLOWED } from '#server/probe/address-guard.ts'
import { probe } from '#server/probe/probe.ts'
import { ProbeRefusal } from '#server/probe/refusal.ts'

const HEALTHY = 0
const UNWELL = 1
const USAGE = 2

/** Whoever runs the command sits at the machine: private addresses are theirs to probe. */
export const AT_THE_MACHINE = { caller: 'local', allow: NOTHING_ALLOWED } as const

/** Exit code 0 healthy, 1 fault or undetermined, 2 wrong usage. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const options = readArguments(args)
  if (options === 'help') {
    io.stdout.write(usage)
    return HEALTHY
  }
  if ('problem' in options) return refuse(io, options.problem, true)
  try {
    const before = options.sinceFile === undefined ? undefined : await readEarlier(options.sinceFile)
    const evidence = await observe(options, io)
    const report = diagnose(evidence)
    const since = before && compareReports(before, { report, evidence })
    if (io.signal.aborted) io.stderr.write('Interrupted: this is what was known by then.\n')
    io.stdout.write(written({ report, evidence, since }, options.format, io))
    return report.outcome === 'healthy' ? HEALTHY : UNWELL
  } catch (error) {
    if (error instanceof ProbeRefusal) return refuse(io, error.message, false)
    throw error
  }
}

type Result = { report: Report; evidence: Evidence; since: Comparison | undefined }

function written({ report, evidence, since }: Result, format: DiagnoseArguments['format'], io: Io): string {
  if (format === 'json') return `${JSON.stringify({ ...report, ...(since && { since }), evidence })}\n`
  if (format === 'markdown') {
    return reportToMarkdown(report) + (since ? `\n${comparisonToMarkdown(since)}\n` : '')
  }
  const options = { colour: io.stdout.isTTY === true && !process.env.NO_COLOR }
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

async function observe({ url, caFile, options }: DiagnoseArguments, io: Io): Promise<Evidence> {
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

/** @throws ProbeRefusal when the file can't be read or holds no certificate */
export async function readCertificates(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ProbeRefusal('option-refused', `--ca ${file}: ${problemOf(error)}`)
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ProbeRefusal('option-refused', `--ca: there is no PEM certificate in ${file}.`)
  }
  return text
}

function refuse(io: Io, problem: string, withUsage: boolean): number {
  io.stderr.write(`${printable(problem)}\n${withUsage ? `\n${usage}` : ''}`)
  return USAGE
}
