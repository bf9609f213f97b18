/** A world for the live core: a clock that a test moves, sockets that it speaks through, a storage to look into. */

import type { JsonResponse, PageSignal, Ports, Stop } from '#lib/store/kit/ports.ts'
import { FakeEventSource, FakeSocket } from './fake-socket.ts'

export const ORIGIN = 'http://localhost:9000'
const START = 1_800_000_000_000
const FRAME_MS = 16

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
