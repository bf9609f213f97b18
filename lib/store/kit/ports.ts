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
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
}

export interface SocketClose {
  readonly code: number
  readonly reason: string
  readonly wasClean: boolean
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
