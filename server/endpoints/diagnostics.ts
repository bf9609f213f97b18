/** `/ws/diagnostics`: the server's own events as they come, for its own pages. */
import { diagnosticsPath } from '#lib/protocol/own-endpoint.ts'
import type { Endpoint, Session } from '#server/endpoints/endpoint.ts'
import { batchMessages, eventMessages } from '#server/journal/encoding.ts'
import type { Feed } from '#server/journal/feed.ts'
import { parseStreamQuery, streamParameters } from '#server/journal/query.ts'
import type { Sink } from '#server/journal/reader.ts'

export function createDiagnosticsEndpoint(feed: Feed): Endpoint {
  return {
    path: diagnosticsPath,
    summary: 'Streams the events of this server, for its own pages',
    queryParameters: streamParameters,
    sameOriginOnly: true,
    recordsActivity: false,
    prepare: (parameters) => {
      const parsed = parseStreamQuery(parameters)
      if (!parsed.ok) return { ok: false, problem: parsed.problem.message }
      const query = parsed.value
      const encoding = query.batchMs > 0 ? batchMessages : eventMessages
      return { ok: true, open: (session) => ({ closed: feed.open(query, encoding, sinkOf(session)) }) }
    },
  }
}

function sinkOf(session: Session): Sink {
  return {
    write: ({ bytes, messages }) => session.sendFrame(bytes, messages),
    bufferedBytes: () => session.bufferedBytes(),
    onceDrained: (callback) => session.onceDrained(callback),
    end: (why) =>
      why === 'closing'
        ? session.close(1001, 'server shutting down')
        : session.abort('journal-failed', 'the journal could not be read'),
  }
}
