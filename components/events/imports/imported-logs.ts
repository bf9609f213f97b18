/**
 * Imported logs: read once as a stream, then asked again and again. Of the text only what tells of connections is kept; lines
 * are read again from the file itself, which the browser keeps. Made for a worker.
 */
import { judgeLogs, type LogReport } from '#lib/diagnosis/judge-logs.ts'
import type { LoggedConnection } from '#lib/logs/connection.ts'
import { createLogScanner } from '#lib/logs/scanner.ts'
import type { LogSummary } from '#lib/logs/tally.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import { createEndsTally, type EndsCount } from '#lib/stats/ends-tally.ts'
import { type ConnectionRow, rowOfLog } from '../connection-row.ts'
import type { LogPart } from '../story.ts'
import { LineIndex } from './line-index.ts'
import { partOf } from './log-story.ts'
import { countedOf, matcherOf, type TimeSpan } from './matching.ts'
import type { RawLine } from './raw-line.ts'

export interface LogFile {
  readonly file: string
  readonly content: Blob
  /** For stamps without a year. */
  readonly year: number
}

export interface Progress {
  readonly file: string
  /** Of all files. */
  readonly bytes: number
  readonly ofBytes: number
  readonly lines: number
}

/** What was read, in figures. */
export interface Overview {
  readonly connections: number
  readonly lines: number
  readonly understood: number
  /** Older connections that are no rows. */
  readonly dropped: number
  /** The times that the lines speak of; null where none has one. */
  readonly fromMs: number | null
  readonly toMs: number | null
}

/** Connections that are rows; of more, the older ones are counted and some are shown. */
const MOST_ROWS = 50_000

export class ImportedLogs {
  readonly #scanner = createLogScanner({ most: MOST_ROWS })
  readonly #indices: { readonly file: string; readonly index: LineIndex }[] = []
  #summary: LogSummary | null = null
  #shown: readonly LoggedConnection[] = []
  readonly #keys = new Map<LoggedConnection, string>()
  /** Lines that hold what is looked for; null: all of them. */
  #found: readonly { readonly at: number; readonly number: number }[] | null = null

