/**
 * What the page sends by itself while a connection is open: its own pings, a message that is repeated, and what a
 * protocol above WebSocket asks of its client.
 */
import { pingMessageOf } from '#lib/protocol/own-message.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type {
  OpenRequest,
  PagePings,
  Refusal,
  Repeat,
  Route,
  Speech,
  Target,
} from '#lib/store/connection/connection.ts'
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

/** The message to ping with, null where nobody has set one and the server is foreign. */
export function pingTextFor({ endpoint }: Target, pings: PagePings): string | null {
  if (pings.mode === 'off') return null
  return pings.message ?? (endpoint === null ? null : pingMessageOf(endpoint))
}

export interface PagePinger {
  /** What is set; takes effect with the next `begin`. */
  pings(): PagePings
  set(pings: PagePings): void
  /** The first at once, then on a steady beat: a throttled timer skips slots and does not catch up. */
  begin(): void
  stop(): void
}

export function createPagePinger(
  ports: Pick<Ports, 'now' | 'schedule'>,
  target: Target,
  initial: PagePings,
  send: (payload: Payload) => void,
  sendFrame: () => void,
): PagePinger {
  let pings = initial
  let stop: Stop = () => {}

  const ping = (): void => {
    const text = pingTextFor(target, pings)
    if (text !== null) send({ opcode: 'text', text })
    else if (target.isThrough && pings.mode !== 'off') sendFrame()
  }

  const beat = (intervalMs: number, startedAt: number): void => {
    const left = intervalMs - ((ports.now() - startedAt) % intervalMs)
    // A timer that fired a little early is still this slot's.
    const untilNextMs = left < intervalMs / 2 ? left + intervalMs : left
    // Planned before the ping, which may end the connection and with it this timer.
    stop = ports.schedule(() => beat(intervalMs, startedAt), untilNextMs)
    ping()
  }

  return {
    pings: () => pings,
    set(next) {
      pings = next
    },
    begin() {
      stop()
      if (pings.mode === 'every') beat(pings.intervalMs, ports.now())
      else if (pings.mode === 'once') ping()
    },
    stop: () => stop(),
  }
}

/** Faster than this is a load test, and the page itself would be what suffers. */
const REPEAT_AT_LEAST_MS = 20

export interface Repeater {
  /** Sends one message now and then again and again, until stopped or refused. */
  start(payload: Payload, everyMs: number): Refusal | null
  stop(): void
  view(): Repeat | null
}

export function createRepeater(
  ports: Pick<Ports, 'schedule'>,
  send: (payload: Payload) => Refusal | null,
): Repeater {
  let repeat: Repeat | null = null
  let cancel: Stop = () => {}

  const stop = (): void => {
    cancel()
    repeat = null
  }

  const sendOnce = (current: Repeat): Refusal | null => {
    cancel = ports.schedule(() => {
      if (repeat !== null) sendOnce(repeat)
    }, current.everyMs)
    const refusal = send(current.payload)
    if (refusal !== null) stop()
    else repeat = { ...current, sent: current.sent + 1 }
    return refusal
  }

  return {
    start(payload, everyMs) {
      stop()
      if (!(everyMs >= REPEAT_AT_LEAST_MS)) {
        return { code: 'repeat-too-fast', says: `Minimum interval: ${REPEAT_AT_LEAST_MS} ms.` }
      }
      return sendOnce({ everyMs, payload, sent: 0 })
    },
    stop,
    view: () => repeat,
  }
}

export interface Speaker {
  /** @param subprotocol the one that the server picked, empty where none */
  begin(subprotocol: string, route: Route): void
  hear(payload: Payload): void
  stop(): void
  /** From the next `begin` on; undefined: nobody speaks. */
  set(speak: OpenRequest['speak']): void
  speaks(): boolean
}

export function createSpeaker(
  ports: Pick<Ports, 'schedule'>,
  initial: OpenRequest['speak'],
  send: (payload: Payload) => void,
): Speaker {
  let speak = initial
  let speech: Speech | undefined
  let everyMs: number | undefined
  let cancel: Stop = () => {}
  /** What the server said before the words of the protocol were there. */
  let unheard: Payload[] = []
  let turn = 0

  const plan = (): void => {
    if (everyMs === undefined) return
    cancel = ports.schedule(
      () => {
        const beat = speech?.beat()
        plan()
        if (beat) send(beat.says.payload)
      },
      Math.max(BEAT_AT_LEAST_MS, everyMs),
    )
  }
  const keepBeat = (): void => {
    const wanted = speech?.beat()?.everyMs
    if (wanted === everyMs) return
    cancel()
    everyMs = wanted
    plan()
  }
  const answer = (payload: Payload): void => {
    for (const { payload: said } of speech?.hear(payload) ?? []) send(said)
    keepBeat()
  }
  const start = (begun: Speech): void => {
    speech = begun
    for (const { payload } of begun.opening) send(payload)
    keepBeat()
    for (const payload of unheard.splice(0)) answer(payload)
  }

  return {
    begin(subprotocol, route) {
      turn += 1
      const own = turn
      speak?.(subprotocol, route).then(
        (begun) => own === turn && start(begun),
        // Without its words the connection is as silent as any other.
        () => {},
      )
    },
    hear(payload) {
      if (speech) answer(payload)
      else if (speak && unheard.length < MOST_UNHEARD) unheard.push(payload)
    },
    set(next) {
      speak = next
    },
    speaks: () => speak !== undefined,
    stop() {
      turn += 1
      cancel()
      speech = undefined
      everyMs = undefined
      unheard = []
    },
  }
}

const MOST_UNHEARD = 20

/** A server may name the pace of a beat: not one that would be a flood. */
const BEAT_AT_LEAST_MS = 100
