/**
 * What the thread does. Documents come and go as bytes of JSON: to take one apart is work as well, and megabytes of
 * small objects would take as long to copy between threads as to read.
 */
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { type EvidenceOrder, evidenceOrder } from '#lib/api/reports.ts'
import { type Comparison, compareReports } from '#lib/diagnosis/compare/compare.ts'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import { type Reading, readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { isShortLook, type Report } from '#lib/diagnosis/report.ts'
import { searchWords } from '#lib/diagnosis/search-words.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import type { Leading } from '#server/reports/store.ts'
import { encodeJson, type JsonBytes } from '#server/wire/json.ts'
import { parseJson } from '#server/wire/parse-json.ts'

export interface JudgeOrder {
  /** An `evidenceOrder` of lib/api, as it was sent. */
  readonly brought: JsonBytes
  /** `judged` of a report, to which it is added. */
  readonly before?: JsonBytes | undefined
}

export type Judgement =
  | {
      readonly ok: true
      /** Of the evidence's target. */
      readonly url: string | undefined
      readonly leading: Leading
      /** What the leading cause is called. */
      readonly title: string | undefined
      /** What it is found by. */
      readonly words: string
      /** `{"report":…,"evidence":…}`, with all secrets masked. */
      readonly judged: JsonBytes
      readonly reading: Reading | undefined
    }
  | { readonly ok: false; readonly problem: Problem }

export const jobs = {
  judge: ({ brought, before }: JudgeOrder): Judgement => {
    const order = readOrder(brought)
    if ('error' in order) return { ok: false, problem: order }
    const { reading, ...judged } = readAndJudge(order, before && parse(before).evidence)
    const leading = leadingOf(judged.report)
    return {
      ok: true,
      url: judged.evidence.target?.url,
      leading,
      title: leading.cause === undefined ? undefined : causeOf(leading.cause)?.title,
      words: searchWords(judged),
      judged: encodeJson(judged),
      reading,
    }
  },
  /** Two reports' `judged`. */
  compare: ({ before, now }: { readonly before: JsonBytes; readonly now: JsonBytes }): Comparison =>
    compareReports(parse(before), parse(now)),
  /** A whole stored report. */
  markdown: (report: JsonBytes): string => storedToMarkdown(parse(report)),
}

const decoder = new TextDecoder()

/** What this process has written itself. */
const parse = (bytes: JsonBytes) => JSON.parse(decoder.decode(bytes))

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
