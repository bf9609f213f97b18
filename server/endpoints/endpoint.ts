/**
 * What a WebSocket endpoint is: a path, a judgement of its own query parameters, and what it does with an
 * open session. The door (`server/sockets/upgrade.ts`) has judged origin, path and heartbeat parameters before, and
 * the session records attempts, traffic, heartbeats and the end, so that an endpoint holds its protocol alone.
 */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { diagnosticsPath, OwnEndpoint, throughPath } from '#lib/protocol/own-endpoint.ts'

export interface Endpoint {
  /** Exact path of the handshake, without query. */
  readonly path: OwnEndpoint | typeof diagnosticsPath | typeof throughPath
  /** One sentence for people, shown where the endpoints are listed. */
  readonly summary: string
  /** Names of query parameters of its own. Their values appear in events and lines; foreign values are masked. */
  readonly queryParameters: readonly string[]
  /** True where only a page of this server may connect: the Origin must be its own, and the Host is checked. */
  readonly sameOriginOnly: boolean
  /** False where `heartbeat` and `traffic` are not recorded: watching must not make news. */
  readonly recordsActivity: boolean
  /** Judges its own parameters before the handshake is answered; a problem is answered with 400. */
  prepare(query: URLSearchParams, request: IncomingMessage): Preparation
}

export type Preparation =
  | { readonly ok: true; readonly open: (session: Session) => SessionHandlers }
  | { readonly ok: false; readonly problem: string }

/** What an endpoint wants to hear of its session. Each is called in the turn in which it happened. */
export interface SessionHandlers {
  /** A text message, valid UTF-8, with its length on the wire. Absent: counted and ignored. */
  readonly text?: (text: string, byteLength: number) => void
  /** A binary message. Absent: counted and ignored. */
  readonly binary?: (payload: Buffer) => void
  /** A protocol ping has been sent; numbers start at 1. */
  readonly pinged?: (pingNumber: number) => void
  /** The session has ended, whoever ended it. Called once. */
  readonly closed?: () => void
}

/** One open connection, as its endpoint sees it. Writing to a session that is closing does nothing. */
export interface Session {
  readonly clientId: string
  readonly endpoint: string
  readonly trace: string | undefined
  readonly pingIntervalSeconds: number
  readonly pingTimeoutSeconds: number
  /** Protocol pings sent, and those answered. */
  readonly pings: number
  readonly pongs: number
  /** Monotonic, since the handshake was answered. */
  ageMs(): number
  /** Sends one text message. */
  send(text: string): void
  /** The same for text that is known to be ASCII, at less cost. */
  sendAscii(text: string): void
  /** Sends one binary message. */
  sendBinary(payload: Buffer): void
  /** Writes frames that `encodeFrame` (server/wire/frame.ts) has built, so that many sessions can share one buffer. */
  sendFrame(frame: Buffer, messages: number): void
  /** Bytes written but not yet taken by the kernel. `ws.bufferedAmount` is late by megabytes; this is not. */
  bufferedBytes(): number
  /** Calls back once when everything written has been taken by the kernel. Returns the undo. */
  onceDrained(callback: () => void): () => void
  /** Starts the closing handshake. */
  close(code: number, reason: string): void
  /** Ends it at once, without a close frame; `code` and `message` become an `error` event. */
  abort(code: string, message: string): void
  /** The raw socket and its stream, for what the above does not cover. */
  readonly socket: WebSocket
  readonly stream: Socket
}

/** The endpoints as data, for a client that asked for a path that is none. */
export function listEndpoints(endpoints: readonly Endpoint[]) {
  return endpoints.map(({ path, summary }) => ({ path, summary }))
}
