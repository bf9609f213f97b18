/**
 * `/api/recordings`: what recorders on people's own pages tell. The POST is the one route for pages of `ALLOWED_ORIGINS`
 * beside this server's own: bounded, and its answer says nothing.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod/mini'
import type { Problem } from '#lib/api/problem.ts'
import { type RecordingList, recordingsOrder } from '#lib/api/recordings.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { recordingsPath } from '#server/http/page-access.ts'
import { reply } from '#server/http/reply.ts'
import type { ProbeLimiter } from '#server/probe/limiter.ts'
import type { Recordings } from '#server/recordings/recordings.ts'

const mostBodyBytes = 64 * 1024

export function createRecordingRoutes(recordings: Recordings, limiter: ProbeLimiter): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.post(recordingsPath, bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const { headers, socket } = context.env.incoming
    const permit = limiter.admit(`${socket.remoteAddress} ${headers.origin}`)
    if (!permit.admitted) {
      return reply(context, tooMany(permit.retryAfterSeconds), 429, {
        'Retry-After': String(permit.retryAfterSeconds),
      })
    }
    permit.release()
    const order = z.safeParse(recordingsOrder, await context.req.json().catch(() => undefined))
    if (!order.success) return reply(context, badOrder(order.error), 400)
    recordings.take(order.data, headers.origin)
    return context.body(null, 204)
  })

  routes.get(recordingsPath, (context) => {
    const answer: RecordingList = { recordings: recordings.list() }
    return reply(context, answer)
  })

  routes.get(`${recordingsPath}/:id`, (context) => {
    const id = context.req.param('id')
    const evidence = recordings.evidence(id)
    if (evidence === undefined) return reply(context, notFound, 404)
    return reply(context, { recording: id, evidence })
  })

  return routes
}

const badOrder = (error: z.core.$ZodError): Problem => ({
  error: 'bad_request',
  message: `This is not a recording: ${error.issues[0]?.path.join('.') || 'the body'} is missing or wrong.`,
  remedy: 'Load /recorder.js of this server, which sends what this version reads.',
})

const tooMany = (seconds: number): Problem => ({
  error: 'too_many_a_minute',
  message: 'This page has sent as many recordings as one page may in a minute.',
  remedy: `Wait ${seconds} s.`,
})

const notFound: Problem = {
  error: 'not_found',
  message: 'There is no recording of this name.',
  remedy: 'Only the last 200 are kept, and those of this run of the server. Record the page again.',
}
