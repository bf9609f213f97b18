/** Readers of the feed over HTTP: server-sent events, kept open by comments. */
import type { ServerResponse } from 'node:http'
import type { Encoding } from '#server/journal/encoding.ts'
import type { Feed } from '#server/journal/feed.ts'
import type { StreamQuery } from '#server/journal/query.ts'
import { readerBufferLimit, type Sink } from '#server/journal/reader.ts'

/** Proxies cut responses that are silent; a comment is no event. */
const commentIntervalMs = 15_000

export interface EventStreams {
  /** Answers with the head of a stream, and, unless only the head was asked for, with what the feed has for it. */
  open(response: ServerResponse, query: StreamQuery, encoding: Encoding): void
  /** Stops the comments. The streams end with the feed. */
  stop(): void
}

export function createEventStreams(feed: Feed): EventStreams {
  const streams = new Set<ServerResponse>()
  const comments = setInterval(() => {
    for (const response of streams) {
      if (response.writableLength < readerBufferLimit) response.write(':\n\n')
    }
  }, commentIntervalMs)
  comments.unref()

  return {
    open: (response, query, encoding) => {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      })
      response.flushHeaders()
      if (response.req.method === 'HEAD') {
        response.end()
        return
      }
      streams.add(response)
      const forget = feed.open(query, encoding, sinkOf(response))
      response.once('close', () => {
        streams.delete(response)
        forget()
      })
    },
    stop: () => clearInterval(comments),
  }
}

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
