/** A report that was made elsewhere: its evidence is judged again here, so that each verdict and each fix is ours. */
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { type Report, reportSchema } from '#lib/diagnosis/report.ts'
import type { ImportedFrom } from '#lib/diagnosis/stored-report.ts'
import { EvidenceError, parseEvidence } from '#lib/evidence/schema.ts'
import { sentence } from '#lib/text/foreign.ts'

export type Imported =
  | {
      readonly ok: true
      /** Seconds since the Unix epoch; undefined where the file does not say. */
      readonly created: number | undefined
      readonly said: ImportedFrom['said']
      readonly judged: ReturnType<typeof readAndJudge>
    }
  | { readonly ok: false; readonly problem: Problem }

/** The members of an exported report that count here: what it says is only compared. */
const exported = z.looseObject({
  created: z.optional(z.number()),
  evidence: z.optional(z.unknown()),
  report: z.optional(reportSchema),
})

/** @param now seconds since the Unix epoch */
export function importReport(value: unknown, now: number): Imported {
  const document = z.safeParse(exported, value)
  if (!document.success) {
    const at = document.error.issues[0]?.path.join('.')
    return refused(at ? sentence`${at} is not what a report has there.` : sentence`This is not a report.`)
  }
  const { evidence, report } = document.data
  const created = document.data.created && toMilliseconds(document.data.created)
  if (evidence === undefined) return refused(sentence`The file has no evidence, so it is not a report.`)
  if (created !== undefined && !isPast(created, now)) {
    return refused(
      sentence`The report’s time is not in the past: created is ${created}, in seconds since 1970.`,
    )
  }
  try {
    const judged = readAndJudge({ evidence: parseEvidence(evidence) })
    const said = whatItSaid(report ?? reportOfCommand(value), judged.report)
    return { ok: true, created, said, judged }
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return refused(sentence`The evidence of the report cannot be read: ${error.problems[0] ?? 'no reason'}.`)
  }
}

/** As cursors and times in files are written. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** Clocks differ, by a day at most. */
const isPast = (seconds: number, now: number): boolean => seconds > 0 && seconds < now + 86_400

/** The command line prints a report and its evidence in one object. */
function reportOfCommand(value: unknown): Report | undefined {
  const report = z.safeParse(reportSchema, value)
  return report.success ? report.data : undefined
}

const CAUSE = /^[a-z0-9-]{1,60}$/

function whatItSaid(theirs: Report | undefined, ours: Report): ImportedFrom['said'] {
  if (theirs === undefined) return undefined
  const [cause, own] = [theirs, ours].map(({ verdicts }) => verdicts[0]?.cause)
  if (theirs.outcome === ours.outcome && cause === own) return undefined
  return { outcome: theirs.outcome, ...(cause !== undefined && CAUSE.test(cause) && { cause }) }
}

const refused = (message: string): Imported => ({
  ok: false,
  problem: {
    error: 'not_a_report',
    message,
    remedy: 'Choose a report that Why1006 exported: its HTML file, or its JSON.',
  },
})
