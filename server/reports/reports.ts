/** Evidence in, a kept report out: judged, compared with the one before, and judged again when more is known. */
import { randomBytes } from 'node:crypto'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { ReportSummary, StoredReport } from '#lib/protocol/reports.ts'
import type { ReportRecord, ReportStore } from '#server/reports/store.ts'

export interface Reports {
  /** Judges the evidence and keeps the report. */
  create(evidence: Evidence): Promise<StoredReport>
  /** Adds evidence and judges again; undefined when there is no report of this id. */
  add(id: string, evidence: Evidence): Promise<StoredReport | undefined>
  get(id: string): Promise<StoredReport | undefined>
  /** Newest first. */
  list(query: { url?: string | undefined; limit: number }): Promise<ReportSummary[]>
}

/** @param now seconds since the Unix epoch */
export function createReports(store: ReportStore, now: () => number = () => Date.now() / 1000): Reports {
  const told = async (record: ReportRecord): Promise<StoredReport> => ({ ...record })

  return {
    async create(evidence) {
      const url = evidence.target?.url
      const record: ReportRecord = {
        id: randomBytes(16).toString('hex'),
        created: now(),
        ...(url !== undefined && { url }),
        report: diagnose(evidence),
        evidence,
      }
      await store.add(record)
      return told(record)
    },
    async add(id, added) {
      const record = await store.update(id, (before) => {
        const evidence = mergeEvidence(before.evidence, added)
        const url = before.url ?? evidence.target?.url
        return {
          ...before,
          updated: now(),
          ...(url !== undefined && { url }),
          report: diagnose(evidence),
          evidence,
        }
      })
      return record && told(record)
    },
    async get(id) {
      const record = await store.get(id)
      return record && told(record)
    },
    async list(query) {
      return (await store.list(query)).map(summaryOf)
    },
  }
}

function summaryOf({ id, created, url, report }: ReportRecord): ReportSummary {
  const leading = report.outcome === 'healthy' ? undefined : report.verdicts[0]
  return {
    id,
    created,
    ...(url !== undefined && { url }),
    outcome: report.outcome,
    ...(leading && { cause: leading.cause, certainty: leading.certainty }),
  }
}
