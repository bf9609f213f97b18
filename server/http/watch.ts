/** `/api/watches`: what the server keeps and watches. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Problem } from '#lib/api/problem.ts'
import { type WatchDetail, watchOrder } from '#lib/api/watch.ts'
import { foreign } from '#lib/text/foreign.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readOrder } from '#server/http/order.ts'
import type { ProbeAccess } from '#server/http/probe-access.ts'
import { reply } from '#server/http/reply.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { limitWords, type Watches, WatchLimitError } from '#server/watch/watches.ts'

const mostBodyBytes = 512 * 1024

export function createWatchRoutes(watches: Watches, access: ProbeAccess): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.get('/api/watches', (context) => reply(context, watches.list()))

  routes.get('/api/watches/:id', (context) => {
    const found = watches.get(context.req.param('id'))
    return found ? reply(context, found) : reply(context, notFound, 404)
  })

  routes.post('/api/watches', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const entry = access(context.env.incoming)
    if (!entry.admitted) {
      return reply(context, entry.problem, 429, { 'Retry-After': String(entry.retryAfterSeconds) })
    }
    try {
      const order = await readOrder(context.req, watchOrder)
      if (!order.success) return reply(context, badOrder(order.error.issues[0]), 400)
      return await answered(context, () => watches.create(order.data, entry.policy.caller), 201)
    } finally {
      entry.release()
    }
  })

  for (const act of ['start', 'stop'] as const) {
    routes.post(`/api/watches/:id/${act}`, (context) =>
      answered(context, () => watches[act](context.req.param('id'))),
    )
  }

  routes.delete('/api/watches/:id', (context) =>
    answered(context, () => watches.remove(context.req.param('id'))),
  )

  return routes
}

async function answered(
  context: Context,
  act: () => Promise<WatchDetail | undefined>,
  status: 200 | 201 = 200,
): Promise<Response> {
  try {
    const watch = await act()
    return watch ? reply(context, watch, status) : reply(context, notFound, 404)
  } catch (error) {
    if (error instanceof WatchLimitError) {
      return reply(context, { error: 'too_many_watches', ...limitWords(error) } satisfies Problem, 409)
    }
    if (!(error instanceof ProbeRefusal)) throw error
    const { code, message, remedy } = error
    const problem: Problem = { error: code.replaceAll('-', '_'), message, remedy }
    return reply(context, problem, code === 'address-refused' ? 403 : 400)
  }
}

const notFound: Problem = {
  error: 'not_found',
  message: 'There is no watch of this id.',
  remedy: 'GET /api/watches lists those that there are.',
}

const members = Object.keys(watchOrder.shape)

function badOrder(issue: { code: string; path: PropertyKey[]; keys?: string[] } | undefined): Problem {
  const at = issue?.keys?.[0] ?? issue?.path.join('.')
  return {
    error: 'bad_request',
    message: at ? `${foreign(at, 80)} is not allowed as it was sent.` : 'Invalid request body.',
    remedy: `Send {"url": "wss://app.example/ws"} as JSON; it may also have ${members.slice(1).join(', ')}.`,
  }
}
