/**
 * One connection for one page: its order, then messages in both directions until either side ends. What waits for a
 * side that does not read is bounded; nothing of the order is logged.
 */
import { type ThroughLine, type ThroughOrder, throughOrder, throughSaid } from '#lib/api/through.ts'
import { checkClose } from '#lib/protocol/close-codes.ts'
import type { AddressPolicy } from '#server/probe/transport/address-guard.ts'
import type { AskNames } from '#server/probe/transport/dns.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { connectUpstream, Failed, type Upstream } from '#server/through/upstream.ts'
import { parseJson } from '#server/wire/parse-json.ts'

/** The page's own connection. Writing to one that is closing does nothing. */
export interface PageSocket {
  send(text: string): void
  sendBinary(payload: Buffer): void
  /** Written, and not yet taken by the kernel. */
  bufferedBytes(): number
  onceDrained(callback: () => void): void
  close(code: number, reason: string): void
  /** Takes no further message until `resume`. */
  pause(): void
  resume(): void
}

/** What the page's connection tells the relay. */
export interface Relay {
  text(text: string): void
  binary(payload: Buffer): void
  closed(): void
}

/** Why an order was not begun. */
export interface Refusal {
  readonly error: string
  readonly message: string
  readonly remedy: string
}

export type Admission = { readonly release: () => void } | { readonly refusal: Refusal }

export interface RelayOptions {
  readonly policy: AddressPolicy
  readonly admit: () => Admission
  readonly maxPayloadBytes: number
  readonly ask?: AskNames
}

/** How long a page may take to say what it wants. */
const ORDER_PATIENCE_MS = 10_000
/** More is not taken from one side until the other has taken this. */
const MOST_WAITING_BYTES = 1024 * 1024

export function createRelay(page: PageSocket, options: RelayOptions): Relay {
  const abort = new AbortController()
  let isOrdered = false
  let upstream: Upstream | undefined
  let isOver = false

  const say = (line: ThroughLine) => page.send(JSON.stringify(line))
  const end = (line: Extract<ThroughLine, { type: 'closed' | 'failed' }>) => {
    if (isOver) return
    isOver = true
    say(line)
    page.close(1000, '')
  }
  const broken = (problem: string) => {
    if (isOver) return
    isOver = true
    page.close(1008, problem)
    abort.abort()
    upstream?.leave()
  }
  const patience = setTimeout(() => broken('no order'), ORDER_PATIENCE_MS)

  /** After each write to the page: one that reads slowly makes the server at the other end wait. */
  const throttle = () => {
    if (upstream === undefined || page.bufferedBytes() <= MOST_WAITING_BYTES) return
    const waiting = upstream
    waiting.pause()
    page.onceDrained(() => waiting.resume())
  }
  const deliver = (line: ThroughLine) => {
    if (isOver) return
    say(line)
    throttle()
  }

  const begin = async (order: ThroughOrder) => {
    const admission = options.admit()
    if ('refusal' in admission) return end({ type: 'failed', ...admission.refusal, ms: 0 })
    const began = performance.now()
    try {
      upstream = await connectUpstream(order, {
        ...options,
        signal: abort.signal,
        onText: (data) => deliver({ type: 'text', data }),
        onBinary: (data) => {
          if (isOver) return
          page.sendBinary(data)
          throttle()
        },
        onPing: () => deliver({ type: 'ping' }),
        onPong: (rttMs) => deliver({ type: 'pong', ...(rttMs !== undefined && { rtt_ms: rttMs }) }),
        onOpened: (opened) => deliver({ type: 'opened', ...opened, ms: performance.now() - began }),
        onClosed: (closed) => {
          admission.release()
          page.resume()
          end({ type: 'closed', ...closed })
        },
      })
      if (abort.signal.aborted) upstream.leave()
    } catch (error) {
      admission.release()
      end({ type: 'failed', ...failureOf(error), ms: performance.now() - began })
    }
  }

  const pass = (data: string | Buffer) => {
    if (upstream === undefined) return
    const server = upstream
    const isFull = () => server.waitingBytes() > MOST_WAITING_BYTES
    server.send(data, () => {
      if (!isFull()) page.resume()
    })
    if (isFull()) page.pause()
  }

  const hear = (value: unknown) => {
    const said = throughSaid.safeParse(value)
    if (!said.success) return broken('not a message of this contract')
    if (said.data.type === 'text') return pass(said.data.data)
    if (said.data.type === 'ping') return upstream?.ping()
    const { code, reason } = said.data
    if (checkClose(code, reason) !== null) return broken('not a code that a page may send')
    if (upstream === undefined) {
      abort.abort()
      return end({ type: 'failed', error: 'canceled', message: 'You canceled it.', ms: 0 })
    }
    upstream.close(code, reason)
  }

  return {
    text(text) {
      const parsed = parseJson(text)
      if (!parsed.ok) return broken('not JSON')
      if (isOrdered) return hear(parsed.value)
      clearTimeout(patience)
      const order = throughOrder.safeParse(parsed.value)
      if (!order.success) return broken('not an order')
      isOrdered = true
      void begin(order.data)
    },
    binary: pass,
    closed() {
      isOver = true
      clearTimeout(patience)
      abort.abort()
      upstream?.leave()
    },
  }
}

/** Words of ours and of the network; what the order held is in none of them. */
function failureOf(error: unknown) {
  if (error instanceof Failed) return error.says
  if (error instanceof ProbeRefusal) {
    const { code, message, remedy } = error
    return { error: code.replaceAll('-', '_'), message, remedy }
  }
  return { error: 'failed', message: 'Why1006 could not open the connection.' }
}
