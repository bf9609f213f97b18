/**
 * One row of "Connections": a URL the person opened and all its attempts. Each facet is an object of its own
 * that keeps its reference while it does not change, so that a view can select one and sleep through the rest.
 */

import type { EventOf } from '#lib/protocol/events.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { ClosedState, ConnectionState } from '#lib/store/connection/connection-state.ts'
import type { LogEntry } from '#lib/store/connection/message-log.ts'
import type { Sample } from '#lib/store/connection/samples.ts'
import type { SeenHandshake, SocketLike } from '#lib/store/kit/ports.ts'
import type { RingView } from '#lib/store/kit/ring.ts'

export type ConnectionId = string

export interface OpenRequest {
  /** A ws:// or wss:// URL, as `understandTarget` returns it; others are left to the browser to refuse. */
  readonly url: string
  readonly subprotocols?: readonly string[]
  /** Off by default. */
  readonly pagePings?: PagePings
  /** The person's setting by default. */
  readonly autoReconnect?: boolean
  /** What answers at a URL of another port, where the caller knows it: this server behind a proxy that it started. */
  readonly endpoint?: OwnEndpoint
  /** Speaks for a protocol above WebSocket, with each attempt from the beginning; absent: nobody does. */
  readonly speak?: ((subprotocol: string, route: Route) => Promise<Speech>) | undefined
  /** Opens the socket in the browser's place: a relay that may send more, and sees more. */
  readonly through?: ((url: string, subprotocols: readonly string[]) => SocketLike) | undefined
  /** Tried one after the other when the first attempt never opens; the row stays with the one that does. */
  readonly fallbacks?: readonly Fallback[] | undefined
  /** False: an experiment, not to be found among the recent URLs or offered again at the next visit. */
  readonly remember?: boolean
}

/** Where an attempt goes. */
export interface Route {
  readonly url: string
  readonly subprotocols: readonly string[]
}

export interface Fallback {
  /** For rows: `/socket.io/`. */
  readonly label: string
  /** What it finds opens once: it is found anew when it does not open again. */
  readonly isFresh?: boolean
  /** Null where there is nothing to try. */
  find(): Promise<Route | null>
}

/** What a client of a protocol above WebSocket says, so that the server keeps the connection. */
export interface Speech {
  readonly opening: readonly Said[]
  /** In return to a message of the server. */
  hear(message: Payload): readonly Said[]
  /** By itself, and how often; undefined as long as it need not. */
  beat(): { readonly everyMs: number; readonly says: Said } | undefined
}

type Said = { readonly payload: Payload }

/** An action that was not carried out: a stable code, and a sentence that says what is allowed. */
export interface Refusal {
  readonly code:
    | 'unknown-connection'
    | 'not-open'
    | 'close-code-not-allowed'
    | 'reason-too-long'
    | 'repeat-too-fast'
    | 'needs-message'
    | 'send-failed'
  readonly says: string
}

/** What was asked for. Unchanged for the life of the row, unless a fallback takes the place of what did not open. */
export interface Target {
  /** As the person sees it: without the trace that the core adds. */
  readonly url: string
  /** For rows: path and query on this server, host and path elsewhere. */
  readonly label: string
  /** Null on a foreign server: its heartbeat and its events are unknown to us. */
  readonly endpoint: OwnEndpoint | null
  readonly isOwn: boolean
  /** Opened by a relay, not by this browser. */
  readonly isThrough: boolean
  readonly subprotocols: readonly string[]
}

/** What a relay tells of the current attempt; nothing of what a browser opens itself. */
export interface Relayed {
  readonly handshake: SeenHandshake | null
  /** Ping frames of the server, each answered. */
  readonly pings: number
  readonly lastPingAt: number | null
  /** Between the last two; null before there are two. */
  readonly pingEveryMs: number | null
}

/** Which addresses of a bare host were tried. */
export interface Tried {
  /** As the person gave it. */
  readonly first: string
  /** The labels of those that did not open, in order. */
  readonly refused: readonly string[]
  /** One of them opened, or may still: the row's target is no longer the first. */
  readonly isElsewhere: boolean
}

/** The page's own pings: traffic that resets idle timers, hence a switch. */
export type PagePings =
  | { readonly mode: 'off' }
  /** One round trip at the opening, then silence. */
  | { readonly mode: 'once'; readonly message?: string }
  /** `message` is needed on foreign servers, where any next message counts as its answer. */
  | { readonly mode: 'every'; readonly intervalMs: number; readonly message?: string }

export interface Traffic {
  readonly messagesIn: number
  readonly messagesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly lastInAt: number | null
  readonly lastOutAt: number | null
  /** The later of both, the opening included: idle timers count from here. Protocol pings are invisible to script. */
  readonly lastByteAt: number | null
  /** Idle as a person means it: nothing of theirs was sent since. Beats and pings do not count. Null unless open. */
  readonly idleSince: number | null
  /** The longest such time of this attempt that is over. */
  readonly longestIdleMs: number
}

