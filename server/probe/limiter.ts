/**
 * How often one client may probe. A probe holds sockets and up to a minute of patience, so both the number
 * at a time and the number a minute are bounded; the table of clients is bounded too.
 */
export interface ProbeLimits {
  /** Probes under way at once, for each client. */
  atOnce: number
  /** Probes started within any 60 s, for each client. */
  aMinute: number
  /** Clients remembered; the one that was quiet longest goes first. */
  clients: number
}

export type Permit =
  | { admitted: true; release: () => void; withdraw: () => void }
  | { admitted: false; because: 'too-many-at-once' | 'too-many-a-minute'; retryAfterSeconds: number }

export const PROBE_LIMITS: ProbeLimits = { atOnce: 8, aMinute: 30, clients: 10_000 }

const MINUTE_MS = 60_000

/** `client` is whatever tells callers apart, usually the peer's address; `now` is in milliseconds, monotonic. */
export function createProbeLimiter(now: () => number, limits: ProbeLimits = PROBE_LIMITS) {
  const clients = new Map<string, { underWay: number; starts: number[] }>()

  const remember = (client: string) => {
    const known = clients.get(client) ?? { underWay: 0, starts: [] }
    // Re-inserting keeps the map in order of last use.
    clients.delete(client)
    clients.set(client, known)
    if (clients.size > limits.clients) {
      const idle = [...clients].find(([, state]) => state.underWay === 0)
      if (idle) clients.delete(idle[0])
    }
    return known
  }

  return {
    /**
     * Admits a probe or says when to come back; `release` must be called when an admitted one has ended, or `withdraw`,
     * once, where nothing was begun that would count.
     */
    admit(client: string): Permit {
      const state = remember(client)
      const at = now()
      state.starts = state.starts.filter((start) => start > at - MINUTE_MS)
      if (state.underWay >= limits.atOnce) {
        return { admitted: false, because: 'too-many-at-once', retryAfterSeconds: 5 }
      }
      const [oldest] = state.starts
      if (oldest !== undefined && state.starts.length >= limits.aMinute) {
        const waitMs = oldest + MINUTE_MS - at
        return {
          admitted: false,
          because: 'too-many-a-minute',
          retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
        }
      }
      state.starts.push(at)
      state.underWay += 1
      let released = false
      const release = () => {
        if (released) return
        released = true
        state.underWay -= 1
      }
      const withdraw = () => {
        release()
        state.starts.splice(state.starts.indexOf(at), 1)
      }
      return { admitted: true, release, withdraw }
    },
  }
}

export type ProbeLimiter = ReturnType<typeof createProbeLimiter>
