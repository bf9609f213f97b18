/**
 * The one door for sockets: every upgrade request of the process comes here, is recorded as an attempt,
 * admitted as a session or told why not.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Guard, Stranger, TooMany } from '#server/access/guard.ts'
import type { Site } from '#server/config/site.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import {
  type Admission,
  type AdmissionContext,
  admitHandshake,
  type Handshake,
  malformedRequest,
  originReason,
  type Rejection,
  tooManyOfOne,
} from '#server/sockets/admission.ts'
import { describeAttempt } from '#server/sockets/attempt-event.ts'
import { createOpener, type Knock } from '#server/sockets/opener.ts'
import { commonParameters, readTrace } from '#server/sockets/parameters.ts'
import { OpenSession, type SessionServices } from '#server/sockets/session.ts'
import { endSocket } from '#server/wire/answer.ts'
import { inOneWrite } from '#server/wire/one-write.ts'
import { settleTarget } from '#server/wire/request-head.ts'
import { shorten } from '#server/wire/shorten.ts'

/** How long a peer may take to answer our close frame before the connection is cut. */
const closeTimeoutMs = 5000

export interface DoorOptions extends AdmissionContext, SessionServices {
  readonly guard: Pick<Guard, 'strangerOf'>
  /** The pages' own sockets (hot reload in development), which are not ours to judge or record. */
  readonly pagesUpgrade: ((request: IncomingMessage, socket: Socket, head: Buffer) => boolean) | undefined
  /** Takes handshakes for the lab, or refuses them; undefined: not for the lab. */
  readonly lab:
    | ((handshake: Handshake, socket: Socket, head: Buffer) => 'taken' | Rejection | undefined)
    | undefined
}

export interface Door {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Records a handshake that arrived as a plain request, for instance because a proxy dropped its headers. */
  readonly recordPlainRequest: (request: IncomingMessage, status: number, reason: string) => void
}

