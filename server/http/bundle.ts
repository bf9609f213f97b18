/** `/api/bundle`: what a support bundle would hold, and the bundle itself. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
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
const mostAtOnce = 4

export function createBundleRoutes(services: BundleServices): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  let atWork = 0

  /** Each reads the whole journal, until whoever asked has left. */
  const bounded = async (
    response: ServerResponse,
    work: (signal: AbortSignal) => Promise<Response>,
  ): Promise<Response | undefined> => {
    if (atWork >= mostAtOnce) return undefined
    const abort = new AbortController()
    const left = () => abort.abort()
    response.once('close', left)
    atWork += 1
    try {
      return await work(abort.signal)
    } finally {
      response.off('close', left)
      atWork -= 1
    }
  }

  routes.get('/api/bundle', async (context) => {
    const query = readQuery(bundleQuery, new URL(context.req.url).searchParams)
    if (!query.ok) return reply(context, query.problem, 400)
    const answer = await bounded(context.env.outgoing, async (signal) => {
      const sizes: BundleSizes = { parts: await measureBundle(query.value, services, signal) }
      return reply(context, sizes)
    })
    return answer ?? reply(context, busy, 503)
  })

  routes.post('/api/bundle', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const order = await readOrder(context.req, bundleOrder)
    if (!order.success) return reply(context, badOrder, 400)
    const response = context.env.outgoing
    const answer = await bounded(response, async (signal) => {
      response.writeHead(200, {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${bundleName(new Date())}"`,
        'Cache-Control': 'no-store',
      })
      for await (const bytes of makeBundle(order.data, services, signal)) {
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
  message: `${mostAtOnce} bundles are being made already.`,
  remedy: 'Try again in a moment.',
}
