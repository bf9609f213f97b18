/** `why1006 diagnose`: probes a URL, prints the report. */
import { readFile } from 'node:fs/promises'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { describeReport, printable } from '#lib/diagnosis/text.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { type DiagnoseArguments, readArguments, usage } from '#server/cli/diagnose/arguments.ts'
import { createProgress } from '#server/cli/diagnose/progress.ts'
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
    const evidence = await observe(options, io)
    const report = diagnose(evidence)
    if (io.signal.aborted) io.stderr.write('Interrupted: this is what was known by then.\n')
    io.stdout.write(written(report, evidence, options.format, io))
    return report.outcome === 'healthy' ? HEALTHY : UNWELL
  } catch (error) {
    if (error instanceof ProbeRefusal) return refuse(io, error.message, false)
    throw error
  }
}

function written(report: Report, evidence: Evidence, format: DiagnoseArguments['format'], io: Io): string {
  if (format === 'json') return `${JSON.stringify({ ...report, evidence })}\n`
  if (format === 'markdown') return reportToMarkdown(report)
  return describeReport(report, { colour: io.stdout.isTTY === true && !process.env.NO_COLOR })
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
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new ProbeRefusal('option-refused', `--ca: ${error.message}`)
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
