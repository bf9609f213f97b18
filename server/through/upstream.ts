/** The connection itself: reached as the probe reaches a server, then spoken by `ws`, which shows pings and pongs. */
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { ThroughLine, ThroughOrder } from '#lib/api/through.ts'
import { understandTarget } from '#lib/applications/target.ts'
import type { StageName } from '#lib/evidence/progress.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import { foreign, sentence } from '#lib/text/foreign.ts'
import { describeStage } from '#server/probe/describe-stage.ts'
import { dial, portOf } from '#server/probe/dial.ts'
import { checkParts, loginHeader, parseHeader } from '#server/probe/handshake/handshake-request.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'
import { BUDGET, createRunClock } from '#server/probe/transport/clock.ts'
import { type AskNames, createResolver, failureCode } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { ownOrigin } from '#server/probe/variations.ts'

type Opened = Omit<Extract<ThroughLine, { type: 'opened' }>, 'type' | 'ms'>
type Closed = Omit<Extract<ThroughLine, { type: 'closed' }>, 'type'>
type Says = Omit<Extract<ThroughLine, { type: 'failed' }>, 'type' | 'ms'>

export interface UpstreamOptions {
  readonly policy: AddressPolicy
  readonly maxPayloadBytes: number
  readonly ask?: AskNames
  readonly signal: AbortSignal
  readonly onOpened: (opened: Opened) => void
  readonly onText: (text: string) => void
  readonly onBinary: (data: Buffer) => void
  /** Answered already. */
  readonly onPing: () => void
  /** Of a ping of ours with its round trip in milliseconds. */
  readonly onPong: (rttMs: number | undefined) => void
  /** Once, after `onOpened`. */
  readonly onClosed: (closed: Closed) => void
}

export interface Upstream {
  /** @param taken once the kernel has it; at once where the connection has ended, and nothing is sent */
  send(data: string | Buffer, taken: () => void): void
  ping(): void
  close(code: number, reason: string): void
  /** The page is gone: says so to the server, and lets go. */
  leave(): void
  pause(): void
  resume(): void
  /** Written, and not yet taken by the kernel. */
  waitingBytes(): number
}

/** It was not opened, and why. */
export class Failed extends Error {
  readonly says: Says
  constructor(says: Says) {
    super(says.message)
    this.says = says
  }
}

/** How long a server may take to answer our Close frame. */
const CLOSE_PATIENCE_MS = 10_000
const MOST_HEADERS = 100

/**
 * Resolves once it is open.
 * @throws Failed, or ProbeRefusal where the order itself is wrong or not allowed
 */
export async function connectUpstream(order: ThroughOrder, options: UpstreamOptions): Promise<Upstream> {
  const target = understandTarget(order.url)
  if (!target.ok) throw new ProbeRefusal('target-unreadable', target.says)
  const url = new URL(target.url)
  const origin = order.origin === undefined ? ownOrigin(url) : order.origin
  const subprotocols = order.subprotocols ?? []
  const headers = [...loginHeader(target.credentials), ...(order.headers ?? []).map(parseHeader)]
  checkParts({ origin, subprotocols, headers })

  const probe: ProbeEvidence = {}
  const socket = await reach(url, order, options, probe)
  const settings = {
    createConnection: () => socket,
    // Node would leave a stream that was paused as it is.
    finishRequest: (request: ClientRequest) => {
      request.once('socket', () => socket.resume())
      request.end()
    },
    headers: asObject([['User-Agent', 'why1006'], ...headers]),
    ...(origin !== null && { origin }),
    handshakeTimeout: BUDGET.stageMs,
    perMessageDeflate: true,
    maxPayload: options.maxPayloadBytes,
    closeTimeout: CLOSE_PATIENCE_MS,
  }
  const webSocket = new WebSocket(url, [...subprotocols], settings)
  return opened(webSocket, socket, { url, probe }, options)
}

/** A connected socket, secured where the URL asks for it. */
async function reach(
  url: URL,
  { ca, insecure, client_certificate: clientCertificate }: ThroughOrder,
  { policy, ask, signal }: UpstreamOptions,
  probe: ProbeEvidence,
): Promise<Socket> {
  const clock = createRunClock(() => performance.now(), BUDGET).attempt()
  let said = sentence`Canceled.`
  const stage = {
    starts: () => {},
    ends: (name: StageName, ok: boolean) => {
      if (!ok) said = sentence`${name.toUpperCase()}: ${describeStage.ended(name, probe)}.`
    },
  }
  const socket = await dial(
    {
      url,
      verify: insecure !== true,
      ...(ca !== undefined && { ca }),
      ...(clientCertificate && { clientCertificate }),
    },
    { resolve: createResolver({ policy, ...(ask && { ask }) }), clock, signal, stage },
    probe,
  ).catch((error: unknown) => {
    if (error instanceof ProbeRefusal) throw error
    // OpenSSL's word on a PEM or a passphrase; it quotes neither.
    throw new Failed({
      error: 'certificate_refused',
      message: sentence`The client certificate cannot be used: ${failureCode(error)}.`,
      remedy: 'Give the certificate and its key as PEM, and the passphrase if the key has one.',
    })
  })
  if (socket) return socket
  throw new Failed({ error: 'unreachable', message: said })
}

