/** Pings of one side and their answers. A pong answers the ping whose payload it carries, and all before that one. */
interface Ping {
  readonly number: number
  readonly payload: string
  readonly at: number
}

const MOST_WAITING = 32

export class Pings {
  count = 0
  answers = 0
  longestRttMs = 0
  #waiting: Ping[] = []
  #lastPongAt: number | undefined

  sent(payload: string): void {
    this.count += 1
    this.#waiting.push({ number: this.count, payload, at: performance.now() })
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
  }

  /** The ping that this pong answers, with its round trip in milliseconds; undefined for a pong that nobody asked for. */
  answered(payload: string): { readonly number: number; readonly rttMs: number } | undefined {
    const now = performance.now()
    const index = this.#waiting.findLastIndex((ping) => ping.payload === payload)
    const ping = this.#waiting[index]
    if (ping === undefined) return undefined
    this.#waiting = this.#waiting.slice(index + 1)
    this.#lastPongAt = now
    this.answers += 1
    const rttMs = now - ping.at
    this.longestRttMs = Math.max(this.longestRttMs, rttMs)
    return { number: ping.number, rttMs }
  }

  /** Sent since the last answer. */
  get missed(): number {
    return this.#waiting.length
  }

  /** The oldest that waits for its answer, and for how many milliseconds. */
  waiting(): { readonly number: number; readonly ms: number } | undefined {
    const [oldest] = this.#waiting
    return oldest && { number: oldest.number, ms: performance.now() - oldest.at }
  }

  sincePongMs(): number | undefined {
    return this.#lastPongAt === undefined ? undefined : performance.now() - this.#lastPongAt
  }
}
