/** `/api/reports`: the reports that are kept; more evidence for one of them, or a new one from evidence alone. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { refusal, textThat } from '#lib/api/query.ts'
import { compareQuery, reportsQuery } from '#lib/api/reports.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { jsonType, reply, replyBytes } from '#server/http/reply.ts'
import { type Reports, refusalOf } from '#server/reports/reports.ts'
import { isPlace } from '#server/reports/store.ts'
import { readQuery } from '#server/wire/query.ts'

const mostBodyBytes = 8 * 1024 * 1024

const pageQuery = z.extend(reportsQuery, {
  before: z.optional(
    textThat(
      isPlace,
      refusal('not a cursor. Use `next` as this server sent it.', { code: 'malformed-cursor' }),
    ),
  ),
})

const notFound: Problem = {
  error: 'not_found',
  message: 'There is no report of this id.',
  remedy: 'Old reports make room for new ones, and those in memory end with the server. Diagnose again.',
}

export function createReportRoutes(reports: Reports): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.get('/api/reports', async (context) => {
    const query = readQuery(pageQuery, new URL(context.req.url).searchParams)
    if (!query.ok) return reply(context, query.problem, 400)
    return reply(context, await reports.list(query.value))
  })

  routes.get('/api/reports/compare', async (context) => {
    const query = readQuery(compareQuery, new URL(context.req.url).searchParams)
    if (!query.ok) return reply(context, query.problem, 400)
    const { before, after } = query.value
    return answered(context, async () => {
      const comparison = await reports.compare(before, after)
      return comparison ? reply(context, comparison) : reply(context, notFound, 404)
    })
  })

  // JSON, or what the id is followed by: `.md`, `.html`, `.png`.
  routes.get('/api/reports/:file', async (context) => {
    const [, id = '', form = 'json'] = /^([\w-]+)(?:\.(md|html|png))?$/.exec(context.req.param('file')) ?? []
    return answered(context, async () => {
      const report = await FORMS[form as keyof typeof FORMS].of(reports, id)
      if (report === undefined) return reply(context, notFound, 404)
      return context.body(report, 200, FORMS[form as keyof typeof FORMS].headers(id))
    })
  })

  routes.post('/api/reports', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const brought = new Uint8Array(await context.req.arrayBuffer())
    return answered(context, async () => replyBytes(context, await reports.create(brought), 201))
  })

  // An exported file holds a report of any size that is kept, with room for its spelling.
  routes.post('/api/reports/import', bodyLimit({ maxSize: 2 * mostBodyBytes }), async (context) => {
    const brought = new Uint8Array(await context.req.arrayBuffer())
    return answered(context, async () => {
      const answer = await reports.import(brought)
      return reply(context, answer, answer.is_new ? 201 : 200)
    })
  })

  routes.post('/api/reports/:id/evidence', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const brought = new Uint8Array(await context.req.arrayBuffer())
    return answered(context, async () => {
      const report = await reports.add(context.req.param('id'), brought)
      return report ? replyBytes(context, report) : reply(context, notFound, 404)
    })
  })

  return routes
}

const FORMS = {
  json: { of: (reports: Reports, id: string) => reports.get(id), headers: () => jsonType },
  md: {
    of: (reports: Reports, id: string) => reports.markdown(id),
    headers: () => ({ 'Content-Type': 'text/markdown; charset=utf-8' }),
  },
  html: {
    of: (reports: Reports, id: string) => reports.html(id),
    // To keep, not to show: what a page of this server may do, a file need not.
    headers: (id: string) => ({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `attachment; filename="why1006-${id.slice(0, 8)}.html"`,
    }),
  },
  png: {
    of: (reports: Reports, id: string) => reports.card(id),
    headers: () => ({ 'Content-Type': 'image/png' }),
  },
}

async function answered(context: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    return reply(context, refusal.problem, refusal.status)
  }
}
