'use client'
/**
 * The server's events as a list, newest first: its beginning at once, any other place by the outline, and what comes from
 * now on by the stream. Where only a search tells what matches, it goes on backwards as one scrolls.
 */
import { type EventRange, fetchEventsPage, fetchOutline, streamUrl } from '#components/api/events.ts'
import { problemOf } from '#components/api/problem.ts'
import type { Outline } from '#lib/api/events.ts'
import type { Problem } from '#lib/api/problem.ts'
import { type DiagnosticEvent, diagnosticEvent } from '#lib/protocol/events.ts'
import { Instances, severalAmong } from '#lib/protocol/instances.ts'
import { Changes, type RowList } from './row-list.ts'

const FIRST = 100
/** A search asks again at once for so many rows. */
const SEARCHED = 200
/** Slices of the outline that are kept; the one not looked at for longest goes. */
const MOST_CHUNKS = 40
/** A list grows no longer while it is looked at: browsers cannot scroll further than 33 million pixels. */
const MOST_ROWS = 1_400_000
/** While one drags, only where one stops is loaded. */
const SETTLE_MS = 80
/** New events are shown together. */
const TELL_MS = 250
const MOST_FRESH = 20_000

export class ServerRows implements RowList<DiagnosticEvent> {
  readonly #range: EventRange
  readonly #changes = new Changes()
  readonly #stop = new AbortController()
  readonly #onFresh: () => void
  #outline: Outline = null
  /** The newest, or all that a search found so far. */
  #head: DiagnosticEvent[] = []
  #previous: string | null = null
  #isSearch = false
  #isAsking = false
  /** Oldest first, by their number in the outline. */
  readonly #chunks = new Map<number, readonly DiagnosticEvent[]>()
  readonly #asked = new Map<number, AbortController>()
  /** What came since, oldest first. */
  #fresh: DiagnosticEvent[] = []
  #stream: EventSource | undefined
  #settle: ReturnType<typeof setTimeout> | undefined
  #telling: ReturnType<typeof setTimeout> | undefined
  #isPaused = false
  /** Of the newest, and of what came since. */
  readonly #instances = new Instances()
  #areSeveral = false
  isLoading = true
  problem: Problem | null = null

  /** @param onFresh called when what was counted is no longer all */
  constructor(range: EventRange, onFresh: () => void = () => {}) {
    this.#range = range
    this.#onFresh = onFresh
    void this.#begin()
  }

  readonly subscribe = this.#changes.subscribe
  readonly version = this.#changes.version

  get isSearching(): boolean {
    return this.#isSearch && this.#previous !== null
  }

  /** Several servers wrote them, in turns. */
  get areSeveral(): boolean {
    return this.#areSeveral || this.#instances.areSeveral
  }

  get length(): number {
    return this.#fresh.length + this.#settled
  }

