/**
 * What a fault is made of: a function that is given one connection and the values of its knobs, and returns what
 * it wants to do at each moment of it. Whatever it leaves out happens as on a plain wire.
 */
import type { FaultId, KnobsOf } from '#lib/lab/faults.ts'
import type { RequestHead } from '#server/lab/head.ts'
import type { ResponseHead } from '#server/wire/http-head.ts'

export type Side = 'client' | 'server'

/** TCP ending (FIN or RST): orderly, or by reset. */
export type End = 'fin' | 'rst'

/** Where a request can go. */
export interface Backend {
  readonly host: string
  readonly port: number
}

/** A server in a process of its own. */
export interface OwnProcess extends Backend {
  /** Resolves when the event loop is about to stand still. */
  stall(ms: number): Promise<void>
  /** Ends it at once, without a chance to say goodbye. */
  kill(): void
  /** Ends it when its last events have come, or after a while. */
  end(): void
}

/** Backends beside the server's own port, each with one thing different. */
export interface Backends {
  /** Allows no origin but its own, and so none of a page of this server. */
  allowingNobody(answer: 403 | 1008): Promise<Backend>
  /** Allows the origin that its Host names, as many frameworks do. */
  comparingOriginWithHost(): Promise<Backend>
  /** One that may be stalled or killed; it ends with the line. */
  inOwnProcess(line: Pick<Line, 'atEnd'>): Promise<OwnProcess>
}

/** One direction. */
export interface Lane {
  /** Writes to the receiver, after what was written before, and stops reading the sender while it does not take it. */
  forward(bytes: Buffer): void
  /** Stops reading the sender; returns the undo. Several may hold at once. */
  hold(): () => void
}

export interface Countdown {
  /** Starts anew from the full time. */
  restart(): void
  cancel(): void
}

/** One connection through the lab, as a fault sees it. All timers end with it. */
export interface Line {
  readonly toClient: Lane
  readonly toServer: Lane
  /** Runs once, unless the connection ends before. */
  after(ms: number, action: () => void): Countdown
  /** Runs when both sides have ended; at once when they have. */
  atEnd(action: () => void): void
  /** Milliseconds, monotonic. */
  now(): number
  /** 0 up to 1. */
  random(): number
  /** Stops relaying and ends both sides. What was forwarded before still arrives before a FIN. */
  cut(ends: Readonly<Record<Side, End>>): void
  /** Ends one side, and leaves the other as it is. */
  hangUp(side: Side, end: End): void
  /** Joins the connections of one group, which is empty again when the last one has gone. Returns what they share. */
  join(group: string): Group
  readonly backends: Backends
}

export interface Group {
  /** Runs once for the group, in `ms` from the first call on, whichever of its connections are still open. */
  once(ms: number, action: (line: Line) => void): void
}

/** Answers given in place of the backend. */
export interface Reply {
  readonly afterMs?: number
  readonly bytes: Buffer
  /** How the connection ends behind it. */
  readonly end?: End
}

export interface Behaviour {
  /** Answers in place of the backend, which then is never asked. */
  readonly reply?: (request: RequestHead) => Reply
  /** Where the request goes; this server unless given. */
  readonly backend?: () => Promise<Backend>
  readonly request?: (request: RequestHead) => RequestHead
  readonly response?: (response: ResponseHead) => ResponseHead
  /** How long the answer to the handshake is kept back. */
  readonly responseDelayMs?: number
  /** The 101 has been passed on. */
  readonly opened?: () => void
  /** Bytes of an open connection; forward them, or not. */
  readonly fromClient?: (bytes: Buffer) => void
  readonly fromServer?: (bytes: Buffer) => void
  /** One side has ended; `pass` ends the other. */
  readonly ended?: (side: Side, pass: () => void) => void
}

/** How the fault of this id behaves on one line. */
export type BehaviourOf<Id extends FaultId> = (line: Line, knobs: KnobsOf<Id>) => Behaviour
