/** `/api/reports`: the reports that are kept; more evidence for one of them, or a new one from evidence alone. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { refusal, textThat } from '#lib/api/query.ts'
import { compareQuery, reportsQuery } from '#lib/api/reports.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { reply, replyBytes } from '#server/http/reply.ts'
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

  // JSON, or Markdown where the id is followed by `.md`.
  routes.get('/api/reports/:file', async (context) => {
    const [, id = '', extension] = /^([\w-]+)(\.md)?$/.exec(context.req.param('file')) ?? []
    return answered(context, async () => {
      const report = extension === undefined ? await reports.get(id) : await reports.markdown(id)
      if (report === undefined) return reply(context, notFound, 404)
      return typeof report === 'string' ? context.body(report, 200, markdown) : replyBytes(context, report)
    })
  })

  routes.post('/api/reports', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const brought = new Uint8Array(await context.req.arrayBuffer())
    return answered(context, async () => replyBytes(context, await reports.create(brought), 201))
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

const markdown = { 'Content-Type': 'text/markdown; charset=utf-8' }

async function answered(context: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    return reply(context, refusal.problem, refusal.status)
  }
}
