/** Who may open a socket: what one handshake is admitted to, or why it is not, without touching its socket. */
import type { IncomingMessage } from 'node:http'
import type { EventOf } from '#lib/protocol/events.ts'
import { isToken } from '#lib/protocol/token.ts'
import { visible } from '#lib/text/foreign.ts'
import type { Access } from '#server/access/access.ts'
import type { TooMany } from '#server/access/guard.ts'
import type { Config } from '#server/config/config.ts'
import type { Site } from '#server/config/site.ts'
import { explainHost } from '#server/config/site.ts'
import type { Endpoint, Preparation } from '#server/endpoints/endpoint.ts'
import { listEndpoints } from '#server/endpoints/endpoint.ts'
import { type ConnectionParameters, parseConnectionParameters } from '#server/sockets/parameters.ts'
import type { Answer } from '#server/wire/answer.ts'
import { shorten } from '#server/wire/shorten.ts'

export interface Handshake {
  readonly request: IncomingMessage
  readonly path: string
  readonly query: URLSearchParams
  readonly endpoint: Endpoint | undefined
}

export interface Admission {
  readonly admitted: true
  readonly endpoint: Endpoint
  readonly parameters: ConnectionParameters
  readonly open: Extract<Preparation, { ok: true }>['open']
}

export interface Rejection {
  readonly admitted: false
  readonly cause: EventOf<'rejected'>['cause']
  readonly reason: string
  readonly answer: Answer
}

export interface AdmissionContext {
  readonly config: Config
  readonly site: Site
  readonly access: Pick<Access, 'refusalOf'>
  readonly endpoints: readonly Endpoint[]
  readonly isDraining: () => boolean
  readonly openConnections: () => number
}

/** The first objection wins; the Origin is looked at before everything else. */
export function admitHandshake(handshake: Handshake, context: AdmissionContext): Admission | Rejection {
  const { endpoint, query } = handshake
  const objection = originObjection(handshake, context) ?? serverObjection(handshake, context)
  if (objection) return objection
  if (!endpoint) return unknownPath(handshake.path, context.endpoints)
  const badRequest =
    hostObjection(handshake, context.site) ??
    (endpoint.sameOriginOnly ? accessObjection(handshake, context) : undefined) ??
    requestObjection(handshake.request)
  if (badRequest) return badRequest

  const common = parseConnectionParameters(query, context.config)
  if (!common.ok) return badParameters(common.problem)
  const own = endpoint.prepare(query, handshake.request)
  if (!own.ok) return badParameters(own.problem)
  return { admitted: true, endpoint, parameters: common.parameters, open: own.open }
}

/** One address opens or holds more than it may. */
export function tooManyOfOne({ reason, retryAfterSeconds }: TooMany): Rejection {
  const headers = { 'Retry-After': String(retryAfterSeconds) }
  return reject('limit', 429, 'too_many_of_one_address', reason, { headers })
}

function reject(
  cause: Rejection['cause'],
  status: number,
  error: string,
  reason: string,
  extra: { facts?: Record<string, unknown>; headers?: Record<string, string> } = {},
): Rejection {
  const body = { error, message: reason, ...extra.facts }
  return {
    admitted: false,
    cause,
    reason,
    answer: { status, body, ...(extra.headers && { headers: extra.headers }) },
  }
}

/** Of a request that HTTP itself forbids, whatever it asks for. */
export function malformedRequest(problem: string): Rejection {
  return reject('handshake', 400, 'bad_request', problem)
}

export const originReason = 'Origin not in allowed list'

function originObjection(
  { request, endpoint }: Handshake,
  { site }: AdmissionContext,
): Rejection | undefined {
  const { origin, host } = request.headers
  // Only a browser must send one (RFC 6455 §4.1), and only a browser acts for a page that may be hostile.
  if (origin === undefined) return undefined
  const allowed = endpoint?.sameOriginOnly
    ? site.isOwnOrigin(origin, host)
    : site.isAllowedOrigin(origin, host)
  if (allowed) return undefined
  const { reason, remedy } = endpoint?.sameOriginOnly
    ? ownPagesOnly(endpoint, site)
    : (site.explainOrigin?.(shorten(origin), shorten(host ?? '')) ?? notOnTheList)
  return reject('origin', 403, 'forbidden', reason, { facts: { origin: shorten(origin), remedy } })
}

