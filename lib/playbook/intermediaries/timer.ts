/**
 * One timer of one intermediary, server, framework or client that ends WebSocket connections.
 *
 * - `idle`: restarted by any byte in either direction
 * - `idle-client-only`: restarted by data from the client only
 * - `lifetime`: counts from the opening, whatever happens
 * - `missed-pong`: a ping went unanswered for this long (interval included)
 * - `handshake`: the opening took this long
 * - `reload`: old connections are cut this long after a reload or at a deploy
 */
export type TimerKind = 'idle' | 'idle-client-only' | 'lifetime' | 'missed-pong' | 'handshake' | 'reload'

export type Timer = {
  kind: TimerKind
  /** The default, or what it is fixed to. With `untilSeconds`, the lower end of what is observed. */
  seconds: number
  untilSeconds?: number
  /** Product or service, as people call it. */
  who: string
  /** Header matchers of the product: see `hops.ts`. Absent where it adds no header. */
  hop?: string
  /** The setting that moves the timer, where there is one. */
  setting?: string
  /** How the cut looks to the peers. */
  cut: string
  source: Source
  /** False: common knowledge or users' reports, never to be shown as certain. */
  certain: boolean
}

export type Source = { label: string; url?: string }

type Details = Omit<Timer, 'kind' | 'seconds' | 'who' | 'cut' | 'source' | 'certain'> & { certain?: boolean }

/** Builds the rows of one kind: what, after how long, how it looks, where that stands. */
export const timer =
  (kind: TimerKind) =>
  (who: string, seconds: number, cut: string, source: Source, details: Details = {}): Timer => ({
    kind,
    who,
    seconds,
    cut,
    source,
    certain: true,
    ...details,
  })
