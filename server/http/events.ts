/** The HTTP twins of `/ws/diagnostics`: pages of events, and the stream as server-sent events. */
import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { EndsAnswer } from '#lib/api/events.ts'
import type { EventsPage } from '#lib/protocol/events.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { jsonType, reply } from '#server/http/reply.ts'
import { serverSentEvents } from '#server/journal/encoding.ts'
import type { Feed } from '#server/journal/feed.ts'
import type { Journal } from '#server/journal/journal.ts'
import { parsePageQuery, parseRangeQuery, parseStreamQuery } from '#server/journal/query.ts'
import { readerBufferLimit, type Sink } from '#server/journal/reader.ts'
import { jsonText } from '#server/wire/json.ts'

/** Proxies cut responses that are silent; a comment is no event. */
const commentIntervalMs = 15_000

export interface EventRoutes {
  readonly routes: ApiRoutes
  /** Stops the comments. The streams end with the feed. */
  stop(): void
}

export function createEventRoutes({ journal, feed }: { journal: Journal; feed: Feed }): EventRoutes {
  const routes: ApiRoutes = new Hono()
  const streams = new Set<ServerResponse>()
  const comments = setInterval(() => {
    for (const response of streams) {
      if (response.writableLength < readerBufferLimit) response.write(':\n\n')
    }
  }, commentIntervalMs)
  comments.unref()

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
    const response = context.env.outgoing
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    response.flushHeaders()
    if (context.req.method === 'HEAD') {
      response.end()
      return RESPONSE_ALREADY_SENT
    }
    streams.add(response)
    const forget = feed.open(parsed.value, serverSentEvents, sinkOf(response))
    response.once('close', () => {
      streams.delete(response)
      forget()
    })
    return RESPONSE_ALREADY_SENT
  })

  return { routes, stop: () => clearInterval(comments) }
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

function sinkOf(response: ServerResponse): Sink {
  return {
    write: ({ bytes }) => {
      response.write(bytes)
    },
    bufferedBytes: () => response.writableLength,
    onceDrained: (callback) => {
      response.once('drain', callback)
      return () => response.off('drain', callback)
    },
    end: (why) => {
      if (why === 'closing') response.end()
      else response.destroy()
    },
  }
}
