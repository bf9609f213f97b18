/**
 * Reads logs as bytes, piece by piece as they come, and says what they tell together. Lines about plain requests are known
 * by their bytes and only counted; of the others, nothing is kept beyond the bounds of `connections.ts`.
 */
import { DoubtfulLines } from '#lib/logs/bytes/doubtful.ts'
import { Utf8 } from '#lib/logs/bytes/encoding.ts'
import { numberOfPath } from '#lib/logs/bytes/form.ts'
import { ByteLines, LONGEST_BYTES } from '#lib/logs/bytes/lines.ts'
import { Skim } from '#lib/logs/bytes/skim.ts'
import { parseLine, type ReadOptions } from '#lib/logs/line.ts'
import type { LineMemory } from '#lib/logs/record.ts'
import { createTally, type LogSummary } from '#lib/logs/tally.ts'

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
}

export type LogScanner = {
  /** Several may be read at a time. @param year for stamps without one; else that of the options */
  open: (file: string, year?: number) => ScannedFile
  progress: () => Progress
  /** All so far; may be asked for again and again. */
  summary: () => LogSummary
}

/** Of a line that is too long to be read, what is quoted. */
const QUOTED_BYTES = 1024
const CARRIAGE_RETURN = 13

export function createLogScanner(options: ReadOptions = {}): LogScanner {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const doubtful = new DoubtfulLines()
  const tally = createTally({ isAsked: options.isAsked === true, onPath: readDoubtful })
  const skim = new Skim(tally.isSocketPath)
  let bytes = 0
  let skimmed = 0

  function readDoubtful(path: string): void {
    const number = numberOfPath(path)
    skim.forget(number)
    for (const { bytes, place, year } of doubtful.take(number)) {
      const line = decoder.decode(bytes)
      const record = parseLine(line, { ...options, year })
      if (record !== undefined) tally.collect(record, line, place)
    }
  }

  function open(file: string, year = options.year): ScannedFile {
    let number = 0
    let memory: LineMemory = {}
    const lines = new ByteLines((bytes, from, lineEnd) => {
      number++
      const end = lineEnd > from && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd
      if (end - from > LONGEST_BYTES) {
        tally.miss(decoder.decode(bytes.subarray(from, from + QUOTED_BYTES)))
        return
      }
      const look = skim.look(bytes, from, end)
      if (look === 'whole') {
        const line = decoder.decode(bytes.subarray(from, end))
        const record = parseLine(line, { memory, ...options, year })
        skim.learn(record, bytes)
        if (record === undefined) tally.miss(line)
        else tally.take(record, line, { file, number })
        return
      }
      skimmed++
      tally.pass(skim.form)
      if (look === 'doubtful') doubtful.add(skim.path, bytes.subarray(from, end), file, number, year)
    })
    let text = new Utf8((utf8) => lines.push(utf8))
    return {
      push(piece) {
        bytes += piece.length
        text.push(piece)
      },
      end() {
        text.end()
        lines.end()
        text = new Utf8((utf8) => lines.push(utf8))
        number = 0
        memory = {}
      },
    }
  }

  return {
    open,
    progress: () => ({ bytes, lines: tally.lines(), skimmed }),
    summary: () => ({ ...tally.summary(), skimmed }),
  }
}
