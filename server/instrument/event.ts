/** What the instrument tells of each connection: the events of Why1006, as `lib/protocol/events.ts` has them. */

interface Common {
  /** Unique for ever; with it a reader knows an event that it was sent twice. */
  readonly id: string
  /** Seconds since the Unix epoch. */
  readonly at: number
  /** The process: `host:pid`. */
  readonly instance: string
  /** The name that was given to `instrument`. */
  readonly service?: string
  readonly client_id: string
  /** The path that was asked for, without its query. */
  readonly endpoint: string
  readonly trace?: string
  /** Set where this process opened the connection. */
  readonly role?: 'client'
}

/** A handshake arrived, or was sent. Values of query parameters are masked. */
export interface AttemptEvent extends Common {
  readonly kind: 'attempt'
  readonly address: string
  /** The port of the peer, of a handshake that arrived: with the address it names one TCP connection. */
  readonly port?: number
  readonly url: string
  readonly scheme: 'ws' | 'wss'
  readonly http_version: string
  readonly host?: string
  readonly origin?: string
  readonly user_agent?: string
  readonly upgrade?: string
  readonly connection?: string
  readonly subprotocols?: string
  readonly forwarded_for?: string
  readonly forwarded_proto?: string
  readonly forwarded_host?: string
  readonly real_ip?: string
}

/** It was answered with something else than 101, or (no `status`) with nothing. */
export interface RejectedEvent extends Common {
  readonly kind: 'rejected'
  readonly cause: 'application'
  readonly reason: string
  readonly status?: number
  /** The package or file that wrote the answer, such as `ws` or `server.js`. */
  readonly by?: string
}

export interface AcceptedEvent extends Common {
  readonly kind: 'accepted'
  readonly subprotocol?: string
}

/** A ping of this side was answered. */
export interface HeartbeatEvent extends Common {
  readonly kind: 'heartbeat'
  readonly ping_number: number
  readonly rtt_ms: number
}

/** This side cut the connection while a ping of its own was unanswered. */
export interface PongTimeoutEvent extends Common {
  readonly kind: 'pong_timeout'
  readonly ping_number: number
  readonly waited_ms: number
}

/** It ended. `close_code` is the code that was sent or received, 1006 where no Close frame passed. */
export interface DisconnectedEvent extends Common {
  readonly kind: 'disconnected'
  readonly close_code: number
  readonly reason: string
  /** Who sent the first Close frame, or ended the TCP connection without one; `network` where it broke, or a pong was missed. */
  readonly initiator: 'client' | 'server' | 'network'
  /** The age of the connection, from the 101. */
  readonly duration_ms: number
  readonly pings: number
  readonly pongs: number
  readonly messages_in: number
  readonly messages_out: number
  readonly bytes_in: number
  readonly bytes_out: number
  /** Since the last byte in either direction and since the last one of the peer, but for Close frames; since its last pong. */
  readonly silence_ms: number
  readonly since_rx_ms: number
  readonly since_pong_ms?: number
  readonly missed_pongs: number
  readonly event_loop_delay_ms: number
  readonly buffered_bytes: number
  /**
   * After a missed pong, on Linux: what the system of the peer had not acknowledged, and how often it was sent again. A
   * client that only does not answer acknowledges; one that cannot be reached does not.
   */
  readonly unacked_bytes?: number
  readonly retransmits?: number
  readonly draining: boolean
  readonly socket_error?: string
}

export type InstrumentEvent =
  | AttemptEvent
  | RejectedEvent
  | AcceptedEvent
  | HeartbeatEvent
  | PongTimeoutEvent
  | DisconnectedEvent

/** @internal */
type WithoutStamp<E> = E extends unknown ? Omit<E, keyof Common> : never

/** @internal An event before its connection and its process have put their names on it. */
export type EventFields = WithoutStamp<InstrumentEvent>

/** @internal */
export type Output = (event: InstrumentEvent) => void
