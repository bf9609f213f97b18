/** `POST /api/diagnose`: the probe, its stages streamed as NDJSON while they happen, and the report at the end. */
import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod/mini'
import { type DiagnoseLine, type DiagnoseOrder, diagnoseOrder } from '#lib/api/diagnose.ts'
import type { Problem } from '#lib/api/problem.ts'
import { foreign } from '#lib/text/foreign.ts'
import type { ApiRoutes } from '#server/http/api.ts'
import { readOrder } from '#server/http/order.ts'
import type { ProbeAccess } from '#server/http/probe-access.ts'
import { reply } from '#server/http/reply.ts'
import { type Ear, listenFor } from '#server/ingest/ear.ts'
import type { Ingest } from '#server/ingest/ingest.ts'
import type { Journal } from '#server/journal/journal.ts'
import { parseHeader } from '#server/probe/handshake/handshake-request.ts'
import { type ProbeOptions, type ProbeTools, probe } from '#server/probe/probe.ts'
import { BUDGET } from '#server/probe/transport/clock.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { type Reports, refusalOf } from '#server/reports/reports.ts'
import { encodeJson, type JsonBytes, joinObjects, jsonText } from '#server/wire/json.ts'

const mostBodyBytes = 512 * 1024
/** Proxies cut answers that are silent, mostly after 60 s. */
const defaultWaitingMs = 15_000
/** Stages wait so long for the name to be resolved, so that a refused address is still answered with 403. */
const heldBackMs = 50
/** An instrument sends what it saw five times a second. */
const defaultToldWithinMs = 1000

export interface DiagnoseServices {
  readonly reports: Reports
  readonly access: ProbeAccess
  /** Where own servers tell of the connection that the probe makes. */
  readonly journal: Pick<Journal, 'subscribe'>
  readonly ingest: Pick<Ingest, 'isHeardOf'>
  /** Shorter patience, and names of its own, in tests. */
  readonly probe?: ProbeSettings | undefined
}

export interface ProbeSettings extends Pick<ProbeOptions, 'watchMs' | 'budget'>, Pick<ProbeTools, 'ask'> {
  /** How long the answer may be silent. */
  readonly waitingMs?: number
  /** How long an own server may take to tell how the connection ended. */
  readonly toldWithinMs?: number
}

export function createDiagnoseRoutes(services: DiagnoseServices): ApiRoutes {
  const { reports, access, journal, ingest, probe: own = {} } = services
  const routes: ApiRoutes = new Hono()

  routes.post('/api/diagnose', bodyLimit({ maxSize: mostBodyBytes }), async (context) => {
    const { incoming, outgoing } = context.env
    const entry = access(incoming)
    if (!entry.admitted) {
      return reply(context, entry.problem, 429, { 'Retry-After': String(entry.retryAfterSeconds) })
    }
    const { ask, watchMs, budget, waitingMs = defaultWaitingMs, toldWithinMs = defaultToldWithinMs } = own
    const lines = createLines(outgoing, waitingMs)
    const abort = new AbortController()
    let ear: Ear | undefined
    const left = () => abort.abort()
    outgoing.once('close', left)
    if (outgoing.closed) left()
    try {
      // Nothing is read for a caller who may not ask.
      const order = await readOrder(context.req, diagnoseOrder)
      if (!order.success) {
        entry.withdraw()
        return reply(context, badOrder(order.error), 400)
      }
      const evidence = await probe(
        order.data.url,
        {
          ...(watchMs && { watchMs }),
          ...(budget && { budget }),
          ...optionsOf(order.data, incoming.headers.origin),
        },
        {
          policy: entry.policy,
          signal: abort.signal,
          onStage: lines.write,
          onConnected: ({ localAddress: address = '', localPort: port = 0 }, url) => {
            ear = listenFor(journal, { end: { address, port }, url })
          },
          ...(ask && { ask }),
        },
      )
      if (!abort.signal.aborted) {
        const outcome = { http: evidence.probe?.http, isOnly: evidence.retries === undefined }
        const told = await ear?.toldOf(outcome, ingest.isHeardOf() ? toldWithinMs : 0)
        const report = await keep(
          reports,
          encodeJson({ evidence }),
          told && encodeJson(told),
          order.data.report,
        )
        lines.end(joinObjects(encodeJson({ type: 'report' }), report))
      }
    } catch (error) {
      const refusal = error instanceof ProbeRefusal ? refused(error) : refusalOf(error)
      if (refusal === undefined) throw error
      if (!lines.begun()) return reply(context, refusal.problem, refusal.status)
      lines.end(encodeJson({ type: 'error', ...refusal.problem } satisfies DiagnoseLine))
    } finally {
      outgoing.off('close', left)
      ear?.stop()
      lines.stop()
      entry.release()
    }
    return RESPONSE_ALREADY_SENT
  })
  return routes
}

