/** `/api/bundle`: what a support bundle would hold, and the bundle itself. */
import { once } from 'node:events'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type BundleSizes, bundleOrder, bundleQuery } from '#lib/api/bundle.ts'
import type { Problem } from '#lib/api/problem.ts'
import { bundleName } from '#lib/bundle/format.ts'
import { type BundleServices, makeBundle, measureBundle } from '#server/bundle/bundle.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readOrder } from '#server/http/order.ts'
import { reply } from '#server/http/reply.ts'
import { readQuery } from '#server/wire/query.ts'

const mostBodyBytes = 64 * 1024 * 1024

export function createBundleRoutes(services: BundleServices): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  let isMaking = false

  /** One at a time: it reads the whole journal. */
  const alone = async (work: () => Promise<Response>): Promise<Response | undefined> => {
    if (isMaking) return undefined
    isMaking = true
    try {
      return await work()
    } finally {
      isMaking = false
    }
  }

  routes.get('/api/bundle', async (context) => {
    const query = readQuery(bundleQuery, new URL(context.req.url).searchParams)
    if (!query.ok) return reply(context, query.problem, 400)
    const answer = await alone(async () => {
      const sizes: BundleSizes = { parts: await measureBundle(query.value, services) }
      return reply(context, sizes)
    })
    return answer ?? reply(context, busy, 503)
  })

  routes.post('/api/bundle', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const order = await readOrder(context.req, bundleOrder)
    if (!order.success) return reply(context, badOrder, 400)
    const answer = await alone(async () => {
      const response = context.env.outgoing
      response.writeHead(200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${bundleName(new Date())}"`,
        'Cache-Control': 'no-store',
      })
      for await (const bytes of makeBundle(order.data, services)) {
        if (response.destroyed) break
        if (!response.write(bytes)) await Promise.race([once(response, 'drain'), once(response, 'close')])
      }
      response.end()
      return RESPONSE_ALREADY_SENT
    })
    return answer ?? reply(context, busy, 503)
  })

  return routes
}

const badOrder: Problem = {
  error: 'bad_request',
  message: 'The body is not an order for a bundle.',
  remedy:
    'Send {"since": 1796080000, "until": 1796090000, "leave_out": ["reports"]} as JSON. Each may be left out.',
}

const busy: Problem = {
  error: 'busy',
  message: 'A bundle is being made already.',
  remedy: 'Try again in a moment.',
}
