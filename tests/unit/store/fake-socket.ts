/** Sockets and event sources that a test speaks through. */
import type { EventSourceLike, SocketClose, SocketLike } from '#lib/store/kit/ports.ts'

export class FakeSocket implements SocketLike {
  readyState = 0
  protocol = ''
  extensions = ''
  bufferedAmount = 0
  binaryType = 'blob'
  onopen: SocketLike['onopen'] = null
  onmessage: SocketLike['onmessage'] = null
  onerror: SocketLike['onerror'] = null
  onclose: SocketLike['onclose'] = null
  onnotice: SocketLike['onnotice'] = null
  ping: SocketLike['ping']
  readonly sent: (string | Uint8Array)[] = []
  readonly closeCalls: { code: number | undefined; reason: string | undefined }[] = []
  readonly url: string
  readonly subprotocols: readonly string[]
  /** Answers like a server: called with each text that was sent. */
  answer: (text: string) => void = () => {}

  constructor(url: string, subprotocols: readonly string[]) {
    this.url = url
    this.subprotocols = subprotocols
  }
  send(data: string | Uint8Array): void {
    this.sent.push(data)
    if (typeof data === 'string') this.answer(data)
  }
  close(code?: number, reason?: string): void {
    this.closeCalls.push({ code, reason })
    if (this.readyState < 2) this.readyState = 2
  }
  open(): void {
    this.readyState = 1
    this.onopen?.({})
  }
  receive(message: unknown): void {
    this.onmessage?.({
      data:
        typeof message === 'object' && !(message instanceof ArrayBuffer) ? JSON.stringify(message) : message,
    })
  }
  /** A close event, without an error. */
  end(code: number, wasClean = code !== 1006, reason = ''): void {
    this.readyState = 3
    this.onclose?.({ code, reason, wasClean } satisfies SocketClose)
  }
  error(): void {
    this.readyState = 3
    this.onerror?.({})
  }
  /** Error, then close: as when nothing listens. */
  fail(): void {
    this.error()
    this.end(1006)
  }
}

export class FakeEventSource implements EventSourceLike {
  onopen: EventSourceLike['onopen'] = null
  onerror: EventSourceLike['onerror'] = null
  isClosed = false
  readonly url: string
  readonly #listeners = new Map<string, (event: { readonly data?: unknown }) => void>()

  constructor(url: string) {
    this.url = url
  }
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
    this.#listeners.set(type, listener)
  }
  close(): void {
    this.isClosed = true
  }
  emit(type: string, data: unknown): void {
    this.#listeners.get(type)?.({ data: JSON.stringify(data) })
  }
  fail(): void {
    this.onerror?.({})
  }
}