export function createDoor(options: DoorOptions): Door {
  const { config, endpoints, journal } = options
  const webSocketOptions = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: config.maxPayloadBytes,
    closeTimeout: closeTimeoutMs,
  }
  const takeWebSocket = createOpener(webSocketOptions)

  const ownParameters = new Map<Endpoint | undefined, ReadonlySet<string>>(
    [undefined, ...endpoints].map((endpoint) => [
      endpoint,
      new Set([...commonParameters, ...(endpoint?.queryParameters ?? [])]),
    ]),
  )

  const recordAttempt = ({ request, path, query, endpoint }: Handshake) => {
    const names = { clientId: createClientId(), endpoint: shorten(path), trace: readTrace(query) }
    const draft = describeAttempt(request, names, ownParameters.get(endpoint) ?? new Set(commonParameters))
    journal.append(draft)
    return { ...names, origin: draft.origin }
  }

  const recordRejection = (
    names: ReturnType<typeof recordAttempt>,
    rejection: Pick<Rejection, 'cause' | 'reason'>,
    how: { status: number } | { close_code: number },
  ) => {
    const { clientId: client_id, endpoint, trace, origin } = names
    journal.append({
      kind: 'rejected',
      client_id,
      endpoint,
      ...(trace !== undefined && { trace }),
      cause: rejection.cause,
      reason: rejection.reason,
      ...(rejection.cause === 'origin' && origin !== undefined && { origin }),
      ...how,
    })
  }

  const openSession = (
    { endpoint, parameters, open }: Admission,
    clientId: string,
    knock: Knock,
    stranger: Stranger | undefined,
  ) => {
    const begin = (webSocket: WebSocket) => {
      // From here on `ws` listens for errors.
      knock.socket.off('error', destroyOnError)
      const session = new OpenSession({
        ...parameters,
        services: options,
        clientId,
        endpoint,
        socket: webSocket,
        stream: knock.socket,
        open,
        meter: stranger?.createMeter(),
        leave: stranger?.enter(),
      })
      options.sessions.add(session)
    }
    // The answer and the welcome.
    inOneWrite(knock.socket, () => takeWebSocket(knock, begin))
  }

  const closeWith1008 = (knock: Knock) => {
    takeWebSocket(knock, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      webSocket.close(1008, originReason)
    })
  }

  const refuseMalformed = (handshake: Handshake, problem: string, socket: Socket) => {
    const rejection = malformedRequest(problem)
    recordRejection(recordAttempt(handshake), rejection, { status: rejection.answer.status })
    endSocket(socket, rejection.answer)
  }

  const refuseStranger = (handshake: Handshake, tooMany: TooMany, socket: Socket) => {
    const rejection = tooManyOfOne(tooMany)
    const { answer } = rejection
    if (tooMany.isNews) recordRejection(recordAttempt(handshake), rejection, { status: answer.status })
    endSocket(socket, answer)
  }

  const upgrade = (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const problem = settleTarget(request)
    const handshake = readHandshake(request, endpoints)
    if (problem !== undefined) return refuseMalformed(handshake, problem, socket)
    const isForPages = options.pagesUpgrade && isFromOwnPage(request, options.site)
    if (isForPages && !options.access.refusalOf(request) && options.pagesUpgrade?.(request, socket, head))
      return
    const stranger = options.guard.strangerOf(request)
    if (stranger?.tooFast) return refuseStranger(handshake, stranger.tooFast, socket)
    const lab = options.lab?.(handshake, socket, head)
    if (lab === 'taken') return
    const tooMany = stranger?.tooMany()
    if (tooMany) return refuseStranger(handshake, tooMany, socket)
    const knock = { request, socket, head }
    const names = recordAttempt(handshake)
    const decision = lab ?? admitHandshake(handshake, options)
    if (decision.admitted) return openSession(decision, names.clientId, knock, stranger)

    const accepts = decision.cause === 'origin' && config.originRejection === 1008
    if (accepts && isAdmittedButForOrigin(handshake, options)) {
      recordRejection(names, decision, { close_code: 1008 })
      closeWith1008(knock)
    } else {
      recordRejection(names, decision, { status: decision.answer.status })
      endSocket(socket, decision.answer)
    }
  }

  return {
    upgrade: (request, socket, head) => {
      // First of all: a reset during whatever follows must not be an unhandled 'error', which ends the process.
      socket.on('error', destroyOnError)
      if (socket instanceof Socket) upgrade(request, socket, head)
      else socket.destroy()
    },
    recordPlainRequest: (request, status, reason) => {
      const names = recordAttempt(readHandshake(request, endpoints))
      recordRejection(names, { cause: 'handshake', reason }, { status })
    },
  }
}

function destroyOnError(this: Duplex): void {
  this.destroy()
}

function isFromOwnPage({ headers: { origin, host } }: IncomingMessage, site: Site): boolean {
  return origin !== undefined && site.isOwnOrigin(origin, host) && site.isKnownHost(host)
}

/** Whether it could be accepted at all, its origin aside: only then can it be closed with a code. */
function isAdmittedButForOrigin(handshake: Handshake, context: AdmissionContext): boolean {
  const site = { ...context.site, isAllowedOrigin: () => true, isOwnOrigin: () => true }
  return admitHandshake(handshake, { ...context, site }).admitted
}

/** Splits the target by hand: it is whatever the client sent, and `new URL` throws on much of it. */
function readHandshake(request: IncomingMessage, endpoints: readonly Endpoint[]): Handshake {
  const url = request.url ?? '/'
  const start = url.indexOf('?')
  const path = start === -1 ? url : url.slice(0, start)
  const query = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
  return { request, path, query, endpoint: endpoints.find((endpoint) => endpoint.path === path) }
}

/** A beginning that is drawn, and a number from 0 to 255: the names of neighbours are neighbours in the index of a file. */
let beginning = ''
let named = 0

function createClientId(): string {
  if (named % 256 === 0) beginning = `c-${randomBytes(5).toString('hex')}`
  named += 1
  return beginning + (named % 256).toString(16).padStart(2, '0')
}