/** The answer, begun with the first line that may not wait any longer. */
function createLines(response: ServerResponse, waitingMs: number) {
  let held: string[] | undefined = []
  let timer: NodeJS.Timeout | undefined
  let isBegun = false
  const waiting = setInterval(() => {
    if (isBegun) send({ type: 'waiting' })
  }, waitingMs)

  const begin = () => {
    clearTimeout(timer)
    if (held === undefined) return
    isBegun = true
    response.writeHead(200, {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    response.write(held.join(''))
    held = undefined
  }
  const send = (line: DiagnoseLine) => {
    const text = `${jsonText(line)}\n`
    if (held === undefined) response.write(text)
    else held.push(text)
  }

  return {
    begun: () => isBegun,
    write: (line: Extract<DiagnoseLine, { type: 'stage' }>) => {
      send(line)
      if (line.stage !== 'url' && line.state !== 'started') begin()
      else timer ??= setTimeout(begin, heldBackMs)
    },
    end: (line: JsonBytes) => {
      begin()
      response.write(line)
      response.end('\n')
    },
    stop: () => {
      clearInterval(waiting)
      clearTimeout(timer)
    },
  }
}

function optionsOf(order: DiagnoseOrder, pageOrigin: string | undefined): ProbeOptions {
  const { origin, subprotocols, headers, direct, hold_seconds, send, timeout_seconds, family, ca } = order
  const stageMs = timeout_seconds === undefined ? undefined : timeout_seconds * 1000
  return {
    ...(origin !== undefined && { origin }),
    ...(pageOrigin !== undefined && { pageOrigin }),
    ...(subprotocols && { subprotocols }),
    headers: (headers ?? []).map(parseHeader),
    ...(direct && { direct }),
    ...(hold_seconds !== undefined && { holdSeconds: hold_seconds }),
    ...(send !== undefined && { send }),
    ...(order.quiet === true && { quiet: true }),
    ...(stageMs !== undefined && { budget: { stageMs, runMs: Math.max(BUDGET.runMs, stageMs * 4.5) } }),
    ...(family && { family }),
    ...(ca !== undefined && { ca }),
    insecure: order.insecure === true,
    retries: order.retries !== false,
  }
}

/** A report that is gone meanwhile is made anew: what was seen is not lost. */
async function keep(
  reports: Reports,
  brought: JsonBytes,
  told: JsonBytes | undefined,
  id: string | undefined,
): Promise<JsonBytes> {
  const added = id === undefined ? undefined : await reports.add(id, brought, told)
  return added ?? reports.create(brought, told)
}

function badOrder(error: z.core.$ZodError): Problem {
  const [issue] = error.issues
  const at =
    issue?.code === 'unrecognized_keys'
      ? issue.keys
          .map((key) => foreign(key, 80))
          .slice(0, 5)
          .join(', ')
      : issue && foreign(issue.path.join('.'))
  return {
    error: 'bad_request',
    message: at ? `${at} is missing, or not allowed as it was sent.` : 'The body is not a JSON object.',
    remedy: `Send {"url": "wss://app.example/ws"} as JSON; it may also have ${Object.keys(diagnoseOrder.shape).slice(1).join(', ')}.`,
  }
}

function refused({ code, message, remedy }: ProbeRefusal): { status: 400 | 403; problem: Problem } {
  const problem = { error: code.replaceAll('-', '_'), message, remedy }
  return { status: code === 'address-refused' ? 403 : 400, problem }
}
