/** `/api/links`: makes, lists and takes back links for colleagues. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import {
  isWrongInHours,
  type LinkAnswer,
  type LinkList,
  linkHours,
  linkOrder,
  linksPath,
  sharedPath,
} from '#lib/api/links.ts'
import type { Problem } from '#lib/api/problem.ts'
import type { Link, Shared } from '#server/access/link-store.ts'
import type { Links } from '#server/access/links.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readJson } from '#server/http/order.ts'
import { reply } from '#server/http/reply.ts'
import type { Reports } from '#server/reports/reports.ts'

const mostBodyBytes = 4096
const HOUR_MS = 3_600_000

export interface LinkRoutesOptions {
  readonly links: Links
  readonly reports: Pick<Reports, 'summary'>
  /** How colleagues reach this server, without a slash at its end. */
  readonly base: string
}

export function createLinkRoutes({ links, reports, base }: LinkRoutesOptions): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.post(linksPath, bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const body = await readJson(context.req)
    const order = linkOrder.safeParse(body)
    if (!order.success) return reply(context, isWrongInHours(body) ? badHours : badOrder, 400)
    const { data } = order
    const shared: Shared =
      'report' in data
        ? { kind: 'report', report: data.report }
        : { kind: 'connection', clientId: data.client_id }
    if (shared.kind === 'report' && (await reports.summary(shared.report)) === undefined) {
      return reply(context, noReport, 404)
    }
    const made = await links.create(shared, data.hours * HOUR_MS)
    if (made === undefined) return reply(context, tooMany, 429, { 'Retry-After': '3600' })
    const answer: LinkAnswer = { ...told(made.link), url: `${base}${sharedPath}${made.secret}` }
    return reply(context, answer, 201)
  })

  routes.get(linksPath, async (context) =>
    reply(context, { links: (await links.list()).map(told) } satisfies LinkList),
  )

  routes.delete(`${linksPath}/:id`, async (context) =>
    (await links.revoke(context.req.param('id'))) ? context.body(null, 204) : reply(context, noLink, 404),
  )

  return routes
}

const told = ({ id, shared, createdMs, expiresMs }: Link) => ({
  id,
  ...(shared.kind === 'report' ? { report: shared.report } : { client_id: shared.clientId }),
  created: createdMs / 1000,
  expires: expiresMs / 1000,
})

const badOrder: Problem = {
  error: 'bad_request',
  message: 'The body names neither a report nor a connection.',
  remedy: `Send {"report": "…"} or {"client_id": "…"}, and "hours" from ${linkHours.least} to ${linkHours.greatest}.`,
}

const badHours: Problem = {
  error: 'bad_request',
  message: `“hours” is a whole number from ${linkHours.least} to ${linkHours.greatest}.`,
  remedy: `Leave it out for ${linkHours.default}.`,
}

const noReport: Problem = {
  error: 'not_found',
  message: 'There is no report of this id.',
  remedy: 'Share one that GET /api/reports lists.',
}

const noLink: Problem = {
  error: 'not_found',
  message: 'There is no link of this id.',
  remedy: 'GET /api/links lists those that still open something.',
}

const tooMany: Problem = {
  error: 'too_many_links',
  message: 'As many links are open as the server keeps.',
  remedy: 'Take some back with DELETE /api/links/<id>.',
}
