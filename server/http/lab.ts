/** `/api/lab`: the faults with their knobs, and faults on real proxies. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod/mini'
import { type LabProblem, readKnobs } from '#lib/lab/address.ts'
import type { Knobs, RealProxyKind } from '#lib/lab/fault.ts'
import { commonKnobs, faultIds, faultOf, isFaultId } from '#lib/lab/faults.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import type { Lab } from '#server/lab/lab.ts'
import { RealProxyError, type RealProxyProblem } from '#server/lab/real-proxy/real-proxies.ts'

const mostBodyBytes = 16 * 1024

/** What a page sends to have a fault on a real proxy. */
const proxyOrder = z.object({
  proxy: z.enum(['nginx', 'haproxy', 'apache', 'caddy'] satisfies RealProxyKind[]),
  fault: z.string(),
  knobs: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
})

const statusOf = {
  'not-installed': 404,
  'not-shown-by-this-proxy': 409,
  'too-many': 503,
  'did-not-start': 500,
} as const satisfies Record<RealProxyProblem, number>

/** Knobs as the wire has them: a list, in the order in which people turn them. */
const knobList = (knobs: Knobs) => Object.entries(knobs).map(([name, knob]) => ({ name, ...knob }))

const faultList = faultIds.map((id) => {
  const { knobs, ...fault } = faultOf(id)
  return { id, ...fault, knobs: knobList(knobs) }
})

export function createLabRoutes(lab: Pick<Lab, 'open' | 'limit' | 'realProxies'>): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.get('/api/lab', async (context) => {
    const proxies = await lab.realProxies.installed()
    return context.json({
      faults: faultList,
      common_knobs: knobList(commonKnobs),
      real_proxies: proxies.map(({ kind, label }) => ({ kind, label })),
      connections: { open: lab.open, limit: lab.limit },
    })
  })

  routes.post('/api/lab/proxies', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const body = z.safeParse(proxyOrder, await context.req.json().catch(() => undefined))
    if (!body.success) {
      const message = 'Send {"proxy": "nginx", "fault": "idle-timeout", "knobs": {"after_seconds": 6}}'
      return context.json({ error: 'bad_request', message }, 400)
    }
    const { proxy, fault, knobs = {} } = body.data
    if (!isFaultId(fault)) {
      const message = `There is no fault ${JSON.stringify(fault.slice(0, 60))}`
      return context.json({ error: 'unknown_fault', message, allowed: faultIds }, 400)
    }
    const query = new URLSearchParams(Object.entries(knobs).map(([name, value]) => [name, String(value)]))
    const reading = readKnobs(fault, query)
    if (!reading.ok) return context.json(badKnobs(reading.problems), 400)
    try {
      const started = await lab.realProxies.start(proxy, reading.call)
      const { id, label, port, excerpt, config, lifetimeSeconds } = started
      const url = `ws://127.0.0.1:${port}`
      return context.json({ id, label, url, fault, excerpt, config, lifetime_seconds: lifetimeSeconds }, 201)
    } catch (error) {
      if (!(error instanceof RealProxyError)) throw error
      return context.json({ error: error.code, message: error.message }, statusOf[error.code])
    }
  })

  routes.delete('/api/lab/proxies/:id', async (context) => {
    const stopped = await lab.realProxies.stop(context.req.param('id'))
    if (stopped) return context.body(null, 204)
    return context.json(
      { error: 'not_found', message: 'No proxy of this id runs; perhaps its time is over' },
      404,
    )
  })

  return routes
}

const badKnobs = (problems: readonly LabProblem[]) => ({
  error: 'bad_knobs',
  message: problems.map(({ message }) => message).join('; '),
  problems,
})
