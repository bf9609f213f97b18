/**
 * Traffic of the connections. Counting happens per connection; one shared sweep, four times a second while
 * anybody has something to report, asks those alone, and each reports at most once a second.
 */
import type { Slots, SlotTask } from '#server/sockets/slots.ts'

const sweepMs = 250
const reportEveryMs = 1000

export interface Traffic {
  messages_in: number
  messages_out: number
  /** Payload of messages; frame headers and control frames do not count. */
  bytes_in: number
  /** Frames of messages with their headers. */
  bytes_out: number
}

export interface TrafficSource {
  /** Reports what moved if its last report is old enough. False: ask again in the next sweep. */
  report(nowMs: number): boolean
}

export interface TrafficSweep {
  /** Of all sources since the start. */
  readonly total: Traffic
  /** Something moved since the last report. */
  add(source: TrafficSource): void
  remove(source: TrafficSource): void
}

export function createTrafficSweep(slots: Slots): TrafficSweep {
  const sources = new Set<TrafficSource>()
  const sweep: SlotTask = {
    run: () => {
      const now = slots.now()
      for (const source of sources) {
        if (source.report(now)) sources.delete(source)
      }
      if (sources.size > 0) slots.schedule(sweep, now + sweepMs)
    },
  }
  return {
    total: { messages_in: 0, messages_out: 0, bytes_in: 0, bytes_out: 0 },
    add: (source) => {
      sources.add(source)
      if (sweep.slot === undefined) slots.schedule(sweep, slots.now() + sweepMs)
    },
    remove: (source) => sources.delete(source),
  }
}

const nothing: Readonly<Traffic> = { messages_in: 0, messages_out: 0, bytes_in: 0, bytes_out: 0 }

/** The counters of one connection. */
export class Tally implements TrafficSource {
  readonly total: Traffic = { ...nothing }
  readonly #sweep: TrafficSweep | undefined
  readonly #tell: (moved: Traffic) => void
  #told = nothing
  #toldAt = Number.NEGATIVE_INFINITY
  #isWaiting = false

  /** Without a sweep it counts and reports nothing. */
  constructor(sweep: TrafficSweep | undefined, tell: (moved: Traffic) => void) {
    this.#sweep = sweep
    this.#tell = tell
  }

  received(bytes: number): void {
    this.total.messages_in += 1
    this.total.bytes_in += bytes
    if (!this.#sweep) return
    this.#sweep.total.messages_in += 1
    this.#sweep.total.bytes_in += bytes
    this.#moved(this.#sweep)
  }

  sent(messages: number, bytes: number): void {
    this.total.messages_out += messages
    this.total.bytes_out += bytes
    if (!this.#sweep) return
    this.#sweep.total.messages_out += messages
    this.#sweep.total.bytes_out += bytes
    this.#moved(this.#sweep)
  }

  report(nowMs: number): boolean {
    if (nowMs - this.#toldAt < reportEveryMs) return false
    const { total } = this
    const told = this.#told
    this.#told = { ...total }
    this.#toldAt = nowMs
    this.#isWaiting = false
    this.#tell({
      messages_in: total.messages_in - told.messages_in,
      messages_out: total.messages_out - told.messages_out,
      bytes_in: total.bytes_in - told.bytes_in,
      bytes_out: total.bytes_out - told.bytes_out,
    })
    return true
  }

  /** The rest is not reported: whoever tells of the end has `total`. */
  end(): void {
    if (this.#isWaiting) this.#sweep?.remove(this)
  }

  #moved(sweep: TrafficSweep): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    sweep.add(this)
  }
}
