/** `/api/checklist`: GET looks at this server alone; POST also probes the URL that it is given. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type ChecklistOrder, type ChecklistReport, checklistOrder } from '#lib/api/checklist.ts'
import type { Problem } from '#lib/api/problem.ts'
import { runChecklist } from '#server/checklist/inside.ts'
import type { CheckContext } from '#server/checklist/tools.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readOrder } from '#server/http/order.ts'
import type { ProbeAccess } from '#server/http/probe-access.ts'
import { reply } from '#server/http/reply.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'

const mostBodyBytes = 8 * 1024
const mostRunsAtOnce = 4

const busy: Problem = {
  error: 'busy',
  message: `${mostRunsAtOnce} checklists are already running.`,
  remedy: 'Try again in a moment.',
}

const badOrder: Problem = {
  error: 'bad_request',
  message: 'The body is not an order for the checklist.',
  remedy:
    'Send {"url": "wss://app.example/ws", "origin": "https://app.example"} as JSON. Both may be left out.',
}

export function createChecklistRoutes(
  own: Omit<CheckContext, 'url' | 'origin' | 'policy'>,
  access: ProbeAccess,
): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  let running = 0

  const answer = async (given: ChecklistOrder, policy?: AddressPolicy): Promise<ChecklistReport> => {
    running += 1
    try {
      return await runChecklist({ ...own, policy, url: given.url, origin: given.origin })
    } finally {
      running -= 1
    }
  }
  routes.get('/api/checklist', async (context) => {
    if (running >= mostRunsAtOnce) return reply(context, busy, 503)
    return reply(context, await answer({}))
  })
  routes.post('/api/checklist', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const body = await readOrder(context.req, checklistOrder)
    if (!body.success) return reply(context, badOrder, 400)
    if (running >= mostRunsAtOnce) return reply(context, busy, 503)
    const entry = access(context.env.incoming)
    if (!entry.admitted) {
      return reply(context, entry.problem, 429, { 'Retry-After': String(entry.retryAfterSeconds) })
    }
    try {
      return reply(context, await answer(body.data, entry.policy))
    } finally {
      entry.release()
    }
  })
  return routes
}
