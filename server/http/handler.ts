/** Every HTTP request: who may ask, and who answers. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ingestPath } from '#lib/api/ingest.ts'
import type { Problem } from '#lib/api/problem.ts'
import { foreign } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'
import type { Access, Refusal } from '#server/access/access.ts'
import { answerSignIn, sendSignInPage, signInPath } from '#server/access/sign-in.ts'
import type { Site } from '#server/config/site.ts'
import { explainHost } from '#server/config/site.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import { listEndpoints } from '#server/endpoints/endpoint.ts'
import { metricsPath, sendMetrics } from '#server/http/metrics.ts'
import { pageAccess, preflightHeaders, recordingsPath } from '#server/http/page-access.ts'
import type { Pages } from '#server/http/pages.ts'
import { recorderPath, sendRecorder } from '#server/http/recorder.ts'
import { setSecurityHeaders } from '#server/http/security-headers.ts'
import { type AnswerShared, isShared } from '#server/http/shared.ts'
import type { Metrics } from '#server/metrics/metrics.ts'
import { type Answer, sendAnswer } from '#server/wire/answer.ts'
import { asksForWebSocket, settleTarget } from '#server/wire/request-head.ts'

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void

export interface HandlerOptions {
  readonly dev: boolean
  readonly site: Site
  readonly access: Access
  readonly endpoints: readonly Endpoint[]
  readonly health: () => Answer
  readonly ready: () => Answer
  readonly metrics: Metrics
  /** Answers what a link for a colleague leads to, which knows by itself who may see it. */
  readonly shared: AnswerShared
  /** Answers `/api/*`. */
  readonly api: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
  /** Everything else; without pages it is not found. */
  readonly pages: Pages | undefined
  readonly recordPlainRequest: (request: IncomingMessage, status: number, reason: string) => void
  /** Something broke while answering. */
  readonly failed: (error: unknown) => void
}

export function createRequestHandler(options: HandlerOptions): RequestHandler {
  const { site, access, endpoints } = options
  // The overlay that shows an error in development asks for its stack with text/plain.
  const isToolOfNext = (path: string) => options.dev && path.startsWith('/__nextjs_')

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const problem = settleTarget(request)
    if (problem !== undefined) return sendAnswer(response, malformedRequest(problem))
    const path = request.url?.split('?', 1)[0] ?? '/'
    const endpoint = endpoints.find((candidate) => candidate.path === path)
    const { host } = request.headers

    // A balancer asks for health under whatever name, and a proxy passes any Host to a socket; so does curl. Who reads
    // metrics by another name than that of this machine shows the token, which no page can.
    const anyHost =
      path === '/health' ||
      path === '/ready' ||
      path === metricsPath ||
      (endpoint && !endpoint.sameOriginOnly)
    if (!anyHost && !site.isKnownHost(host)) {
      return sendAnswer(response, misdirected(host))
    }
    if (!isDecodable(path)) return sendAnswer(response, undecodable)
    if (path === '/health' && isRead(request)) return sendAnswer(response, options.health())
    if (path === '/ready' && isRead(request)) return sendAnswer(response, options.ready())
    if (endpoint) {
      const answer = upgradeRequired(request, endpoint, site)
      if (!isFetchOfAnotherPage(request)) {
        options.recordPlainRequest(request, answer.status, answer.body.message)
      }
      return sendAnswer(response, answer)
    }
    if (path === signInPath) {
      if (isRead(request)) return sendSignInPage(response, 200)
      const objection = judgeSource(request, site) ?? judgeContentType(request)
      return objection ? sendAnswer(response, objection) : answerSignIn(request, response, access)
    }
    if (isShared(path) && isRead(request)) return options.shared(request, response)
    const refused = access.refusalOf(request)
    if (refused) return refuse(request, response, refused)
    if (path === metricsPath && isRead(request)) {
      const objection = judgeReader(request)
      return objection ? sendAnswer(response, objection) : sendMetrics(response, options.metrics)
    }
    if (path.startsWith('/lab/')) return sendAnswer(response, labUpgradeRequired)
    if (path === recorderPath && isRead(request)) return sendRecorder(request, response, site)
    const recorder = path === recordingsPath ? pageAccess(request, site) : undefined
    if (recorder && request.method === 'OPTIONS') {
      response.writeHead(204, { ...recorder, ...preflightHeaders }).end()
      return
    }
    const isRecording = recorder !== undefined && request.method === 'POST'
    if (isRecording) response.setHeaders(new Map(Object.entries(recorder)))
    const isApi = path === '/api' || path.startsWith('/api/')
    const objection = isRead(request)
      ? isApi && judgeReader(request)
      : ((isRecording ? undefined : judgeSource(request, site)) ??
        (isToolOfNext(path) ? undefined : judgeContentType(request, path === ingestPath)))
    if (objection) return sendAnswer(response, objection)
    if (isApi) return options.api(request, response)
    if (options.pages) return options.pages.handle(request, response)
    sendAnswer(response, notFound(endpoints))
  }

  return (request, response) => {
    setSecurityHeaders(request, response, options.dev)
    route(request, response).catch((error: unknown) => {
      options.failed(error)
      if (response.headersSent) response.destroy()
      else sendAnswer(response, refusal(500, failedToAnswer))
    })
  }
}

