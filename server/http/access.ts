/** `GET /api/access`, by which the page that asks for the token finds out that none is needed. */
import { Hono } from 'hono'
import { type AccessAnswer, accessPath } from '#lib/api/access.ts'
import type { Access } from '#server/access/access.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { reply } from '#server/http/reply.ts'

export function createAccessRoutes(access: Pick<Access, 'callerOf'>): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  routes.get(accessPath, (context) => {
    const by = access.callerOf(context.env.incoming) === 'local' ? 'local' : 'token'
    return reply(context, { by } satisfies AccessAnswer)
  })
  return routes
}