  /**
   * Reads the files one after the other, in pieces.
   * @param onProgress after each piece; what it resolves is waited for
   */
  async read(
    files: readonly LogFile[],
    signal: AbortSignal,
    onProgress: (progress: Progress) => void | Promise<void>,
  ): Promise<void> {
    const ofBytes = files.reduce((sum, { content }) => sum + content.size, 0)
    let bytes = 0
    for (const { file, content, year } of files) {
      const index = new LineIndex(content)
      this.#indices.push({ file, index })
      const lines = this.#scanner.open(file, year)
      for await (const piece of piecesOf(content)) {
        signal.throwIfAborted()
        index.push(piece)
        lines.push(piece)
        bytes += piece.length
        this.#summary = null
        await onProgress({ file, bytes, ofBytes, lines: this.#scanner.progress().lines })
      }
      lines.end()
    }
    this.#summary = null
  }

  /** Lines of this server's own journal, so that both sides of one connection become one. */
  readOwn(lines: Iterable<string>): void {
    const journal = this.#scanner.open(OWN)
    for (const line of lines) journal.push(encoder.encode(`${line}\n`))
    journal.end()
    this.#summary = null
  }

  overview(): Overview {
    const { connections, counts, lines, understood } = this.summary()
    let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const { openedMs, closedMs } of connections) {
      const [first, last] = [openedMs ?? closedMs, closedMs ?? openedMs]
      if (first !== undefined) fromMs = Math.min(fromMs, first)
      if (last !== undefined) toMs = Math.max(toMs, last)
    }
    const isTimed = fromMs <= toMs
    return {
      connections: connections.length,
      lines,
      understood,
      dropped: counts.ended + counts.refused + counts.open - connections.length,
      fromMs: isTimed ? fromMs : null,
      toMs: isTimed ? toMs : null,
    }
  }

  /** Chooses what {@link rows} gives, newest first. @returns how many there are, and their ends counted */
  choose(filter: EventFilter, span: TimeSpan): { count: number; ends: EndsCount } {
    const matches = matcherOf(filter, span)
    this.#shown = this.summary()
      .connections.filter(matches)
      .sort((one, other) => (other.closedMs ?? 0) - (one.closedMs ?? 0))
    const tally = createEndsTally()
    for (const connection of this.#shown.toReversed()) {
      const end = countedOf(connection)
      if (end !== null) tally.add(end)
    }
    return { count: this.#shown.length, ends: tally.count() }
  }

  rows(from: number, to: number): ConnectionRow[] {
    return this.#shown.slice(from, to).map((connection) => rowOfLog(connection, this.#keyOf(connection)))
  }

  judge(): LogReport {
    return judgeLogs(this.summary())
  }

  /** Chooses what {@link lines} gives. @returns how many lines there are */
  async chooseLines(text: string | undefined, signal: AbortSignal): Promise<number> {
    this.#found = null
    if (text !== undefined && text !== '') this.#found = await this.#search(text.toLowerCase(), signal)
    return this.#found?.length ?? this.#indices.reduce((sum, { index }) => sum + index.length, 0)
  }

  async lines(from: number, to: number): Promise<RawLine[]> {
    if (this.#found !== null) {
      return Promise.all(this.#found.slice(from, to).map(({ at, number }) => this.#line(at, number)))
    }
    const lines: RawLine[] = []
    let before = 0
    for (const [at, { file, index }] of this.#indices.entries()) {
      const [first, last] = [Math.max(0, from - before), Math.min(index.length, to - before)]
      if (first < last) {
        const texts = await index.read(first, last)
        lines.push(...texts.map((text, offset) => rawLine(at, file, first + offset, text)))
      }
      before += index.length
    }
    return lines
  }

  /** What the logs tell of one connection: of a row, or of a client id. */
  async story(key: string | null, clientId: string | null, signal: AbortSignal): Promise<LogPart> {
    const connection = this.summary().connections.find(
      (one) =>
        (key !== null && this.#keys.get(one) === key) || (clientId !== null && one.clientId === clientId),
    )
    const id = connection?.clientId ?? clientId
    const own = id === null ? [] : await this.#search(id.toLowerCase(), signal, MOST_STORY_LINES)
    const lines = await Promise.all(own.map(({ at, number }) => this.#line(at, number)))
    return partOf(
      connection,
      lines,
      this.#indices.map(({ file }) => file),
    )
  }

  summary(): LogSummary {
    this.#summary ??= this.#scanner.summary()
    return this.#summary
  }

  #keyOf(connection: LoggedConnection): string {
    const known = this.#keys.get(connection)
    if (known !== undefined) return known
    const key = `log-${this.#keys.size}`
    this.#keys.set(connection, key)
    return key
  }

  async #line(at: number, number: number): Promise<RawLine> {
    const found = this.#indices[at]
    const [text = ''] = (await found?.index.read(number, number + 1)) ?? []
    return rawLine(at, found?.file ?? '', number, text)
  }

  async #search(
    needle: string,
    signal: AbortSignal,
    most = MOST_FOUND,
  ): Promise<{ at: number; number: number }[]> {
    const found: { at: number; number: number }[] = []
    for (const [at, { index }] of this.#indices.entries()) {
      for (let from = 0; from < index.length && found.length < most; from += SEARCHED) {
        signal.throwIfAborted()
        const texts = await index.read(from, Math.min(index.length, from + SEARCHED))
        for (const [offset, text] of texts.entries()) {
          if (found.length < most && text.toLowerCase().includes(needle))
            found.push({ at, number: from + offset })
        }
      }
    }
    return found
  }
}

/** The name of this server's journal among the files. */
const OWN = 'this server'
const encoder = new TextEncoder()

/** Lines that are looked through in one go. */
const SEARCHED = 8192
const MOST_FOUND = 200_000
const MOST_STORY_LINES = 300
/** Of a line, what is shown. */
const LONGEST_SHOWN = 2000

const rawLine = (at: number, file: string, number: number, text: string): RawLine => ({
  key: `${at}:${number}`,
  file,
  number: number + 1,
  text: text.slice(0, LONGEST_SHOWN),
})

async function* piecesOf(content: Blob): AsyncGenerator<Uint8Array> {
  const reader = content.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}
