/** The HTTP twins of `/ws/diagnostics`: pages of events, and the stream as server-sent events. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { EndsAnswer } from '#lib/api/events.ts'
import type { EventsPage } from '#lib/protocol/events.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import type { EventStreams } from '#server/http/event-streams.ts'
import { jsonType, reply } from '#server/http/reply.ts'
import { serverSentEvents } from '#server/journal/encoding.ts'
import type { Journal } from '#server/journal/journal.ts'
import { parsePageQuery, parseRangeQuery, parseStreamQuery } from '#server/journal/query.ts'
import { jsonText } from '#server/wire/json.ts'

export function createEventRoutes({
  journal,
  streams,
}: {
  journal: Journal
  streams: EventStreams
}): ApiRoutes {
  const routes: ApiRoutes = new Hono()

  routes.get('/api/events', async (context) => {
    const parsed = parsePageQuery(new URL(context.req.url).searchParams)
    if (!parsed.ok) return reply(context, parsed.problem, 400)
    const page = await journal.read(parsed.value)
    const events = page.records.map(({ json }) => json).join()
    const ends: Omit<EventsPage, 'events'> = {
      next: page.more ? page.position : null,
      gap: page.gap,
      ...(parsed.value.fromEnd && { previous: page.earlier, latest: page.position }),
    }
    return context.body(`{"events":[${events}],${jsonText(ends).slice(1)}`, 200, jsonType)
  })

  routes.get('/api/events/ends', async (context) => {
    const parsed = parseRangeQuery(new URL(context.req.url).searchParams)
    if (!parsed.ok) return reply(context, parsed.problem, 400)
    return reply(context, endsDocument(await journal.ends(parsed.value)))
  })

  routes.get('/api/events/outline', async (context) => {
    const parsed = parseRangeQuery(new URL(context.req.url).searchParams)
    if (!parsed.ok) return reply(context, parsed.problem, 400)
    return reply(context, await journal.outline(parsed.value))
  })

  routes.get('/api/events/stream', (context) => {
    const parameters = new URL(context.req.url).searchParams
    // A browser that reconnects repeats the URL it was given, and says in the header how far it got.
    const resumed = context.req.header('last-event-id')
    if (resumed) parameters.set('after', resumed)
    const parsed = parseStreamQuery(parameters)
    if (!parsed.ok) return reply(context, parsed.problem, 400)
    streams.open(context.env.outgoing, parsed.value, serverSentEvents)
    return RESPONSE_ALREADY_SENT
  })

  return routes
}

const endsDocument = ({ count, codes, silence, age, clock, bursts }: EndsCount): EndsAnswer => ({
  count,
  codes: codes.map(([code, count]) => [code, count]),
  silence: silence.map(([low, count]) => [low, count]),
  age: age.map(([low, count]) => [low, count]),
  clock: clock && { from_ms: clock.fromMs, bin_ms: clock.binMs, counts: [...clock.counts] },
  bursts: bursts.map(({ atMs, count, leastAgeMs, mostAgeMs }) => ({
    at_ms: atMs,
    count,
    least_age_ms: leastAgeMs,
    most_age_ms: mostAgeMs,
  })),
})
