'use client'
/** Reports, as the pages ask for them. Everything rejects with a `ProblemError`. */
import { type DiagnoseOrder, diagnoseLine } from '#lib/api/diagnose.ts'
import {
  type EvidenceAnswer,
  evidenceAnswer,
  type ImportAnswer,
  importAnswer,
  type ReportComparison,
  type ReportList,
  reportComparison,
  reportList,
} from '#lib/api/reports.ts'
import { type StoredReport, storedReport } from '#lib/diagnosis/stored-report.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { cutOff, ProblemError } from './problem.ts'
import { getJson, postForLines, postJson, postWritten } from './request.ts'

interface Watching {
  /** Aborted, it rejects with the signal's reason. */
  readonly signal?: AbortSignal
  readonly onStage?: (event: StageEvent) => void
}

/** Has the server probe a URL. */
export async function probeUrl(
  order: DiagnoseOrder,
  { signal, onStage = () => {} }: Watching = {},
): Promise<StoredReport> {
  for await (const line of postForLines('/api/diagnose', order, diagnoseLine, signal)) {
    if (line.type === 'stage') onStage(line)
    if (line.type === 'error') throw new ProblemError(line)
    if (line.type === 'report') return line
  }
  throw new ProblemError(cutOff)
}

/** Keeps a report of evidence that no probe made. */
export function createReport(evidence: Evidence): Promise<EvidenceAnswer> {
  return postJson('/api/reports', { evidence }, evidenceAnswer)
}

/** Adds evidence to a report, or text that the server reads; the answer is judged anew. */
export function addEvidence(
  id: string,
  more: { evidence: Evidence } | { text: string },
): Promise<EvidenceAnswer> {
  return postJson(`/api/reports/${encodeURIComponent(id)}/evidence`, more, evidenceAnswer)
}

/** Its code is `not_found` where there is none of this id. */
export function fetchReport(id: string): Promise<StoredReport> {
  return getJson(`/api/reports/${encodeURIComponent(id)}`, storedReport)
}

/** The last ones, newest first. */
export async function fetchReports(limit: number): Promise<ReportList['reports']> {
  return (await listReports({ limit: String(limit) })).reports
}

/** @param query of `GET /api/reports` (lib/api/reports.ts), as it is written there */
export function listReports(
  query: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<ReportList> {
  return getJson(`/api/reports?${new URLSearchParams(query)}`, reportList, signal)
}

/** What became of the first, by the second. */
export function compareReports(
  query: { readonly before: string; readonly after: string },
  signal?: AbortSignal,
): Promise<ReportComparison> {
  return getJson(`/api/reports/compare?${new URLSearchParams(query)}`, reportComparison, signal)
}

/** @param json of an exported report (lib/diagnosis/exported.ts) */
export function importReport(json: string): Promise<ImportAnswer> {
  return postWritten('/api/reports/import', json, importAnswer)
}