/** From the request to the 101 and on to the end. */
function opened(
  webSocket: WebSocket,
  socket: Socket,
  { url, probe }: { url: URL; probe: ProbeEvidence },
  options: UpstreamOptions,
): Promise<Upstream> {
  const { promise, resolve, reject } = Promise.withResolvers<Upstream>()
  let answer: IncomingMessage | undefined
  let problem: string | undefined
  let socketError: string | undefined
  let isOpen = false
  const pings = createPings()

  const fail = (says: Says) => {
    reject(new Failed(says))
    webSocket.terminate()
    socket.destroy()
  }
  const cancel = () => fail({ error: 'canceled', message: 'Canceled.' })
  options.signal.addEventListener('abort', cancel, { once: true })

  socket.on('error', (error) => {
    socketError ??= failureCode(error)
  })
  webSocket.on('upgrade', (response) => {
    answer = response
  })
  webSocket.on('unexpected-response', (_, response) => {
    response.destroy()
    const { statusCode = 0, statusMessage = '' } = response
    fail({
      error: 'refused',
      message: sentence`The server answered ${statusCode} ${statusMessage}.`,
      status: statusCode,
      headers: linesOf(response),
    })
  })
  webSocket.on('open', () => {
    isOpen = true
    options.signal.removeEventListener('abort', cancel)
    options.onOpened({
      address: `${socket.remoteAddress ?? probe.tcp?.address ?? url.hostname}:${portOf(url)}`,
      status: answer?.statusCode ?? 101,
      headers: answer ? linesOf(answer) : [],
      subprotocol: webSocket.protocol,
      extensions: String(answer?.headers['sec-websocket-extensions'] ?? ''),
      ...(probe.tls?.protocol !== undefined && { tls: probe.tls.protocol }),
      ...(probe.tls?.unverified !== undefined && { unverified: probe.tls.unverified }),
    })
    resolve(upstreamOf(webSocket, pings))
  })
  webSocket.on('message', (data, isBinary) => {
    if (!Buffer.isBuffer(data)) return
    if (isBinary) options.onBinary(data)
    else options.onText(data.toString())
  })
  webSocket.on('ping', options.onPing)
  webSocket.on('pong', (payload) => options.onPong(pings.roundTripOf(payload.toString('latin1'))))
  webSocket.on('error', (error) => {
    problem ??= foreign(error.message, 200)
    if (!isOpen) fail({ error: 'handshake_failed', message: handshakeWords(problem, socketError) })
  })
  webSocket.on('close', (code, reason) => {
    if (!isOpen) return
    const isClean = code !== 1006
    const how = isClean ? 'close_frame' : problem !== undefined ? 'violation' : endOf(socketError)
    options.onClosed({
      code,
      reason: reason.toString(),
      clean: isClean,
      how,
      ...(problem !== undefined ? { says: problem } : how === 'error' ? { says: socketError ?? '' } : {}),
    })
  })
  return promise
}

function handshakeWords(problem: string | undefined, socketError: string | undefined) {
  if (socketError === 'ECONNRESET')
    return sentence`The server reset the connection during the handshake (RST).`
  if (problem === undefined || /socket hang up/.test(problem))
    return sentence`The server closed the connection without answering the handshake.`
  return sentence`The handshake failed: ${problem}.`
}

function endOf(socketError: string | undefined): 'fin' | 'rst' | 'error' {
  if (socketError === undefined) return 'fin'
  return socketError === 'ECONNRESET' || socketError === 'EPIPE' ? 'rst' : 'error'
}

/** Pings of ours that wait for their pong: a few, since one who never answers is not waited for. */
function createPings() {
  const waiting = new Map<string, number>()
  let number = 0
  return {
    next(): string {
      const [oldest] = waiting.keys()
      if (waiting.size >= MOST_PINGS && oldest !== undefined) waiting.delete(oldest)
      const payload = String(++number)
      waiting.set(payload, performance.now())
      return payload
    },
    roundTripOf(payload: string): number | undefined {
      const sentAt = waiting.get(payload)
      waiting.delete(payload)
      return sentAt === undefined ? undefined : performance.now() - sentAt
    },
  }
}

const MOST_PINGS = 100

function upstreamOf(webSocket: WebSocket, pings: ReturnType<typeof createPings>): Upstream {
  return {
    ping() {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.ping(pings.next())
    },
    send(data, taken) {
      if (webSocket.readyState === WebSocket.OPEN) webSocket.send(data, taken)
      else taken()
    },
    close(code, reason) {
      webSocket.close(code, reason)
      // A paused socket would never show the server's answer.
      webSocket.resume()
    },
    leave() {
      webSocket.close(1001)
      webSocket.resume()
    },
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
    waitingBytes: () => webSocket.bufferedAmount,
  }
}

const single = new Set(['authorization', 'user-agent', 'host'])

/** A name that is given twice is one list (RFC 9110 §5.3). Of what is said here already, a header of the order is meant. */
function asObject(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const byName = new Map<string, { name: string; values: string[] }>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const known = byName.get(key)
    if (known === undefined || single.has(key)) byName.set(key, { name, values: [value] })
    else known.values.push(value)
  }
  return Object.fromEntries(
    [...byName].map(([key, { name, values }]) => [name, values.join(key === 'cookie' ? '; ' : ', ')]),
  )
}

function linesOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const lines: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length && lines.length < MOST_HEADERS; at += 2) {
    lines.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  }
  return lines
}
