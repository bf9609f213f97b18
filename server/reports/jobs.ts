/**
 * What the thread does. Documents come and go as bytes of JSON: to take one apart is work as well, and megabytes of
 * small objects would take as long to copy between threads as to read.
 */
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { type EvidenceOrder, evidenceOrder, type ReportSummary } from '#lib/api/reports.ts'
import type { Judged as ReportAndEvidence } from '#lib/diagnosis/compare/changes.ts'
import { type Comparison, compareReports } from '#lib/diagnosis/compare/compare.ts'
import { reportToHtml } from '#lib/diagnosis/html/document.ts'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import { type Reading, readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { isShortLook, type Report } from '#lib/diagnosis/report.ts'
import { searchWords } from '#lib/diagnosis/search-words.ts'
import { evidenceFromJournal } from '#lib/intake/from-journal.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { type DiagnosticEvent, isOfConnection } from '#lib/protocol/events.ts'
import { drawCard } from '#server/reports/card.ts'
import { type Imported, importReport } from '#server/reports/import.ts'
import { keptUrl, type Leading } from '#server/reports/store.ts'
import { encodeJson, type JsonBytes } from '#server/wire/json.ts'
import { parseJson } from '#server/wire/parse-json.ts'

export interface JudgeOrder {
  /** An `evidenceOrder` of lib/api, as it was sent. */
  readonly brought: JsonBytes
  /** `judged` of a report, to which it is added. */
  readonly before?: JsonBytes | undefined
  /** Events of the one connection that the evidence is about, told by its server. */
  readonly told?: JsonBytes | undefined
}

export interface Judged {
  readonly leading: Leading
  /** What it is found by. */
  readonly words: string
  /** Of the evidence's target. */
  readonly url: string | undefined
  /** `{"report":…,"evidence":…}`, with all secrets masked. */
  readonly judged: JsonBytes
}

export type Judgement =
  | (Judged & {
      readonly ok: true
      /** What the leading cause is called. */
      readonly title: string | undefined
      readonly reading: Reading | undefined
    })
  | { readonly ok: false; readonly problem: Problem }

export type ImportJudgement =
  | (Judged & { readonly ok: true } & Pick<Extract<Imported, { ok: true }>, 'created' | 'said'>)
  | { readonly ok: false; readonly problem: Problem }

export const jobs = {
  judge: ({ brought, before, told }: JudgeOrder): Judgement => {
    const order = readOrder(brought)
    if ('error' in order) return { ok: false, problem: order }
    const { reading, ...judged } = readAndJudge(withTold(order, told), before && parse(before).evidence)
    const kept = keptOf(judged)
    const { cause } = kept.leading
    return { ok: true, ...kept, title: cause === undefined ? undefined : causeOf(cause)?.title, reading }
  },
  /** A report that was exported, as it was sent. @param now seconds since the Unix epoch */
  import: ({ brought, now }: { readonly brought: JsonBytes; readonly now: number }): ImportJudgement => {
    const imported = importReport(parseForeign(brought), now)
    if (!imported.ok) return imported
    const { created, said, judged } = imported
    return { ok: true, created, said, ...keptOf(judged) }
  },
  /** Two reports' `judged`. */
  compare: ({ before, now }: { readonly before: JsonBytes; readonly now: JsonBytes }): Comparison =>
    compareReports(parse(before), parse(now)),
  /** A whole stored report. */
  markdown: (report: JsonBytes): string => storedToMarkdown(parse(report)),
  html: (report: JsonBytes): string => reportToHtml(parse(report)),
  card: (summary: ReportSummary): Promise<Uint8Array<ArrayBuffer>> => drawCard(summary),
}

const decoder = new TextDecoder()

/** What this process has written itself. */
const parse = (bytes: JsonBytes) => JSON.parse(decoder.decode(bytes))

function withTold(order: EvidenceOrder, told: JsonBytes | undefined): EvidenceOrder {
  if (told === undefined) return order
  const events: DiagnosticEvent[] = parse(told)
  const [first] = events
  const clientId = first && isOfConnection(first) ? first.client_id : undefined
  const { server } = evidenceFromJournal(events, clientId)
  return { ...order, evidence: { ...order.evidence, ...(server && { server }) } }
}

function keptOf({ report, evidence }: ReportAndEvidence): Judged {
  return {
    url: evidence.target?.url && keptUrl(evidence.target.url),
    leading: leadingOf(report),
    words: searchWords({ report, evidence }),
    judged: encodeJson({ evidence, report }),
  }
}

function leadingOf(report: Report): Leading {
  const { outcome, verdicts, headline, watched_ms } = report
  const [first] = outcome === 'healthy' ? [] : verdicts
  return {
    outcome,
    headline,
    ...(first && { cause: first.cause, certainty: first.certainty }),
    ...(isShortLook(report) && { so_far: true }),
    ...(watched_ms !== undefined && { watched_ms }),
  }
}

function readOrder(bytes: JsonBytes): EvidenceOrder | Problem {
  const order = z.safeParse(evidenceOrder, parseForeign(bytes))
  if (order.success && (order.data.evidence !== undefined || order.data.text)) return order.data
  const at = order.error?.issues[0]?.path.join('.')
  return {
    error: 'bad_request',
    message: at ? `${at} is not what an evidence document has there.` : 'No evidence in the request body.',
    remedy: 'Send {"evidence": {…}}, {"text": "pasted log lines or console messages"}, or both.',
  }
}

function parseForeign(bytes: JsonBytes): unknown {
  const parsed = parseJson(decoder.decode(bytes))
  return parsed.ok ? parsed.value : undefined
}
