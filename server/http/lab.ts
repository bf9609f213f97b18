/** `/api/lab`: the faults with their knobs, and faults on real proxies. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type LabCatalogue, type ListedKnob, proxyOrder, type RunningProxy } from '#lib/api/lab.ts'
import type { Problem } from '#lib/api/problem.ts'
import { type LabProblem, readKnobs } from '#lib/lab/address.ts'
import type { Knobs } from '#lib/lab/fault.ts'
import { commonKnobs, faultIds, faultOf, isFaultId } from '#lib/lab/faults.ts'
import { quoted } from '#lib/text/foreign.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readOrder } from '#server/http/order.ts'
import { reply } from '#server/http/reply.ts'
import type { Lab } from '#server/lab/lab.ts'
import { RealProxyError, type RealProxyProblem } from '#server/lab/real-proxy/real-proxies.ts'

const mostBodyBytes = 16 * 1024

/** Why there is no proxy: the status, and what to do now. */
const unavailable = {
  'not-installed': { status: 404, remedy: 'Install it on this machine, or use the simulated proxy.' },
  'not-shown-by-this-proxy': { status: 409, remedy: 'Use the simulated proxy, or other knobs.' },
  'too-many': { status: 503, remedy: 'Stop one, or try again in a moment.' },
  'did-not-start': { status: 500, remedy: 'Try again, or use the simulated proxy.' },
} as const satisfies Record<RealProxyProblem, { status: number; remedy: string }>

/** Knobs as the wire has them: a list, in the order in which people turn them. */
const knobList = (knobs: Knobs): ListedKnob[] =>
  Object.entries(knobs).map(([name, knob]) => ({ name, ...knob }))

const faultList = faultIds.map((id) => {
  const { knobs, ...fault } = faultOf(id)
  return { id, ...fault, knobs: knobList(knobs) }
})

export function createLabRoutes(lab: Pick<Lab, 'open' | 'limit' | 'realProxies'>): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.get('/api/lab', async (context) => {
    const proxies = await lab.realProxies.installed()
    const answer: LabCatalogue = {
      faults: faultList,
      common_knobs: knobList(commonKnobs),
      real_proxies: proxies.map(({ kind, label }) => ({ kind, label })),
      connections: { open: lab.open, limit: lab.limit },
    }
    return reply(context, answer)
  })

  routes.post('/api/lab/proxies', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const body = await readOrder(context.req, proxyOrder)
    if (!body.success) return reply(context, badOrder, 400)
    const { proxy, fault, knobs = {} } = body.data
    if (!isFaultId(fault)) return reply(context, unknownFault(fault), 400)
    const query = new URLSearchParams(Object.entries(knobs).map(([name, value]) => [name, String(value)]))
    const reading = readKnobs(fault, query)
    if (!reading.ok) return reply(context, badKnobs(reading.problems), 400)
    try {
      const started = await lab.realProxies.start(proxy, reading.call)
      const { id, label, port, excerpt, config, lifetimeSeconds } = started
      const url = `ws://127.0.0.1:${port}`
      const lifetime = { lifetime_seconds: lifetimeSeconds }
      const answer: RunningProxy = { id, label, url, fault, excerpt, config, ...lifetime }
      return reply(context, answer, 201)
    } catch (error) {
      if (!(error instanceof RealProxyError)) throw error
      const { status, remedy } = unavailable[error.code]
      const problem: Problem = { error: error.code, message: `${error.message}.`, remedy }
      return reply(context, problem, status)
    }
  })

  routes.delete('/api/lab/proxies/:id', async (context) => {
    const stopped = await lab.realProxies.stop(context.req.param('id'))
    if (stopped) return context.body(null, 204)
    return reply(context, notRunning, 404)
  })

  return routes
}

const badOrder: Problem = {
  error: 'bad_request',
  message: 'The body is not an order for a proxy.',
  remedy: 'Send {"proxy": "nginx", "fault": "idle-timeout", "knobs": {"after_seconds": 6}} as JSON.',
}

const unknownFault = (fault: string): Problem => ({
  error: 'unknown_fault',
  message: `There is no fault ${quoted(fault)}.`,
  remedy: 'GET /api/lab lists the faults.',
  allowed: faultIds,
})

const badKnobs = (problems: readonly LabProblem[]): Problem => ({
  error: 'bad_knobs',
  message: problems.map(({ message }) => `${message}.`).join(' '),
  remedy: problems.map(({ allowed }) => `Allowed: ${allowed.join('; ')}.`).join(' '),
  problems,
})

const notRunning: Problem = {
  error: 'not_found',
  message: 'No proxy of this id is running.',
  remedy: 'Start one again: it may have reached the end of its lifetime.',
}
