/**
 * The lab: which handshakes it takes, how many connections it holds, and their end. What a fault does is in
 * `faults/`, how bytes pass is in `relay.ts`.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { type FaultCall, isLabPath, type LabProblem, readLabAddress } from '#lib/lab/address.ts'
import { throughPath } from '#lib/protocol/own-endpoint.ts'
import { explainHost } from '#server/config/site.ts'
import { type BackendServices, createBackends } from '#server/lab/backend.ts'
import { behave } from '#server/lab/faults.ts'
import { createGroups } from '#server/lab/groups.ts'
import { type RequestHead, requestHeadOf, withHeader } from '#server/lab/head.ts'
import { createRealProxies, type RealProxies } from '#server/lab/real-proxy/real-proxies.ts'
import { type Relay, startRelay } from '#server/lab/relay.ts'
import type { Handshake, Rejection } from '#server/sockets/admission.ts'
import { accessObjection, originReason } from '#server/sockets/admission.ts'
import { commonParameters } from '#server/sockets/parameters.ts'

export interface LabOptions extends BackendServices {
  /** Where this server listens: the backend of every fault that needs no other. */
  readonly ownServer: { readonly host: string; readonly port: number }
  /** Connections at once. */
  readonly limit?: number
  /** A connection on which nothing moved for so long is ended. */
  readonly idleMs?: number
}

export interface Lab {
  /** Takes a handshake for `/lab/…`, or says why not; undefined: not for the lab. */
  upgrade(handshake: Handshake, socket: Socket, head: Buffer): 'taken' | Rejection | undefined
  /** Starts the fault on a handshake that was judged elsewhere. False when the lab is full or closed. */
  relay(call: FaultCall, request: RequestHead, client: Socket, head: Buffer): boolean
  readonly realProxies: RealProxies
  readonly open: number
  readonly limit: number
  /** Ends every connection, the other backends, the real proxies and all timers. */
  close(): Promise<void>
}

const mostRelays = 256
/** Longer than the longest ping interval (300 s), so that a connection with a heartbeat is never swept. */
const longestIdleMs = 10 * 60_000

export function createLab(options: LabOptions): Lab {
  const { limit = mostRelays, idleMs = longestIdleMs, ownServer } = options
  const relays = new Set<Relay>()
  const groups = createGroups()
  const backends = createBackends(options)
  const realProxies = createRealProxies({ ownServer, backends })
  let closed = false

  const sweep = setInterval(() => {
    const since = performance.now() - idleMs
    for (const relay of relays) if (relay.lastByteMs < since) relay.destroy()
  }, idleMs / 10)
  sweep.unref()

  // Behind the relay every client would be this machine, which may have more opened than strangers may.
  const endpointPaths = options.endpoints.map(({ path }) => path).filter((path) => path !== throughPath)
  const parametersOf = (path: string) => [
    ...commonParameters,
    ...(options.endpoints.find((endpoint) => endpoint.path === path)?.queryParameters ?? []),
  ]

  const objectionTo = (handshake: Handshake): Rejection | undefined => {
    const { origin, host } = handshake.request.headers
    const { site } = options
    if (origin !== undefined && !site.isOwnOrigin(origin, host)) {
      const remedy = `The lab is for pages of this server alone. Open ${site.publicBaseUrl}.`
      return rejection('origin', 403, { error: 'forbidden', message: originReason, remedy })
    }
    if (closed || options.isDraining()) {
      return rejection('draining', 503, { error: 'draining', message: 'The server is shutting down' })
    }
    if (!site.isKnownHost(host)) {
      return rejection('host', 421, { error: 'misdirected_request', message: explainHost(host) })
    }
    const noAccess = accessObjection(handshake, options)
    if (noAccess) return noAccess
    if (relays.size >= limit) {
      const message = `The lab holds ${limit} connections, which is its limit; close some and try again`
      return rejection('limit', 503, { error: 'too_many_relays', message }, { 'Retry-After': '5' })
    }
    return undefined
  }

  const start: Lab['relay'] = (call, request, client, head) => {
    if (closed || relays.size >= limit) return false
    const relay = startRelay({
      client,
      head,
      request,
      ownServer,
      services: { groups, backends, random: Math.random },
      behave: (line) => behave(line, call),
      closed: () => relays.delete(relay),
    })
    relays.add(relay)
    return true
  }

  return {
    upgrade: (handshake, client, head) => {
      const { path, query, request } = handshake
      if (!isLabPath(path)) return undefined
      const objection = objectionTo(handshake)
      if (objection) return objection
      const reading = readLabAddress(path, query, endpointPaths, parametersOf)
      if (!reading.ok) return badAddress(reading.problems)
      const { call, endpoint, search } = reading.address
      start(call, withScheme(requestHeadOf(request, `${endpoint}${search}`), request), client, head)
      return 'taken'
    },
    relay: start,
    realProxies,
    get open() {
      return relays.size
    },
    limit,
    close: async () => {
      closed = true
      clearInterval(sweep)
      for (const relay of relays) relay.destroy()
      backends.close()
      await realProxies.close()
    },
  }
}

/** Who ends TLS in front of a server says so, as a proxy should. */
function withScheme(head: RequestHead, { socket }: IncomingMessage): RequestHead {
  if (!(socket instanceof TLSSocket)) return head
  return { ...head, headers: withHeader(head.headers, 'X-Forwarded-Proto', 'https') }
}

function badAddress(problems: readonly LabProblem[]): Rejection {
  const [first] = problems
  const isPath = first?.code === 'unknown-fault' || first?.code === 'unknown-endpoint'
  return rejection(isPath ? 'path' : 'parameters', 400, {
    error: 'bad_lab_address',
    message: problems.map(({ message }) => message).join('; '),
    problems,
  })
}

function rejection(
  cause: Rejection['cause'],
  status: number,
  body: { readonly error: string; readonly message: string; readonly [fact: string]: unknown },
  headers: Readonly<Record<string, string>> = {},
): Rejection {
  return { admitted: false, cause, reason: body.message, answer: { status, body, headers } }
}
