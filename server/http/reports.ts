/** `/api/reports`: the reports that are kept; more evidence for one of them, or a new one from evidence alone. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { type EvidenceAnswer, evidenceOrder, type ReportList, reportsQuery } from '#lib/api/reports.ts'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import { maskEvidence, maskText } from '#lib/evidence/mask.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { evidenceFromText, type TextReading } from '#lib/intake/from-text.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import type { Reports } from '#server/reports/reports.ts'
import { ReportTooLargeError } from '#server/reports/store.ts'
import { readQuery } from '#server/wire/query.ts'

const mostBodyBytes = 8 * 1024 * 1024

const notFound: Problem = {
  error: 'not_found',
  message: 'There is no report of this id.',
  remedy: 'Only the last 500 are kept, and those of this run of the server; diagnose again.',
}

export function createReportRoutes(reports: Reports): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.get('/api/reports', async (context) => {
    const query = readQuery(reportsQuery, new URL(context.req.url).searchParams)
    if (!query.ok) return context.json(query.problem, 400)
    const answer: ReportList = { reports: await reports.list(query.value) }
    return context.json(answer)
  })

  // JSON, or Markdown where the id is followed by `.md`.
  routes.get('/api/reports/:file', async (context) => {
    const [, id = '', extension] = /^([\w-]+)(\.md)?$/.exec(context.req.param('file')) ?? []
    const report = await reports.get(id)
    if (!report) return context.json(notFound, 404)
    if (extension === undefined) return context.json(report)
    return context.body(storedToMarkdown(report), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
  })

  routes.post('/api/reports', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const given = readOrder(await context.req.json().catch(() => undefined))
    if ('error' in given) return context.json(given, 400)
    return keep(context, async () => {
      const answer: EvidenceAnswer = { ...(await reports.create(given.evidence)), ...given.told }
      return context.json(answer, 201)
    })
  })

  routes.post('/api/reports/:id/evidence', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const given = readOrder(await context.req.json().catch(() => undefined))
    if ('error' in given) return context.json(given, 400)
    return keep(context, async () => {
      const report = await reports.add(context.req.param('id'), given.evidence)
      if (!report) return context.json(notFound, 404)
      const answer: EvidenceAnswer = { ...report, ...given.told }
      return context.json(answer)
    })
  })

  return routes
}

async function keep(context: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof ReportTooLargeError)) throw error
    const problem: Problem = {
      error: 'report_too_large',
      message: `${error.message}.`,
      remedy: 'Add only the lines about the connection in question.',
    }
    return context.json(problem, 413)
  }
}

type Given = { evidence: Evidence; told: Pick<EvidenceAnswer, 'reading'> }

function readOrder(body: unknown): Given | Problem {
  const order = z.safeParse(evidenceOrder, body)
  if (!order.success || (order.data.evidence === undefined && !order.data.text)) {
    const at = order.error?.issues[0]?.path.join('.')
    return {
      error: 'bad_request',
      message: at ? `${at} is not what an evidence document has there.` : 'The body holds no evidence.',
      remedy: 'Send {"evidence": {…}}, {"text": "pasted log lines or console messages"}, or both.',
    }
  }
  const { text } = order.data
  // Before anything walks through it: masking also cuts off what is nested too deep.
  const evidence = maskEvidence(order.data.evidence ?? {})
  if (!text) return { evidence, told: {} }
  const reading = evidenceFromText(text)
  return { evidence: mergeEvidence(evidence, reading.evidence), told: { reading: readingOf(reading) } }
}

const readingOf = ({ recognised, unread, unreadCount }: TextReading) => ({
  recognised,
  unread: unread.map(maskText),
  unread_count: unreadCount,
})
