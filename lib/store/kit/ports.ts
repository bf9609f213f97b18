/**
 * Everything the live core needs from the world, passed in: it has no clock, socket, timer or storage of its
 * own. The browser's come from one adapter in components/; tests pass theirs.
 */

/** Undo: stops what was started. Calling it twice is harmless. */
export type Stop = () => void

/** The part of the DOM's WebSocket that is used, so that tests and `ws` fit too. */
export interface SocketLike {
  readonly readyState: number
  readonly protocol: string
  readonly extensions: string
  readonly bufferedAmount: number
  binaryType: string
  onopen: ((event: unknown) => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onerror: ((event: unknown) => void) | null
  onclose: ((event: SocketClose) => void) | null
  /** Absent: a browser's own socket, which tells nothing of frames. */
  onnotice?: ((notice: SocketNotice) => void) | null
  /** Sends a ping frame, whose pong is a notice; absent as in a browser’s own sockets. */
  ping?(): void
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
}

export interface SocketClose {
  readonly code: number
  readonly reason: string
  readonly wasClean: boolean
  /** What a relay saw of the end, in a few words; a browser tells nothing. */
  readonly says?: string | undefined
  /** Where it was no end of the connection's own: a relay ended it, or was itself lost. */
  readonly how?: 'protocol-violation' | 'relay-lost' | undefined
}

/** What a relay that sees frames and headers tells of a connection. */
export type SocketNotice =
  | ({ readonly type: 'handshake' } & SeenHandshake)
  /** A ping frame came from the server, and was answered. */
  | { readonly type: 'ping' }
  /** With the round trip of a ping that was asked for; null: the server sent it by itself. */
  | { readonly type: 'pong'; readonly roundTripMs: number | null }

export interface SeenHandshake {
  /** Such as `203.0.113.7:443`. */
  readonly address: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Such as `TLSv1.3`; absent for ws://. */
  readonly tls?: string | undefined
  /** Why the certificate is not trusted, where it was opened all the same. */
  readonly unverified?: string | undefined
}

/** The part of the DOM's EventSource that is used. */
export interface EventSourceLike {
  onopen: ((event: unknown) => void) | null
  onerror: ((event: unknown) => void) | null
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void
  close(): void
}

/** What the page tells the core about itself. */
export type PageSignal =
  | { readonly type: 'visibility'; readonly hidden: boolean }
  | { readonly type: 'online'; readonly online: boolean }
  /** A `securitypolicyviolation` event: the one certain sign that a policy, not the network, stopped a socket. */
  | { readonly type: 'policy-violation'; readonly blockedUri: string; readonly directive: string }

export interface PagePort {
  /** Such as `http://localhost:9000`: where this server is, and the Origin that sockets carry. */
  readonly origin: string
  isHidden(): boolean
  isOnline(): boolean
  listen(onSignal: (signal: PageSignal) => void): Stop
}

/** The part of Storage that is used. May throw (a full or forbidden storage): the core goes on without. */
export interface StoragePort {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

export interface JsonResponse {
  readonly status: number
  /** The parsed body, `undefined` when it was no JSON. */
  readonly body: unknown
}

export interface Ports {
  /** Milliseconds since the Unix epoch with fractions, never running backwards (timeOrigin + performance.now()). */
  now(): number
  /** Like `new WebSocket(url, subprotocols)`; throws what the constructor throws. */
  openSocket(url: string, subprotocols: readonly string[]): SocketLike
  openEventSource(url: string): EventSourceLike
  /** GET with `Accept: application/json`. Rejects when there was no HTTP answer. */
  getJson(url: string): Promise<JsonResponse>
  /** Like setTimeout. */
  schedule(run: () => void, delayMs: number): Stop
  /** Like requestAnimationFrame. */
  frame(run: () => void): Stop
  /** At least 0, below 1. */
  random(): number
  readonly storage: StoragePort
  readonly page: PagePort
}