const notOnTheList = {
  reason: originReason,
  remedy: 'Add the origin to ALLOWED_ORIGINS, exactly as written here, and restart the server.',
}

const ownPagesOnly = ({ path }: Endpoint, { publicBaseUrl }: Site) => ({
  reason: originReason,
  remedy: `${path} is for pages of this server alone. Open ${publicBaseUrl}.`,
})

function serverObjection(_: Handshake, context: AdmissionContext): Rejection | undefined {
  const headers = { 'Retry-After': '5' }
  if (context.isDraining()) {
    return reject('draining', 503, 'draining', 'The server is shutting down', { headers })
  }
  if (context.openConnections() >= context.config.maxConnections) {
    const reason = `The server holds ${context.config.maxConnections} connections, which is its limit (WS_MAX_CONNECTIONS)`
    return reject('limit', 503, 'too_many_connections', reason, { headers })
  }
  return undefined
}

function unknownPath(path: string, endpoints: readonly Endpoint[]): Rejection {
  return reject('path', 404, 'not_found', `${visible(shorten(path))} is not a WebSocket endpoint`, {
    facts: { endpoints: listEndpoints(endpoints) },
  })
}

function hostObjection({ request, endpoint }: Handshake, site: Site): Rejection | undefined {
  if (!endpoint?.sameOriginOnly || site.isKnownHost(request.headers.host)) return undefined
  return reject('host', 421, 'misdirected_request', explainHost(request.headers.host))
}

/** What is for this server's own pages is for whoever may open them. */
export function accessObjection(
  { request }: Pick<Handshake, 'request'>,
  { access }: Pick<AdmissionContext, 'access'>,
): Rejection | undefined {
  const refusal = access.refusalOf(request)
  if (refusal === undefined) return undefined
  const { status, problem, headers } = refusal
  return {
    admitted: false,
    cause: 'access',
    reason: problem.message,
    answer: { status, body: problem, headers },
  }
}

/** RFC 6455 §4.2.1, what Node's parser has not judged already. */
function requestObjection({ method, httpVersion, headers }: IncomingMessage): Rejection | undefined {
  const bad = (status: number, reason: string, extra?: Record<string, string>) =>
    reject('handshake', status, 'bad_handshake', reason, { headers: extra ?? {} })
  if (method !== 'GET') return bad(405, `The handshake is a GET request, not ${method}`, { Allow: 'GET' })
  if (httpVersion !== '1.1') return bad(400, `The handshake needs HTTP/1.1, this was HTTP/${httpVersion}`)
  if (headers['sec-websocket-version']?.trim() !== '13') {
    const given = headers['sec-websocket-version']
    const reason = `Sec-WebSocket-Version must be 13, ${given === undefined ? 'it is missing' : 'not another'}`
    return bad(426, reason, { 'Sec-WebSocket-Version': '13', Upgrade: 'websocket' })
  }
  if (!/^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')) {
    return bad(400, 'Sec-WebSocket-Key must be 16 random bytes in base64, 24 characters')
  }
  const protocols = headers['sec-websocket-protocol']
  if (protocols !== undefined && !isTokenList(protocols)) {
    return bad(400, 'Sec-WebSocket-Protocol must be a list of different tokens, separated by commas')
  }
  return undefined
}

function isTokenList(text: string): boolean {
  const tokens = text.split(',').map((token) => token.trim())
  return new Set(tokens).size === tokens.length && tokens.every(isToken)
}

function badParameters(problem: string): Rejection {
  return reject('parameters', 400, 'bad_parameters', problem)
}
