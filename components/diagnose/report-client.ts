'use client'
import type * as z from 'zod/mini'
import { type DiagnoseOrder, diagnoseLine } from '#lib/api/diagnose.ts'
import { type Problem, problem } from '#lib/api/problem.ts'
import { type EvidenceAnswer, evidenceAnswer, type ReportList, reportList } from '#lib/api/reports.ts'
import { type StoredReport, storedReport } from '#lib/diagnosis/stored-report.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { readJsonLines } from '#lib/protocol/ndjson.ts'

/** Why the server did not do it, and what to do now. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(told: Problem) {
    super(told.message)
    this.name = 'ProblemError'
    this.problem = told
  }
}

const unreachable: Problem = {
  error: 'unreachable',
  message: 'The server of this page did not answer.',
  remedy: 'See whether it still runs, then try again.',
}

const cutOff: Problem = {
  error: 'cut_off',
  message: 'The answer ended before the report: the server of this page went away.',
  remedy: 'See whether it still runs, then try again.',
}

/**
 * Has the server probe a URL.
 * @throws ProblemError, or the signal's reason when it was aborted
 */
export async function probeUrl(
  order: DiagnoseOrder,
  { signal, onStage = () => {} }: { signal?: AbortSignal; onStage?: (event: StageEvent) => void } = {},
): Promise<StoredReport> {
  const response = await ask('/api/diagnose', order, signal)
  if (response.body === null) throw new ProblemError(cutOff)
  try {
    for await (const value of readJsonLines(chunksOf(response.body))) {
      const line = diagnoseLine.parse(value)
      if (line.type === 'stage') onStage(line)
      if (line.type === 'error') throw new ProblemError(line)
      if (line.type === 'report') return line
    }
  } catch (error) {
    if (signal?.aborted || error instanceof ProblemError) throw error
    throw new ProblemError(cutOff)
  }
  throw new ProblemError(cutOff)
}

/** Keeps a report of evidence that no probe made. @throws ProblemError */
export async function createReport(evidence: Evidence): Promise<EvidenceAnswer> {
  return read(await ask('/api/reports', { evidence }), evidenceAnswer)
}

/** Adds evidence to a report, or text that the server reads; the answer is judged anew. @throws ProblemError */
export async function addEvidence(
  id: string,
  more: { evidence: Evidence } | { text: string },
): Promise<EvidenceAnswer> {
  return read(await ask(`/api/reports/${id}/evidence`, more), evidenceAnswer)
}

/** @throws ProblemError, with `not_found` where there is none of this id */
export async function fetchReport(id: string): Promise<StoredReport> {
  return read(await ask(`/api/reports/${encodeURIComponent(id)}`), storedReport)
}

/** The last ones, newest first. @throws ProblemError */
export async function fetchReports(limit: number): Promise<ReportList['reports']> {
  return (await read(await ask(`/api/reports?limit=${limit}`), reportList)).reports
}

async function ask(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const sent = body !== undefined && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(path, { cache: 'no-store', ...sent, ...(signal && { signal }) }).catch(
    (error) => {
      throw signal?.aborted ? error : new ProblemError(unreachable)
    },
  )
  if (response.ok) return response
  const told = problem.safeParse(await response.json().catch(() => undefined))
  if (told.success) throw new ProblemError(told.data)
  throw new ProblemError({
    error: 'unexpected',
    message: `The server of this page answered ${response.status}.`,
    remedy: 'Try again; if it stays so, look at its log.',
  })
}

async function read<T>(response: Response, schema: z.ZodMiniType<T>): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => undefined))
  if (!parsed.success) throw new ProblemError(cutOff)
  return parsed.data
}

/** Not every browser lets a stream be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}
