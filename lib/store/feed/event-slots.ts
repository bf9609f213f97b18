/**
 * The slots of the event log. Nearly all of a busy log are heartbeats, which differ in four values: those are kept
 * in columns of fixed size, so that a full log of 20,000 weighs 1.3 MB and the page's heap stays flat while it fills.
 */
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { FeedEntry } from '#lib/store/feed/feed-state.ts'
import type { Slots } from '#lib/store/kit/ring.ts'

type Heartbeat = Extract<DiagnosticEvent, { kind: 'heartbeat' }>

/** A longer cursor is kept as the text it is. This server's have 26 characters. */
const ID_BYTES = 32
/** `event.at`, `ping_number`, `rtt_ms` and the entry's own `at`. */
const NUMBERS = 4
/** Connections of which a heartbeat is kept as the pattern for the others; more, and the patterns begin anew. */
const MOST_PATTERNS = 1_000

const numeric = ['at', 'ping_number', 'rtt_ms'] as const
const inColumns: ReadonlySet<string> = new Set(['id', ...numeric])

export function createEventSlots(capacity: number): Slots<FeedEntry> {
  const numbers = new Float64Array(capacity * NUMBERS)
  const ids = new Uint8Array(capacity * ID_BYTES)
  /** What the columns do not hold. */
  const whole: (FeedEntry | undefined)[] = []
  /** Where the columns hold a heartbeat: the one it repeats. */
  const repeated: (Heartbeat | undefined)[] = []
  const patterns = new Map<string, Heartbeat>()

  const patternFor = (event: Heartbeat): Heartbeat => {
    const known = patterns.get(event.client_id)
    if (known !== undefined && repeats(event, known)) return known
    if (patterns.size >= MOST_PATTERNS) patterns.clear()
    patterns.set(event.client_id, event)
    return event
  }
  const idAt = (slot: number) => ids.subarray(slot * ID_BYTES, (slot + 1) * ID_BYTES)

  return {
    get(slot) {
      const pattern = repeated[slot]
      if (pattern === undefined) return whole[slot]
      const id = readId(idAt(slot))
      const [at = 0, ping_number = 0, rtt_ms = 0, pageAt = 0] = numbers.subarray(slot * NUMBERS)
      return { type: 'event', key: id, at: pageAt, event: { ...pattern, id, at, ping_number, rtt_ms } }
    },
    set(slot, entry) {
      const event = heartbeatOf(entry)
      whole[slot] = event === null ? entry : undefined
      repeated[slot] = event === null ? undefined : patternFor(event)
      if (event === null || entry === undefined) return
      numbers.set([event.at, event.ping_number, event.rtt_ms, entry.at], slot * NUMBERS)
      writeId(idAt(slot), event.id)
    },
    clear() {
      whole.length = 0
      repeated.length = 0
      patterns.clear()
    },
  }
}

/** Null for what the columns cannot hold without loss. */
function heartbeatOf(entry: FeedEntry | undefined): Heartbeat | null {
  if (entry?.type !== 'event' || entry.event.kind !== 'heartbeat') return null
  const { event } = entry
  const fits = numeric.every((field) => typeof event[field] === 'number') && isPlain(event.id)
  return fits && entry.key === event.id ? event : null
}

/** True when nothing but the columns tells the two apart: the same fields in the same order. */
function repeats(event: Heartbeat, pattern: Heartbeat): boolean {
  const fields = Object.keys(event)
  const expected = Object.keys(pattern)
  return (
    fields.length === expected.length &&
    fields.every(
      (field, index) =>
        field === expected[index] && (inColumns.has(field) || event[field] === pattern[field]),
    )
  )
}

function isPlain(id: unknown): boolean {
  return typeof id === 'string' && id.length <= ID_BYTES && /^[!-~]+$/.test(id)
}

function writeId(bytes: Uint8Array, id: string): void {
  bytes.fill(0)
  for (let index = 0; index < id.length; index++) bytes[index] = id.charCodeAt(index)
}

function readId(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return String.fromCharCode(...(end === -1 ? bytes : bytes.subarray(0, end)))
}