/** Null where nothing was measured yet. Quantiles and jitter are over the last 300 round trips. */
export interface RoundTrips {
  readonly count: number
  readonly lastMs: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly maxMs: number | null
  /** Smoothed difference of successive round trips (RFC 3550 §6.4.1, gain 1/16). */
  readonly jitterMs: number | null
  /**
   * The first of the row, which the page's own start makes longer: `lastMs` shows it, and all other figures leave it
   * out. Null where none was measured, and always for the server's.
   */
  readonly warmUpMs: number | null
}

/** Beats of the current attempt. Late: over 10 % of the interval behind; missed: over interval + timeout. */
export interface Beats {
  /** Where beats come from: messages of our server, answers to page pings, or nowhere (nothing is judged). */
  readonly source: 'server' | 'page-pings' | 'none'
  readonly intervalMs: number | null
  readonly timeoutMs: number | null
  readonly received: number
  readonly late: number
  readonly missed: number
  /** Beats that came while the page could not look and that carry no time of their own to judge by. */
  readonly unjudged: number
  readonly lastAt: number | null
  /** The worst of the late ones. */
  readonly worstBehindMs: number | null
}

/** Page pings in flight and lost, of the current attempt. */
export interface PingLedger {
  readonly sent: number
  readonly answered: number
  /** In a row, since the last sign of life. Two mean: suspected half-open. */
  readonly unansweredInRow: number
  readonly unanswered: number
}

/** What the server's own events say of the current attempt, joined by `trace`. Always empty for foreign servers. */
export interface ServerSide {
  readonly clientId: string | null
  readonly attempt: EventOf<'attempt'> | null
  readonly accepted: EventOf<'accepted'> | null
  readonly rejected: EventOf<'rejected'> | null
  readonly disconnected: EventOf<'disconnected'> | null
  readonly pongTimeout: EventOf<'pong_timeout'> | null
  /** Protocol pings that the browser answered, by the server's count. */
  readonly heartbeats: number
  /** Of those, how many came over 10 % of the interval late, by the server's clock. */
  readonly lateHeartbeats: number
  readonly lastHeartbeatAt: number | null
}

export interface ReconnectAttempt {
  /** 1 for the first reconnection after the loss. */
  readonly attempt: number
  readonly lostAt: number
  /** The back-off's bound at this attempt; the delay is drawn evenly between 0 and it (full jitter). */
  readonly boundMs: number
  readonly delayMs: number
  readonly plannedAt: number
  readonly outcome: 'waiting' | 'connecting' | 'opened' | 'failed'
}

/** Auto-reconnect, drawn as a schedule. `attempts` holds the current series, at most the last 50. */
export interface Reconnects {
  readonly enabled: boolean
  readonly attempts: readonly ReconnectAttempt[]
  /** Why it rests although it is on and the connection is over, null otherwise. */
  readonly resting: 'closed-by-person' | 'closed-normally' | 'refused' | 'offline' | null
}

/** An open connection that ended, and nobody here had asked for it. */
export interface Loss {
  readonly attempt: number
  /** Of that attempt; null on foreign servers. */
  readonly trace: string | null
  readonly state: ClosedState
  /** The last byte in either direction, the opening included. */
  readonly lastByteAt: number
}

/** What the row lost since it was opened, however often it has come back. `kept` holds the last 50, oldest first. */
export interface Losses {
  readonly count: number
  readonly kept: readonly Loss[]
}

export interface Repeat {
  readonly everyMs: number
  readonly payload: Payload
  readonly sent: number
}

export interface Connection {
  readonly id: ConnectionId
  /** False for an experiment, whose end nobody is waiting to hear of. */
  readonly isLasting: boolean
  readonly target: Target
  /** How many attempts this row has made, 1 for the first. */
  readonly attempt: number
  /** The trace of the current attempt; null on foreign servers, whose URLs stay as they were typed. */
  readonly trace: string | null
  readonly state: ConnectionState
  readonly traffic: Traffic
  readonly pageRtt: RoundTrips
  readonly serverRtt: RoundTrips
  readonly beats: Beats
  readonly pagePings: PagePings
  readonly pings: PingLedger
  readonly server: ServerSide
  readonly reconnects: Reconnects
  readonly losses: Losses
  /** The longest silence in both directions that a message of the server followed, over all attempts; 0 before. */
  readonly survivedMs: number
  /** This page speaks for a protocol above WebSocket, where it recognizes one. */
  readonly isSpoken: boolean
  readonly relayed: Relayed | null
  /** Null where there was nothing to fall back to, or no need. */
  readonly tried: Tried | null
  readonly repeat: Repeat | null
  readonly log: RingView<LogEntry>
  readonly samples: RingView<Sample>
}
