/** `/api/checklist`: GET looks at this server alone; POST also probes the URL that it is given. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod/mini'
import type { CheckContext } from '#server/checklist/check.ts'
import { runChecklist } from '#server/checklist/checklist.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import type { ProbeAccess } from '#server/http/probe-access.ts'
import type { AddressPolicy } from '#server/probe/address-guard.ts'

const mostBodyBytes = 8 * 1024
const mostRunsAtOnce = 4

const order = z.object({
  url: z.optional(z.string().check(z.maxLength(2048))),
  origin: z.optional(z.string().check(z.maxLength(512))),
})

export function createChecklistRoutes(
  own: Omit<CheckContext, 'url' | 'origin' | 'policy'>,
  access: ProbeAccess,
): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  let running = 0

  const answer = async (given: z.infer<typeof order>, policy?: AddressPolicy) => {
    running += 1
    try {
      return await runChecklist({ ...own, policy, url: given.url, origin: given.origin })
    } finally {
      running -= 1
    }
  }
  const busy = { error: 'busy', message: `${mostRunsAtOnce} checklists run already; try again in a moment` }

  routes.get('/api/checklist', async (context) => {
    if (running >= mostRunsAtOnce) return context.json(busy, 503)
    return context.json(await answer({}))
  })
  routes.post('/api/checklist', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const body = z.safeParse(order, await context.req.json().catch(() => undefined))
    if (!body.success) {
      const message =
        'Send {"url": "wss://app.example/ws", "origin": "https://app.example"}; both may be left out'
      return context.json({ error: 'bad_request', message }, 400)
    }
    if (running >= mostRunsAtOnce) return context.json(busy, 503)
    const entry = access(context.env.incoming)
    if (!entry.admitted) {
      return context.json(entry.problem, 429, { 'Retry-After': String(entry.retryAfterSeconds) })
    }
    try {
      return context.json(await answer(body.data, entry.policy))
    } finally {
      entry.release()
    }
  })
  return routes
}
