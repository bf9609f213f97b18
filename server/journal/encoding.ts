/**
 * The three forms in which a stream of events travels: a WebSocket message per event, one per batch, and
 * server-sent events (HTML Standard §9.2). Each makes the bytes of whole frames, to be shared by all readers.
 */
import type { Gap, JournalBounds, JournalRecord } from '#server/journal/journal.ts'
import { encodeFrame, opcodes } from '#server/wire/frame.ts'

export interface Chunk {
  readonly bytes: Buffer
  /** Messages in it, for the connection's counters. */
  readonly messages: number
}

interface Hello extends JournalBounds {
  readonly instance: string
}

export interface Encoding {
  /** Distinguishes it from the others. */
  readonly name: string
  /** `position` is where the reader stands: a resumed stream goes on from there. */
  hello(hello: Hello, position: string | null): Chunk
  events(records: readonly JournalRecord[]): Chunk
  gap(gap: Gap): Chunk
}

const message = (text: string): Chunk => ({ bytes: encodeFrame(opcodes.text, text), messages: 1 })

const helloJson = ({ instance, oldest, latest }: Hello) =>
  JSON.stringify({ type: 'hello', instance, oldest, latest })

const gapJson = ({ after, before }: Gap) => JSON.stringify({ type: 'gap', after, before })

/** With `"waiting":true` where a reader that is interrupted must not go on behind them. */
const waitingJson = (records: readonly JournalRecord[]) => (records[0]?.isWaiting ? ',"waiting":true' : '')

/** `{"type":"event","event":{…}}`, each in a message of its own. */
export const eventMessages: Encoding = {
  name: 'messages',
  hello: (hello) => message(helloJson(hello)),
  gap: (gap) => message(gapJson(gap)),
  events: (records) => ({
    bytes: Buffer.concat(
      records.map(({ json }) =>
        encodeFrame(opcodes.text, `{"type":"event","event":${json}${waitingJson(records)}}`),
      ),
    ),
    messages: records.length,
  }),
}

/** `{"type":"events","events":[…]}`, as many in one message as there are. */
export const batchMessages: Encoding = {
  name: 'batches',
  hello: (hello) => message(helloJson(hello)),
  gap: (gap) => message(gapJson(gap)),
  events: (records) =>
    message(`{"type":"events","events":[${records.map(({ json }) => json).join()}]${waitingJson(records)}}`),
}

/**
 * Server-sent events: an event of the journal is an unnamed one with its cursor as `id`. `hello` and `gap` are
 * named. The hello carries the position as id, so that a stream that broke before its first event resumes there;
 * a gap and what waits carry none, so that one that broke after it replays what was missing.
 */
export const serverSentEvents: Encoding = {
  name: 'sse',
  hello: (hello, position) => {
    const id = position === null ? '' : `id: ${position}\n`
    return { bytes: Buffer.from(`${id}event: hello\ndata: ${helloJson(hello)}\n\n`), messages: 1 }
  },
  gap: (gap) => ({ bytes: Buffer.from(`event: gap\ndata: ${gapJson(gap)}\n\n`), messages: 1 }),
  events: (records) => ({
    bytes: Buffer.from(
      records
        .map(({ event, json, isWaiting }) => `${isWaiting ? '' : `id: ${event.id}\n`}data: ${json}\n\n`)
        .join(''),
    ),
    messages: records.length,
  }),
}

/** Neighbouring records that go out in one write, encoded when the first reader takes them. */
export interface Run {
  /** At least one, oldest first. */
  readonly records: readonly JournalRecord[]
  readonly first: JournalRecord
  readonly last: JournalRecord
  /** The same bytes for every reader. */
  chunk(): Chunk
}

/** Characters of JSON in one run, so that any run fits into a reader's buffer once that is empty. */
const greatestLength = 128 * 1024

/** Cuts records into slices of bounded length, of which all wait or none; only a single longer record is longer. */
export function* runsOf(records: readonly JournalRecord[]): Generator<[JournalRecord, ...JournalRecord[]]> {
  let slice: [JournalRecord, ...JournalRecord[]] | undefined
  let length = 0
  for (const record of records) {
    length += record.json.length
    if (slice === undefined) slice = [record]
    else if (length <= greatestLength && record.isWaiting === slice[0].isWaiting) slice.push(record)
    else {
      yield slice
      slice = [record]
      length = record.json.length
    }
  }
  if (slice !== undefined) yield slice
}

export function createRun(records: readonly [JournalRecord, ...JournalRecord[]], encoding: Encoding): Run {
  let chunk: Chunk | undefined
  return {
    records,
    first: records[0],
    last: records.at(-1) ?? records[0],
    chunk: () => {
      chunk ??= encoding.events(records)
      return chunk
    },
  }
}
