/** `POST /api/negotiate`: what a client of SignalR asks before its WebSocket, under the rules of the probe. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod/mini'
import { type negotiated, negotiateOrder, negotiatePath } from '#lib/api/negotiate.ts'
import type { Problem } from '#lib/api/problem.ts'
import { sessionNamed } from '#lib/applications/recognize.ts'
import { understandTarget } from '#lib/applications/target.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readOrder } from '#server/http/order.ts'
import type { ProbeAccess } from '#server/http/probe-access.ts'
import { reply } from '#server/http/reply.ts'
import { loginHeader } from '#server/probe/handshake/handshake-request.ts'
import { openSession } from '#server/probe/session.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'
import { createRunClock, RETRY_BUDGET } from '#server/probe/transport/clock.ts'
import { type AskNames, createResolver } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'

const mostBodyBytes = 16 * 1024

const badOrder: Problem = {
  error: 'bad_request',
  message: 'The body names no host to negotiate with.',
  remedy: 'Send {"url": "wss://app.example/"} as JSON.',
}

export function createNegotiateRoutes(access: ProbeAccess, ask?: AskNames): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  routes.post(negotiatePath, bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const { incoming } = context.env
    const entry = access(incoming)
    if (!entry.admitted) {
      return reply(context, entry.problem, 429, { 'Retry-After': String(entry.retryAfterSeconds) })
    }
    try {
      const order = await readOrder(context.req, negotiateOrder)
      const target = order.success ? understandTarget(order.data.url) : undefined
      if (!target?.ok) return reply(context, badOrder, 400)
      const url = await negotiate(target, {
        policy: entry.policy,
        origin: incoming.headers.origin ?? null,
        ...(ask && { ask }),
      })
      return reply(context, { url } satisfies z.infer<typeof negotiated>)
    } catch (error) {
      if (!(error instanceof ProbeRefusal)) throw error
      const { code, message, remedy } = error
      return reply(context, { error: code.replaceAll('-', '_'), message, remedy } satisfies Problem, 403)
    } finally {
      entry.release()
    }
  })
  return routes
}

async function negotiate(
  { url: typed, credentials }: { url: string; credentials?: string },
  { policy, origin, ask }: { policy: AddressPolicy; origin: string | null; ask?: AskNames },
): Promise<string | null> {
  const url = new URL(typed)
  const session = sessionNamed('negotiation')
  if (session === undefined) return null
  const options = {
    url,
    origin,
    subprotocols: [],
    headers: loginHeader(credentials),
    verify: true,
    speaks: false,
    hold: { watchMs: 0, closeInOrder: true },
  }
  const opened = await openSession(session, options, {
    resolve: createResolver({ policy, ...(ask && { ask }) }),
    clock: createRunClock(() => performance.now(), RETRY_BUDGET).attempt(),
    signal: new AbortController().signal,
    onStage: () => {},
  })
  return opened === undefined ? null : opened.url.href
}
