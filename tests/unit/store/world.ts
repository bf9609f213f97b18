/** A world for the live core: a clock that a test moves, sockets that it speaks through, a storage to look into. */

import type { Connection, ConnectionId } from '#lib/store/connection.ts'
import { createLive } from '#lib/store/live.ts'
import type {
  EventSourceLike,
  JsonResponse,
  PageSignal,
  Ports,
  SocketClose,
  SocketLike,
  Stop,
} from '#lib/store/ports.ts'

export const ORIGIN = 'http://localhost:9000'
const START = 1_800_000_000_000
const FRAME_MS = 16

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

export interface World {
  readonly ports: Ports & {
    readonly storage: { -readonly [K in keyof Ports['storage']]: Ports['storage'][K] }
  }
  readonly sockets: FakeSocket[]
  readonly eventSources: FakeEventSource[]
  readonly stored: Map<string, string>
  readonly requests: string[]
  now(): number
  /** Runs every timer and frame that is due, in order. */
  advance(ms: number): void
  /** Time passes and nothing runs, as in sleep; what was due runs afterwards, late. */
  sleep(ms: number): void
  signal(signal: PageSignal): void
  /** Timers run only at multiples of this: 1,000 hidden, 60,000 hidden for long. */
  throttle(everyMs: number): void
  refuseWith(error: Error | null): void
  answerJson(answer: (url: string) => JsonResponse): void
  /** Lets promises of answered requests run. */
  settle(): Promise<void>
  setRandom(value: number | null): void
}

interface Task {
  at: number
  readonly run: () => void
  readonly isFrame: boolean
}

export function createWorld(): World {
  let now = START
  let throttleMs = 1
  let hidden = false
  let online = true
  let refusal: Error | null = null
  let random: number | null = 0.5
  let seed = 1
  let answer = (_url: string): JsonResponse => ({ status: 404, body: undefined })
  let tasks: Task[] = []
  let onSignal: (signal: PageSignal) => void = () => {}
  const sockets: FakeSocket[] = []
  const eventSources: FakeEventSource[] = []
  const stored = new Map<string, string>()
  const requests: string[] = []

  const add = (delayMs: number, run: () => void, isFrame: boolean): Stop => {
    const task = { at: now + delayMs, run, isFrame }
    tasks.push(task)
    return () => {
      tasks = tasks.filter((other) => other !== task)
    }
  }
  const runsAt = (task: Task): number => {
    if (task.isFrame) return hidden ? Number.POSITIVE_INFINITY : task.at
    return Math.ceil(task.at / throttleMs) * throttleMs
  }
  const nextTask = (until: number): Task | undefined =>
    tasks.filter((task) => runsAt(task) <= until).sort((a, b) => runsAt(a) - runsAt(b))[0]

  return {
    sockets,
    eventSources,
    stored,
    requests,
    now: () => now,
    advance(ms) {
      const until = now + ms
      for (let task = nextTask(until); task !== undefined; task = nextTask(until)) {
        tasks = tasks.filter((other) => other !== task)
        now = Math.max(now, runsAt(task))
        task.run()
      }
      now = until
    },
    sleep(ms) {
      now += ms
    },
    signal(signal) {
      if (signal.type === 'visibility') hidden = signal.hidden
      if (signal.type === 'online') online = signal.online
      onSignal(signal)
    },
    throttle(everyMs) {
      throttleMs = everyMs
    },
    refuseWith(error) {
      refusal = error
    },
    answerJson(next) {
      answer = next
    },
    async settle() {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    },
    setRandom(value) {
      random = value
    },
    ports: {
      now: () => now,
      openSocket(url, subprotocols) {
        if (refusal !== null && !url.includes('/ws/diagnostics')) throw refusal
        const socket = new FakeSocket(url, subprotocols)
        sockets.push(socket)
        return socket
      },
      openEventSource(url) {
        const source = new FakeEventSource(url)
        eventSources.push(source)
        return source
      },
      async getJson(url) {
        requests.push(url)
        return answer(url)
      },
      schedule: (run, delayMs) => add(delayMs, run, false),
      frame: (run) => add(FRAME_MS, run, true),
      random() {
        if (random !== null) return random
        seed = (seed * 16_807) % 2_147_483_647
        return seed / 2_147_483_647
      },
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
      },
      page: {
        origin: ORIGIN,
        isHidden: () => hidden,
        isOnline: () => online,
        listen(listener) {
          onSignal = listener
          return () => {
            onSignal = () => {}
          }
        },
      },
    },
  }
}

/** A core in such a world, and short ways to what tests look at. */
export function createScene() {
  const world = createWorld()
  world.setRandom(null)
  const live = createLive(world.ports)
  const lastSocket = (): FakeSocket => {
    const socket = world.sockets.findLast(({ url }) => !url.includes('/ws/diagnostics'))
    if (socket === undefined) throw new Error('no socket was opened')
    return socket
  }
  const feedSocket = (): FakeSocket => {
    const socket = world.sockets.findLast(({ url }) => url.includes('/ws/diagnostics'))
    if (socket === undefined) throw new Error('the feed opened no socket')
    return socket
  }
  const connection = (id: ConnectionId): Connection => {
    world.advance(20)
    const found = live.store.getState().connections[id]
    if (found === undefined) throw new Error(`no connection ${id}`)
    return found
  }
  /** Opens a row and its socket. */
  const opened = (path: string, more: Partial<Parameters<typeof live.actions.open>[0]> = {}) => {
    const url = path.startsWith('/') ? ORIGIN.replace('http', 'ws') + path : path
    const id = live.actions.open({ url, ...more })
    const socket = lastSocket()
    world.advance(3)
    socket.open()
    return { id, socket }
  }
  return { world, live, lastSocket, feedSocket, connection, opened }
}

/** The greeting of /ws/health at an interval. */
export function healthGreeting(pingInterval: number, pingTimeout: number) {
  return {
    type: 'health_status',
    status: 'connected',
    client_id: 'c-1',
    server_time: 1_800_000_000,
    config: { ping_interval: pingInterval, ping_timeout: pingTimeout, expected_min_connection_duration: 30 },
    environment: { allowed_origins: [], public_base_url: '', ws_public_url: '' },
  }
}

/** A beat that the server wrote at this time of the shared clock, in ms. */
export function heartbeatMessage(sentAt: number, pingNumber = 1) {
  return {
    type: 'heartbeat',
    ping_number: pingNumber,
    timestamp: sentAt / 1_000,
    connection_age_seconds: 1,
    client_id: 'c-1',
  }
}
