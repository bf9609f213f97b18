/**
 * One reader of the journal, whatever carries its bytes: hello, then what it missed page by page, then live.
 *
 * It is written to only while less than a mebibyte waits in its buffer. What does not fit live is left out, and
 * once the buffer is empty a `gap` names both sides of it. A replay just waits: the journal is its buffer.
 */
import type { Chunk, Encoding } from '#server/journal/encoding.ts'
import { createRun, type Run, runsOf } from '#server/journal/encoding.ts'
import type { Journal, JournalRecord } from '#server/journal/journal.ts'
import type { StreamQuery } from '#server/journal/query.ts'

/** Where a reader's bytes go: a WebSocket or the body of a response. */
export interface Sink {
  write(chunk: Chunk): void
  /** Bytes written and not yet taken. */
  bufferedBytes(): number
  /** Calls back once when all that was written has been taken. Returns the undo. */
  onceDrained(callback: () => void): () => void
  /** The feed has nothing more to say: it is closing, or the journal could not be read. */
  end(why: 'closing' | 'failed'): void
}

/** Bytes that may wait for one reader. */
export const readerBufferLimit = 1024 * 1024

/** A replay reads the next page only when less than this waits, so that there is room for live events. */
const replayBufferLimit = readerBufferLimit / 4
const replayPageSize = 500

/** Live records kept while one page is being read; with more, another page is read in their place. */
const greatestArrival = 1_000

type State =
  | { readonly at: 'replay'; arrived: JournalRecord[]; overflowed: boolean }
  | { readonly at: 'live' }
  | { readonly at: 'stalled'; missed: number; last: JournalRecord }
  | { readonly at: 'stopped' }

export interface FeedReaderOptions {
  readonly journal: Journal
  readonly query: StreamQuery
  readonly encoding: Encoding
  readonly sink: Sink
}

export class FeedReader {
  readonly #journal: Journal
  readonly #query: StreamQuery
  readonly #encoding: Encoding
  readonly #sink: Sink
  #state: State = { at: 'replay', arrived: [], overflowed: false }
  /** The cursor up to which this reader knows everything that it asked for, or was told of a gap. */
  #position: string | null = null
  #forgetDrain: () => void = () => {}

  constructor({ journal, query, encoding, sink }: FeedReaderOptions) {
    this.#journal = journal
    this.#query = query
    this.#encoding = encoding
    this.#sink = sink
  }

  /** To be called when the reader is already being given what is new: what was in between would be lost otherwise. */
  start(): void {
    this.#replay().catch(() => this.#end('failed'))
  }

  /** Takes a run of new records, or leaves it out. */
  deliver(run: Run): void {
    const state = this.#state
    if (state.at === 'stopped') return
    if (state.at === 'replay') {
      if (state.arrived.length + run.records.length > greatestArrival) state.overflowed = true
      else state.arrived.push(...run.records)
      return
    }
    if (!this.#isNews(run.first)) this.#deliverRest(run)
    else if (state.at === 'stalled') {
      state.missed += run.records.length
      state.last = run.last
    } else this.#offer(run)
  }

  /** Forgets the reader: its connection has gone. */
  stop(): void {
    this.#state = { at: 'stopped' }
    this.#forgetDrain()
  }

  /** Ends the reader's connection. */
  end(): void {
    this.#end('closing')
  }

  #end(why: 'closing' | 'failed'): void {
    if (this.#state.at === 'stopped') return
    this.stop()
    this.#sink.end(why)
  }

  async #replay(): Promise<void> {
    const { after, last, filter } = this.#query
    const bounds = await this.#journal.bounds()
    if (this.#state.at !== 'replay') return
    const hello = { instance: this.#journal.instance, ...bounds }
    // A stream that breaks before its first event begins anew with the same events.
    this.#position = after ?? (last > 0 ? null : bounds.latest)
    this.#sink.write(this.#encoding.hello(hello, this.#position))
    if (after === undefined && last > 0) {
      const { records, position } = await this.#journal.read({ fromEnd: true, limit: last, filter })
      if (this.#state.at !== 'replay') return
      for (const slice of runsOf(records)) this.#sink.write(this.#encoding.events(slice))
      this.#position = position
    }
    let more = after !== undefined || this.#state.overflowed
    while (more) {
      const reading: State = { at: 'replay', arrived: [], overflowed: false }
      this.#state = reading
      const page = await this.#journal.read({
        after: this.#position ?? undefined,
        limit: replayPageSize,
        filter,
      })
      if (this.#state !== reading) return
      if (page.gap !== null) this.#sink.write(this.#encoding.gap(page.gap))
      for (const slice of runsOf(page.records)) this.#sink.write(this.#encoding.events(slice))
      this.#position = page.position
      more = page.more || reading.overflowed
      if (more && this.#sink.bufferedBytes() > replayBufferLimit) await this.#drained()
    }
    this.#goLive()
  }

  #goLive(): void {
    if (this.#state.at !== 'replay') return
    const { arrived } = this.#state
    this.#state = { at: 'live' }
    for (const slice of runsOf(arrived)) this.deliver(createRun(slice, this.#encoding))
  }

  #isNews(record: JournalRecord): boolean {
    return this.#position === null || this.#journal.isAfter(record, this.#position)
  }

  /** Part of the run is known already: it was appended just before this reader's replay looked. */
  #deliverRest(run: Run): void {
    const unknown = run.records.filter((record) => this.#isNews(record))
    const [first, ...others] = unknown
    if (first !== undefined) this.deliver(createRun([first, ...others], this.#encoding))
  }

  #offer(run: Run): void {
    const chunk = run.chunk()
    if (this.#sink.bufferedBytes() + chunk.bytes.length > readerBufferLimit) {
      this.#state = { at: 'stalled', missed: run.records.length, last: run.last }
      this.#forgetDrain = this.#sink.onceDrained(() => this.#resume())
      return
    }
    this.#sink.write(chunk)
    this.#passed(run.last)
  }

  /** The last record that was left out follows its gap, so that the gap is told without waiting for more news. */
  #resume(): void {
    if (this.#state.at !== 'stalled') return
    const { missed, last } = this.#state
    if (missed > 1) this.#sink.write(this.#encoding.gap({ after: this.#position, before: last.event.id }))
    this.#state = { at: 'live' }
    this.#sink.write(this.#encoding.events([last]))
    this.#passed(last)
  }

  #passed({ event, isWaiting }: JournalRecord): void {
    if (!isWaiting) this.#position = event.id
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#forgetDrain = this.#sink.onceDrained(resolve)
    })
  }
}
