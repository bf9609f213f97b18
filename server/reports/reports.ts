/** Evidence in, a kept report out: judged, compared with the one before, and judged again when more is known. */
import { randomBytes } from 'node:crypto'
import type { ReportSummary } from '#lib/api/reports.ts'
import { compareReports } from '#lib/diagnosis/compare/compare.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import type { PreviousReport, StoredReport } from '#lib/diagnosis/stored-report.ts'
import { maskEvidence, maskText } from '#lib/evidence/mask.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { type ReportRecord, type ReportStore, summaryOf } from '#server/reports/store.ts'

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
  const told = async (record: ReportRecord): Promise<StoredReport> => {
    const before = await store.previous(record.id)
    return before ? { ...record, previous: previousOf(before, record) } : { ...record }
  }

  return {
    async create(given) {
      const evidence = maskEvidence(given)
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
        const evidence = mergeEvidence(before.evidence, maskEvidence(added))
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
    async list({ url, limit }) {
      // Kept under the masked address, so that is how it is found.
      const query = { limit, url: url === undefined ? undefined : maskText(url) }
      return [...(await store.list(query))]
    },
  }
}

function previousOf(before: ReportRecord, now: ReportRecord): PreviousReport {
  const { url: _, ...summary } = summaryOf(before)
  return { ...summary, ...compareReports(before, now) }
}
