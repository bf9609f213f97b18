/** `POST /api/ingest`, and the contract of what it takes. */
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import {
  eventsVersion,
  ingestLimits,
  ingestPath,
  ingestSchema,
  ingestSchemaPath,
  versionHeader,
} from '#lib/api/ingest.ts'
import type { Problem } from '#lib/api/problem.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Access } from '#server/access/access.ts'
import { secondsOf } from '#server/access/buckets.ts'
import { limitKeyOf } from '#server/access/client-address.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { reply } from '#server/http/reply.ts'
import type { Ingest } from '#server/ingest/ingest.ts'
import { readLines, type WhyUnread } from '#server/ingest/read-lines.ts'

/** Bodies that are read at the same time: each may hold some tens of megabytes. */
const MOST_AT_ONCE = 16
const MOST_OF_ADDRESS = 8

export function createIngestRoutes(ingest: Ingest, access: Pick<Access, 'addressOf'>): ApiRoutes {
  const routes: ApiRoutes = new Hono()
  const reading = new Map<string, number>()
  let underWay = 0

  const begin = (address: string): (() => void) | undefined => {
    const ofAddress = reading.get(address) ?? 0
    if (underWay >= MOST_AT_ONCE || ofAddress >= MOST_OF_ADDRESS) return undefined
    underWay += 1
    reading.set(address, ofAddress + 1)
    return () => {
      underWay -= 1
      const left = (reading.get(address) ?? 1) - 1
      if (left > 0) reading.set(address, left)
      else reading.delete(address)
    }
  }

  routes.post(ingestPath, async (context) => {
    const { incoming } = context.env
    const version = context.req.header(versionHeader)
    if (version !== undefined && version !== eventsVersion) return reply(context, otherVersion(version), 400)
    const address = limitKeyOf(access.addressOf(incoming))
    const end = begin(address)
    if (end === undefined) return reply(context, busy, 503, { 'Retry-After': '1' })
    try {
      const body = await readLines(incoming)
      if (!body.ok) {
        const [status, problem] = unreadable[body.why]
        return reply(context, problem, status)
      }
      const taking = await ingest.take(body.lines, address)
      if (taking.is === 'too-fast') {
        const seconds = secondsOf(taking.waitMs)
        return reply(context, tooFast(seconds), 429, { 'Retry-After': String(seconds) })
      }
      if (taking.is === 'unwritable') return reply(context, unwritable, 503, { 'Retry-After': '5' })
      const { answer } = taking
      const isNonsense = answer.refused > 0 && answer.taken + answer.repeated === 0
      return isNonsense ? reply(context, { ...nothing, ...answer }, 400) : reply(context, answer, 202)
    } finally {
      end()
    }
  })

  routes.get(ingestSchemaPath, (context) => reply(context, ingestSchema()))

  return routes
}

const remedy = `Send one event a line, as GET ${ingestSchemaPath} describes them.`

const otherVersion = (version: string): Problem => ({
  error: 'unsupported_version',
  message: sentence`This server reads version ${eventsVersion} of the events, not ${version.slice(0, 20)}.`,
  remedy: 'Install the sender that comes with this server.',
})

const busy: Problem = {
  error: 'busy',
  message: 'The server is reading as many batches as it can.',
  remedy: 'Send the batch again in a second.',
}

const tooFast = (seconds: number): Problem => ({
  error: 'too_many_events',
  message: 'The sender is faster than this server takes events. Nothing of the batch was taken.',
  remedy: `Send it again in ${seconds} s.`,
})

const unwritable: Problem = {
  error: 'journal_unwritable',
  message: 'The journal can’t be written now, so the batch is kept in memory only.',
  remedy: 'Send it again: what is kept counts once.',
}

const nothing: Problem = {
  error: 'no_event',
  message: 'No line of the body is an event.',
  remedy,
}

const tooLarge: Problem = {
  error: 'too_large',
  message: `A batch has at most ${ingestLimits.lines} lines and 8 MiB, unpacked 32 MiB.`,
  remedy: 'Send smaller batches.',
}

const unreadable: Readonly<Record<WhyUnread, readonly [ContentfulStatusCode, Problem]>> = {
  'too-large': [413, tooLarge],
  'too-many-lines': [413, tooLarge],
  'not-gzip': [
    400,
    { error: 'bad_request', message: 'The body is not gzip to its end.', remedy: 'Pack it again.' },
  ],
  gone: [400, { error: 'bad_request', message: 'The body ended early.', remedy: 'Send it again.' }],
  'unknown-encoding': [
    415,
    {
      error: 'unsupported_encoding',
      message: 'Only gzip is unpacked.',
      remedy: 'Send gzip, or no Content-Encoding.',
    },
  ],
}
