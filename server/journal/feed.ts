/**
 * One journal, many live readers. Readers who want the same events in the same form share a channel, which
 * filters, merges and encodes once for all of them; the cost that is left per reader is one write.
 */
import { createEventMatcher, type EventMatcher, eventFilterKey } from '#lib/protocol/event-filter.ts'
import type { Encoding } from '#server/journal/encoding.ts'
import { createRun, runsOf } from '#server/journal/encoding.ts'
import type { Journal, JournalRecord } from '#server/journal/journal.ts'
import type { StreamQuery } from '#server/journal/query.ts'
import { FeedReader, type Sink } from '#server/journal/reader.ts'

export interface Feed {
  /** Starts a reader: hello, replay, live. Returns the undo, to be called when its connection has gone. */
  open(query: StreamQuery, encoding: Encoding, sink: Sink): () => void
  /** How many readers are open now. */
  readonly readers: number
  /** Ends every reader; later ones end at once. */
  close(): void
}

/** A batch goes out early when it has grown to this, so that a burst cannot pile up behind a long interval. */
const greatestBatch = 1_000

export function createFeed(journal: Journal): Feed {
  return new JournalFeed(journal)
}

class JournalFeed implements Feed {
  readonly #journal: Journal
  readonly #channels = new Map<string, Channel>()
  readonly #unsubscribe: () => void
  #closed = false

  constructor(journal: Journal) {
    this.#journal = journal
    this.#unsubscribe = journal.subscribe((records) => {
      for (const channel of this.#channels.values()) channel.accept(records)
    })
  }

  get readers(): number {
    let count = 0
    for (const channel of this.#channels.values()) count += channel.readers.size
    return count
  }

  open(query: StreamQuery, encoding: Encoding, sink: Sink): () => void {
    if (this.#closed) {
      sink.end('closing')
      return () => {}
    }
    const key = `${encoding.name} ${query.batchMs} ${eventFilterKey(query.filter)}`
    const channel = this.#channels.get(key) ?? new Channel(query, encoding)
    this.#channels.set(key, channel)
    const reader = new FeedReader({ journal: this.#journal, query, encoding, sink })
    channel.readers.add(reader)
    reader.start()
    return () => {
      reader.stop()
      channel.readers.delete(reader)
      if (channel.readers.size > 0) return
      channel.discard()
      if (this.#channels.get(key) === channel) this.#channels.delete(key)
    }
  }

  close(): void {
    this.#closed = true
    this.#unsubscribe()
    for (const channel of this.#channels.values()) {
      channel.flush()
      for (const reader of channel.readers) reader.end()
    }
    this.#channels.clear()
  }
}

/** Readers with one filter, one form and one interval. */
class Channel {
  readonly readers = new Set<FeedReader>()
  readonly #matches: EventMatcher
  readonly #encoding: Encoding
  readonly #batchMs: number
  #pending: JournalRecord[] = []
  #timer: NodeJS.Timeout | undefined

  constructor({ filter, batchMs }: StreamQuery, encoding: Encoding) {
    this.#matches = createEventMatcher(filter)
    this.#encoding = encoding
    this.#batchMs = batchMs
  }

  accept(records: readonly JournalRecord[]): void {
    for (const record of records) {
      if (this.#matches(record.event)) this.#pending.push(record)
    }
    if (this.#pending.length === 0) return
    if (this.#batchMs === 0 || this.#pending.length >= greatestBatch) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), this.#batchMs)
  }

  flush(): void {
    const records = this.#pending
    this.discard()
    for (const slice of runsOf(records)) {
      const run = createRun(slice, this.#encoding)
      for (const reader of this.readers) reader.deliver(run)
    }
  }

  discard(): void {
    this.#pending = []
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
