/**
 * Several files side by side, in the order of their times, so that what they say about one connection comes near together
 * however large they are.
 */
import { open } from 'node:fs/promises'
import { parseLine } from '#lib/logs/line.ts'
import type { ScannedFile } from '#lib/logs/scanner.ts'

export interface Reading {
  readonly into: ScannedFile
  readonly pieces: AsyncGenerator<Uint8Array>
  /** What to do where it breaks off; may throw. */
  readonly onError: (error: unknown) => void
}

/** The one whose last line is the oldest goes on; one without times is read whole before the others. */
export async function readTogether(readings: readonly Reading[]): Promise<void> {
  const open = new Set(readings)
  while (open.size > 0) {
    const next = oldestOf(open)
    if (!(await goOn(next))) open.delete(next)
  }
}

/** False at its end. */
async function goOn({ into, pieces, onError }: Reading): Promise<boolean> {
  try {
    const { done, value } = await pieces.next()
    if (!done) {
      into.push(value)
      return true
    }
  } catch (error) {
    await pieces.return(undefined)
    onError(error)
  }
  into.end()
  return false
}

function oldestOf(readings: ReadonlySet<Reading>): Reading {
  const timeOf = ({ into }: Reading) => into.lastMs() ?? Number.NEGATIVE_INFINITY
  return [...readings].reduce((oldest, reading) => (timeOf(reading) < timeOf(oldest) ? reading : oldest))
}

const GLIMPSE_BYTES = 64 << 10
/** Clocks of two files may differ by as much. */
const SLACK_MS = 60_000

/** Whether each of these files ends before another begins, as those of a rotation do; false where their lines do not say. */
export async function areApart(
  files: readonly { file: string; size: number; year: number }[],
): Promise<boolean> {
  const spans = await Promise.all(files.map(spanOf))
  const known = spans.flatMap((span) => span ?? []).sort((a, b) => a.first - b.first)
  return (
    known.length === files.length &&
    known.every(({ last }, index) => last <= (known[index + 1]?.first ?? Number.POSITIVE_INFINITY) + SLACK_MS)
  )
}

async function spanOf({ file, size, year }: { file: string; size: number; year: number }) {
  const handle = await open(file, 'r')
  const memory = {}
  try {
    const timesAt = async (from: number): Promise<number[]> => {
      const bytes = new Uint8Array(GLIMPSE_BYTES)
      const { bytesRead } = await handle.read(bytes, 0, GLIMPSE_BYTES, from)
      const lines = new TextDecoder().decode(bytes.subarray(0, bytesRead)).split(/\r?\n/)
      // Those at the borders may be cut.
      return lines
        .slice(from === 0 ? 0 : 1, -1)
        .flatMap((line) => parseLine(line, { year, memory })?.atMs ?? [])
    }
    const [begin, end] = [await timesAt(0), await timesAt(Math.max(0, size - GLIMPSE_BYTES))]
    const [first, last] = [begin[0], end.at(-1)]
    return first === undefined || last === undefined ? undefined : { first, last }
  } finally {
    await handle.close()
  }
}
