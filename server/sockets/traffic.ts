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

/** The counters of one connection. */
export interface Tally {
  readonly total: Readonly<Traffic>
  received(bytes: number): void
  sent(messages: number, bytes: number): void
  /** Reports the rest, unless a second has not passed since the last report: then `total` tells it. */
  end(): void
}

/** Without a sweep it counts and reports nothing. */
export function createTally(
  slots: Slots,
  sweep: TrafficSweep | undefined,
  report: (moved: Traffic) => void,
): Tally {
  const total: Traffic = { messages_in: 0, messages_out: 0, bytes_in: 0, bytes_out: 0 }
  let reported = { ...total }
  let reportedAt = Number.NEGATIVE_INFINITY
  let waiting = false

  const source: TrafficSource = {
    report: (nowMs) => {
      if (nowMs - reportedAt < reportEveryMs) return false
      reportedAt = nowMs
      waiting = false
      report({
        messages_in: total.messages_in - reported.messages_in,
        messages_out: total.messages_out - reported.messages_out,
        bytes_in: total.bytes_in - reported.bytes_in,
        bytes_out: total.bytes_out - reported.bytes_out,
      })
      reported = { ...total }
      return true
    },
  }

  const moved = () => {
    if (waiting || !sweep) return
    waiting = true
    sweep.add(source)
  }

  return {
    total,
    received: (bytes) => {
      total.messages_in += 1
      total.bytes_in += bytes
      if (sweep) {
        sweep.total.messages_in += 1
        sweep.total.bytes_in += bytes
      }
      moved()
    },
    sent: (messages, bytes) => {
      total.messages_out += messages
      total.bytes_out += bytes
      if (sweep) {
        sweep.total.messages_out += messages
        sweep.total.bytes_out += bytes
      }
      moved()
    },
    end: () => {
      sweep?.remove(source)
      if (waiting) source.report(slots.now())
    },
  }
}
