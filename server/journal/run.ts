/** Runs: neighbouring records that go out in one write, encoded when the first reader takes them. */
import type { Chunk, Encoding } from '#server/journal/encoding.ts'
import type { JournalRecord } from '#server/journal/journal.ts'

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

/** Cuts records into slices of bounded length; only a single longer record is longer. */
export function* runsOf(records: readonly JournalRecord[]): Generator<[JournalRecord, ...JournalRecord[]]> {
  let slice: [JournalRecord, ...JournalRecord[]] | undefined
  let length = 0
  for (const record of records) {
    length += record.json.length
    if (slice === undefined) slice = [record]
    else if (length <= greatestLength) slice.push(record)
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