/** A browser that opens a page is asked for the token on the spot; everybody else gets the problem. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, problem, headers }: Refusal) {
  const isPage = isRead(request) && request.headers.accept?.includes('text/html')
  if (status === 401 && isPage) return sendSignInPage(response, status)
  sendAnswer(response, { status, body: problem, headers })
}

function isRead(request: IncomingMessage): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}

/** What decodes a path later (the pages do) throws over others. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

const refusal = (status: number, body: Problem): Answer => ({ status, body })

const malformedRequest = (message: string): Answer =>
  refusal(400, {
    error: 'bad_request',
    message,
    remedy: 'Send one Host header, and the path as the target of the request.',
  })

const undecodable: Answer = refusal(400, {
  error: 'bad_request',
  message: 'The path has a percent sign that encodes nothing, or bytes that are no UTF-8.',
  remedy: 'Write a percent sign in a path as %25, and other characters as their bytes in UTF-8.',
})

export const failedToAnswer: Problem = {
  error: 'internal',
  message: 'The server failed to answer.',
  remedy: 'Try again. Its log has the error.',
}

const misdirected = (host: string | undefined): Answer =>
  refusal(421, {
    error: 'misdirected_request',
    message: explainHost(host),
    remedy: 'Open it at http://localhost, or add the host to ALLOWED_HOSTS.',
  })

const notFound = (endpoints: readonly Endpoint[]): Answer =>
  refusal(404, {
    error: 'not_found',
    message: 'There is nothing here.',
    remedy: 'Open one of the endpoints.',
    endpoints: listEndpoints(endpoints),
  })

const labUpgradeRequired: Answer = {
  status: 426,
  headers: { Upgrade: 'websocket', Connection: 'Upgrade' },
  body: {
    error: 'upgrade_required',
    message:
      'Addresses of the lab are for WebSockets: /lab/<fault>/<endpoint path>. GET /api/lab lists the faults.',
  },
}

/** A plain request where a handshake belongs: how to make one, and what a proxy may have dropped. */
function upgradeRequired(request: IncomingMessage, endpoint: Endpoint, site: Site) {
  const url = new URL(endpoint.path, site.wsPublicUrl).href
  return {
    status: 426,
    headers: { Upgrade: 'websocket', Connection: 'Upgrade' },
    body: {
      error: 'upgrade_required',
      message: `${endpoint.path} is a WebSocket endpoint, and this was not a handshake: ${lackOf(request)}`,
      connect: shell`npx wscat -c ${shell.word(url)}`,
      hint: 'If the client did send a handshake, a proxy on the way dropped its Upgrade and Connection headers.',
    },
  }
}

/** What made no handshake of it. */
function lackOf({ headers }: IncomingMessage): string {
  const { upgrade, connection = '' } = headers
  if (upgrade === undefined) return 'the Upgrade header is missing'
  const given = `Upgrade was "${foreign(upgrade, 40)}"`
  return asksForWebSocket(headers)
    ? `${given}, but Connection was "${foreign(connection, 40)}" and must contain "upgrade"`
    : `${given} and must name "websocket"`
}

/**
 * Some page's `fetch` of an endpoint, which no proxy made of a handshake: there is nothing to be learnt of it, and a page
 * could fill the journal with them. Firefox sends these headers with handshakes too, with a mode of their own.
 */
function isFetchOfAnotherPage({ headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, upgrade } = headers
  return isForeignFetch(site) && mode !== 'websocket' && upgrade === undefined
}

/** Reads of the API set checks of the server itself going, and are for its own pages alone, whatever they may see of the answer. */
function judgeReader({ headers }: IncomingMessage): Answer | undefined {
  return isForeignFetch(headers['sec-fetch-site']) ? refusal(403, ownPagesOnly) : undefined
}

const isForeignFetch = (fetchSite: string | string[] | undefined): boolean =>
  fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none'

const ownPagesOnly: Problem = {
  error: 'forbidden',
  message: 'Only pages of this server may do that.',
  remedy: 'Do it from a page of this server, or with a client that is not a browser.',
}

/**
 * No website can make the server act: what is not a read needs a content type that a form cannot send, and a
 * browser's word on where it comes from must name this server.
 */
function judgeSource(request: IncomingMessage, site: Site): Answer | undefined {
  const { origin, host } = request.headers
  const foreign = origin !== undefined && !site.isOwnOrigin(origin, host)
  return foreign || isForeignFetch(request.headers['sec-fetch-site']) ? refusal(403, ownPagesOnly) : undefined
}

const jsonLines = 'application/x-ndjson'

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** @param isLines whether JSON lines are meant, which no form sends either */
function judgeContentType(request: IncomingMessage, isLines = false): Answer | undefined {
  // No form and no page of another origin can send one: a DELETE without a body has no type to name.
  if (request.method === 'DELETE' && !hasBody(request)) return undefined
  const contentType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (contentType === 'application/json' || (isLines && contentType === jsonLines)) return undefined
  const body: Problem = {
    error: 'unsupported_media_type',
    message: `Only application/json ${isLines ? `and ${jsonLines} are` : 'is'} accepted.`,
    remedy: `Send JSON with Content-Type: ${isLines ? jsonLines : 'application/json'}.`,
  }
  return { status: 415, body, headers: { Accept: 'application/json' } }
}
