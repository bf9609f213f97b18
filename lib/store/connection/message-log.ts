/**
 * The log "Messages" of one connection: 10,000 rows, and at most 8 MiB of payload among them. Times are epoch
 * milliseconds, sizes bytes of the payload on the wire.
 */
import { clipPayload, type Payload, sizeBytesOf } from '#lib/protocol/payload.ts'
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

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

export type Note = Pick<NoteEntry, 'tone' | 'text'>

export type LogEntry = MessageEntry | NoteEntry

export const LOG_LIMIT = 10_000
/** The log of one connection keeps at most so many bytes of payload, whatever the number of its entries. */
export const LOG_BUDGET_BYTES = 8 * 1024 * 1024
export const PAYLOAD_KEPT_BYTES = 64 * 1024

interface MessageFacts {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly payload: Payload
  readonly sizeBytes: number
  readonly isPing: boolean
  readonly rttMs: number | null
}

export interface MessageLog {
  addMessage(facts: MessageFacts): void
  addNote(at: number, note: Note): void
  clear(): void
  view(): RingView<LogEntry>
}

export function createMessageLog(limit = LOG_LIMIT, budgetBytes = LOG_BUDGET_BYTES): MessageLog {
  let keptBytes = 0
  let lastAt: number | null = null
  const ring = createRing<LogEntry>(limit, (entry) => {
    keptBytes -= keptBytesOf(entry)
  })

  const add = (entry: LogEntry): void => {
    ring.push(entry)
    keptBytes += keptBytesOf(entry)
    while (keptBytes > budgetBytes && ring.view().length > 1) ring.dropOldest()
    lastAt = entry.at
  }
  const sinceLast = (at: number): number | null => (lastAt === null ? null : at - lastAt)

  return {
    addMessage({ payload, ...facts }) {
      const clipped = clipPayload(payload, PAYLOAD_KEPT_BYTES)
      add({ type: 'message', ...facts, deltaMs: sinceLast(facts.at), ...clipped })
    },
    addNote(at, note) {
      add({ type: 'note', at, deltaMs: sinceLast(at), ...note })
    },
    clear() {
      ring.clear()
      keptBytes = 0
      lastAt = null
    },
    view: ring.view,
  }
}

function keptBytesOf(entry: LogEntry): number {
  if (entry.type === 'note') return 0
  return entry.truncated ? sizeBytesOf(entry.payload) : entry.sizeBytes
}