  get #settled(): number {
    return this.#outline === null ? this.#head.length : Math.min(MOST_ROWS, this.#outline.count)
  }

  at(index: number): DiagnosticEvent | undefined {
    if (index < this.#fresh.length) return this.#fresh[this.#fresh.length - 1 - index]
    const place = index - this.#fresh.length
    if (this.#outline === null) return this.#head[place]
    const fromOldest = this.#outline.count - 1 - place
    const chunk = Math.floor(fromOldest / this.#outline.every)
    return this.#chunks.get(chunk)?.[fromOldest - chunk * this.#outline.every] ?? this.#head[place]
  }

  need(from: number, to: number): void {
    if (this.#isSearch) {
      if (to >= this.length) void this.#search()
      return
    }
    clearTimeout(this.#settle)
    this.#settle = setTimeout(() => this.#load(from, to), SETTLE_MS)
  }

  /** While it is paused, what comes is not shown. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused
  }

  close(): void {
    this.#stop.abort()
    this.#stream?.close()
    clearTimeout(this.#settle)
    clearTimeout(this.#telling)
    for (const asked of this.#asked.values()) asked.abort()
  }

  async #begin(): Promise<void> {
    const { signal } = this.#stop
    try {
      const first = await fetchEventsPage(this.#range, { limit: FIRST, fromNewest: true }, signal)
      this.#head = first.events.toReversed()
      for (const event of first.events) this.#instances.add(event)
      this.#previous = first.previous ?? null
      this.isLoading = this.#head.length === 0 && this.#previous !== null
      this.#changes.tell()
      const outline = this.#previous === null ? null : await fetchOutline(this.#range, signal)
      this.#outline = outline
      this.#isSearch = outline === null
      this.#listen(outline === null ? (first.latest ?? null) : outline.latest)
      this.#changes.tell()
      if (this.#isSearch && this.#head.length < FIRST) await this.#search()
    } catch (error) {
      this.#fail(error)
    }
  }

  async #search(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    const wanted = this.#head.length + SEARCHED
    try {
      while (this.#previous !== null && this.#head.length < wanted) {
        const limit = Math.min(SEARCHED, wanted - this.#head.length)
        const page = await fetchEventsPage(
          this.#range,
          { limit, fromNewest: true, before: this.#previous },
          this.#stop.signal,
        )
        this.#head.push(...page.events.toReversed())
        this.#areSeveral ||= severalAmong(page.events)
        this.#previous = page.previous ?? null
        this.isLoading = this.#head.length === 0 && this.#previous !== null
        this.#changes.tell()
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#isAsking = false
    }
  }

  #load(from: number, to: number): void {
    const outline = this.#outline
    if (outline === null) return
    const chunkAt = (index: number) => {
      const place = Math.min(this.#settled - 1, Math.max(0, index - this.#fresh.length))
      return Math.floor((outline.count - 1 - place) / outline.every)
    }
    const [last, first] = [chunkAt(from), chunkAt(to)]
    for (const [chunk, asked] of this.#asked) if (chunk < first || chunk > last) asked.abort()
    for (let chunk = last; chunk >= first; chunk--) {
      if (!this.#chunks.has(chunk) && !this.#asked.has(chunk)) void this.#fetchChunk(outline, chunk)
    }
  }

  async #fetchChunk({ cursors, count, every }: NonNullable<Outline>, chunk: number): Promise<void> {
    const asked = new AbortController()
    this.#asked.set(chunk, asked)
    const after = cursors[chunk - 1]
    const limit = Math.min(every, count - chunk * every)
    try {
      const { events } = await fetchEventsPage(
        this.#range,
        { limit, ...(after !== undefined && { after }) },
        asked.signal,
      )
      this.#chunks.set(chunk, events)
      this.#areSeveral ||= severalAmong(events)
      const [oldest] = this.#chunks.keys()
      if (this.#chunks.size > MOST_CHUNKS && oldest !== undefined) this.#chunks.delete(oldest)
      this.problem = null
      this.#changes.tell()
    } catch (error) {
      if (!asked.signal.aborted) this.#fail(error)
    } finally {
      this.#asked.delete(chunk)
    }
  }

  /** Goes on behind what was listed; where a wall clock's end was asked for, nothing new belongs there. */
  #listen(after: string | null): void {
    if (this.#range.untilMs !== null || this.#stop.signal.aborted) return
    this.#stream = new EventSource(streamUrl(this.#range.filter, after))
    this.#stream.addEventListener('message', ({ data }) => {
      const event = eventOf(data)
      if (event === null || this.#isPaused) return
      this.#fresh.push(event)
      this.#instances.add(event)
      if (this.#fresh.length > MOST_FRESH) this.#fresh = this.#fresh.slice(-MOST_FRESH / 2)
      this.#telling ??= setTimeout(() => {
        this.#telling = undefined
        this.#changes.tell()
        this.#onFresh()
      }, TELL_MS)
    })
  }

  #fail(error: unknown): void {
    if (this.#stop.signal.aborted) return
    this.isLoading = false
    this.problem = problemOf(error)
    this.#changes.tell()
  }
}

function eventOf(data: unknown): DiagnosticEvent | null {
  try {
    const read = diagnosticEvent.safeParse(JSON.parse(String(data)))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
