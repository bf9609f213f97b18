/**
 * Reads logs as bytes, piece by piece as they come, and says what they tell together. Lines about plain requests are known
 * by their bytes and only counted; of the others, nothing is kept beyond the bounds of `connections.ts`.
 */
import { DoubtfulLines } from '#lib/logs/bytes/doubtful.ts'
import { Utf8 } from '#lib/logs/bytes/encoding.ts'
import { ByteLines, LONGEST_BYTES } from '#lib/logs/bytes/lines.ts'
import { numberOfPath } from '#lib/logs/bytes/path-number.ts'
import { Skim } from '#lib/logs/bytes/skim.ts'
import { parseLine, type ReadOptions } from '#lib/logs/line.ts'
import type { Only } from '#lib/logs/only.ts'
import type { LineMemory, LogRecord } from '#lib/logs/record.ts'
import { type ScanData, shiftLines } from '#lib/logs/scan-data.ts'
import { createTally, type LogSummary } from '#lib/logs/tally.ts'

export type ScanOptions = Pick<ReadOptions, 'year' | 'custom'> & {
  only?: Only
  /** How many connections are known in detail; fewer for who reads a part. */
  most?: number
  /** Told of each line that was understood. @param number of the line, from 1 */
  onRecord?: (record: LogRecord, line: string, place: { file: string; number: number }) => void
}

export type Progress = {
  /** As they were pushed. */
  readonly bytes: number
  readonly lines: number
  /** Lines about plain requests, known by their bytes. */
  readonly skimmed: number
}

export type ScannedFile = {
  /** The next bytes, which may be changed afterwards. @throws EndlessLine */
  push: (bytes: Uint8Array) => void
  /** There are no more, with or without a line end; or what comes is a new file of the same name. */
  end: () => void
  /** The time of the last line that was pushed, in ms since the epoch, where it names one. */
  lastMs: () => number | undefined
  /** What its lines say of those below, for who reads another part. */
  memory: () => LineMemory
}

export type LogScanner = {
  /**
   * Several may be read at a time.
   * @param year for stamps without one; else that of the options
   * @param memory of what lies above, where it is a part of a file
   */
  open: (file: string, year?: number, memory?: LineMemory) => ScannedFile
  progress: () => Progress
  /** All so far; may be asked for again and again. */
  summary: () => LogSummary
  /** Paths that a WebSocket was seen on, for who reads another part. */
  paths: () => string[]
  data: () => ScanData
  /**
   * What another one read that lies behind what was read here.
   * @param linesBefore how many lines of the same file lie before it
   */
  absorb: (data: ScanData, linesBefore: number) => void
}

/** Of a line that is too long to be read, what is quoted. */
const QUOTED_BYTES = 1024
const CARRIAGE_RETURN = 13

/** @param paths that are known for a WebSocket’s */
export function createLogScanner(options: ScanOptions = {}, paths: readonly string[] = []): LogScanner {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const doubtful = new DoubtfulLines()
  const tally = createTally({
    ...(options.only && { only: options.only }),
    ...(options.most && { most: options.most }),
    onPath: readDoubtful,
  })
  const skim = new Skim(tally.isSocketPath)
  let bytes = 0
  let skimmed = 0
  tally.learn(paths)

  function readDoubtful(path: string): void {
    const number = numberOfPath(path)
    skim.forget(number)
    for (const { bytes, place, year } of doubtful.take(number)) {
      const line = decoder.decode(bytes)
      const record = parseLine(line, { ...options, year })
      if (record === undefined) continue
      tally.collect(record, line, place)
      options.onRecord?.(record, line, place)
    }
  }

  function open(file: string, year = options.year, above: LineMemory = {}): ScannedFile {
    const source = { file, year }
    let number = 0
    let memory = { ...above }
    /** Written anew for each line; without bytes where its time is read. */
    const lastLine: { bytes: Uint8Array | undefined; from: number; end: number } = {
      bytes: undefined,
      from: 0,
      end: 0,
    }
    let lastMs: number | undefined
    const read = (line: string): LogRecord | undefined => parseLine(line, { memory, ...options, year })
    const lines = new ByteLines((bytes, from, lineEnd) => {
      number++
      const end = lineEnd > from && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd
      if (end - from > LONGEST_BYTES) {
        tally.miss(decoder.decode(bytes.subarray(from, from + QUOTED_BYTES)))
        return
      }
      lastLine.bytes = bytes
      lastLine.from = from
      lastLine.end = end
      const look = skim.look(bytes, from, end, memory)
      if (look === 'whole') {
        const line = decoder.decode(bytes.subarray(from, end))
        const record = read(line)
        skim.learn(record, bytes, memory)
        if (record === undefined) tally.miss(line)
        else {
          tally.take(record, line, { file, number })
          options.onRecord?.(record, line, { file, number })
        }
        return
      }
      skimmed++
      tally.pass(skim.form)
      if (look === 'doubtful') doubtful.add(skim.path, bytes, from, end, source, number)
    })
    const readTime = () => {
      const { bytes, from, end } = lastLine
      if (bytes === undefined) return
      const line = decoder.decode(bytes.subarray(from, end))
      // It was read before, or looked at.
      const record = parseLine(line, { ...options, year, memory: { ...memory } })
      lastLine.bytes = undefined
      if (record?.atMs !== undefined) lastMs = record.atMs - (record.zoneless ? tally.zoneMs() : 0)
    }
    let text = new Utf8((utf8) => lines.push(utf8))
    return {
      push(piece) {
        bytes += piece.length
        text.push(piece)
        readTime()
      },
      end() {
        text.end()
        lines.end()
        text = new Utf8((utf8) => lines.push(utf8))
        lastLine.bytes = undefined
        number = 0
        memory = {}
      },
      lastMs: () => lastMs,
      memory: () => ({ ...memory }),
    }
  }

  return {
    open,
    progress: () => ({ bytes, lines: tally.lines(), skimmed }),
    summary: () => ({ ...tally.summary(), skimmed }),
    paths: tally.paths,
    data: () => ({ tally: tally.data(), doubtful: doubtful.all(), bytes, skimmed }),
    absorb(data, linesBefore) {
      shiftLines(data, linesBefore)
      bytes += data.bytes
      skimmed += data.skimmed
      tally.absorb(data.tally)
      const known = new Set(tally.paths().map(numberOfPath))
      for (const { path, bytes: line, place, year } of data.doubtful) {
        if (!known.has(path)) {
          doubtful.add(path, line, 0, line.length, { file: place.file, year }, place.number)
          continue
        }
        const text = decoder.decode(line)
        const record = parseLine(text, { ...options, year })
        if (record !== undefined) tally.collect(record, text, place)
      }
    },
  }
}
