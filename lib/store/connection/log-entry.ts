/** One row of the log "Messages". Times are epoch milliseconds, sizes bytes on the wire's payload. */
import type { Payload } from '#lib/protocol/payload.ts'

export interface MessageEntry {
  readonly type: 'message'
  readonly at: number
  readonly direction: 'in' | 'out'
  /** Milliseconds since the entry before it, null for the first. */
  readonly deltaMs: number | null
  readonly sizeBytes: number
  /** At most `PAYLOAD_KEPT_BYTES` of it; `sizeBytes` tells the whole. */
  readonly payload: Payload
  readonly truncated: boolean
  /** Sent by the page's ping switch, or its answer. */
  readonly isPing: boolean
  /** Of an answer: the round trip it measured. */
  readonly rttMs: number | null
}

/** What happened to the connection, between the messages. `text` is a full sentence or phrase to show as it is. */
export interface NoteEntry {
  readonly type: 'note'
  readonly at: number
  readonly deltaMs: number | null
  readonly tone: 'neutral' | 'alive' | 'waiting' | 'dead'
  readonly text: string
}

export type LogEntry = MessageEntry | NoteEntry

export const LOG_LIMIT = 10_000
/** The log of one connection keeps at most so many bytes of payload, whatever the number of its entries. */
export const LOG_BUDGET_BYTES = 8 * 1024 * 1024
export const PAYLOAD_KEPT_BYTES = 64 * 1024
