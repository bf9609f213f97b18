/** Keeps the log of one connection: 10,000 rows, and at most 8 MiB of payload among them. */
import { clipPayload, type Payload, sizeBytesOf } from '#lib/protocol/payload.ts'
import {
  LOG_BUDGET_BYTES,
  LOG_LIMIT,
  type LogEntry,
  type NoteEntry,
  PAYLOAD_KEPT_BYTES,
} from '#lib/store/connection/log-entry.ts'
import { createRing, type RingView } from '#lib/store/kit/ring.ts'

export interface MessageFacts {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly payload: Payload
  readonly sizeBytes: number
  readonly isPing: boolean
  readonly rttMs: number | null
}

export interface MessageLog {
  addMessage(facts: MessageFacts): void
  addNote(at: number, tone: NoteEntry['tone'], text: string): void
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
    addNote(at, tone, text) {
      add({ type: 'note', at, deltaMs: sinceLast(at), tone, text })
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
