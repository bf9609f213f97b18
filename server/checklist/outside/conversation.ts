/** One WebSocket for the checks: what it receives can be awaited, and every wait has an end. */
import { WebSocket } from 'ws'
import type { CheckTarget } from '#server/checklist/outside/target.ts'

export type Received =
  | { kind: 'text'; text: string }
  | { kind: 'binary'; bytes: Buffer }
  | { kind: 'ping' }
  | { kind: 'pong' }
  | { kind: 'closed'; code: number; reason: string }

/** The handshake failed: `status` where the server answered with one. */
export class NotOpened extends Error {
  readonly status: number | undefined

  constructor(message: string, status?: number) {
    super(message)
    this.name = 'NotOpened'
    this.status = status
  }
}

export interface Conversation {
  send(message: string | Buffer): void
  ping(): void
  close(code: number): void
  /** The next thing of this kind that fits; what came before it is dropped. Undefined when time is up or it closed. */
  next<Kind extends Received['kind']>(
    kind: Kind,
    fits?: (received: Extract<Received, { kind: Kind }>) => boolean,
    ms?: number,
  ): Promise<Extract<Received, { kind: Kind }> | undefined>
  /** The next message as JSON. */
  nextJson(ms?: number): Promise<Record<string, unknown> | undefined>
  isOpen(): boolean
  end(): void
}

/** @throws NotOpened */
export async function converse(
  target: CheckTarget,
  path: string,
  { origin = target.ownOrigin, answersPings = true }: { origin?: string; answersPings?: boolean } = {},
): Promise<Conversation> {
  const socket = new WebSocket(`${target.wsBase}${path}`, {
    headers: Object.fromEntries(target.headers),
    origin,
    autoPong: answersPings,
    ...(target.ca === undefined ? {} : { ca: target.ca }),
    handshakeTimeout: target.patienceMs,
    perMessageDeflate: false,
  })
  const queue: Received[] = []
  let wake = () => {}
  const receive = (received: Received) => {
    queue.push(received)
    wake()
  }
  // Listening before it opens: a welcome may come in the same packet as the 101.
  socket.on('message', (data, isBinary) => {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)])
    receive(isBinary ? { kind: 'binary', bytes } : { kind: 'text', text: bytes.toString('utf8') })
  })
  socket.on('ping', () => receive({ kind: 'ping' }))
  socket.on('pong', () => receive({ kind: 'pong' }))
  socket.on('close', (code, reason) => receive({ kind: 'closed', code, reason: reason.toString('utf8') }))
  await opened(socket)
  const stop = () => socket.terminate()
  target.signal.addEventListener('abort', stop)
  socket.once('close', () => target.signal.removeEventListener('abort', stop))

  const next: Conversation['next'] = async (kind, fits = () => true, ms = target.patienceMs) => {
    const until = performance.now() + ms
    for (;;) {
      for (let received = queue.shift(); received; received = queue.shift()) {
        if (isKind(received, kind) && fits(received)) return received
        if (received.kind === 'closed') return undefined
      }
      const leftMs = until - performance.now()
      if (leftMs <= 0) return undefined
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  return {
    next,
    send: (message) => socket.send(message),
    ping: () => socket.ping(),
    close: (code) => socket.close(code),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    end: () => socket.terminate(),
    async nextJson(ms) {
      const message = await next('text', undefined, ms)
      return message && parsed(message.text)
    },
  }
}

function isKind<Kind extends Received['kind']>(
  received: Received,
  kind: Kind,
): received is Extract<Received, { kind: Kind }> {
  return received.kind === kind
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : { value }
  } catch {
    return { 'not JSON': text.slice(0, 80) }
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    let status: number | undefined
    socket.once('open', resolve)
    socket.once('unexpected-response', (request, response) => {
      status = response.statusCode
      response.resume()
      request.destroy()
      reject(new NotOpened(`the handshake was answered with ${status}`, status))
    })
    socket.on('error', (error) => reject(new NotOpened(error.message, status)))
  })
}
