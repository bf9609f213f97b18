/**
 * Cursors: `<milliseconds>-<origin>-<sequence>`, each in base 36 and of fixed width.
 *
 * The random origin belongs to one run of one process, so no cursor is issued twice, a crash included. Time comes
 * first, so that cursors sort as strings across restarts and between instances as well as their clocks agree;
 * within one origin the order is exact, since its time never goes back and its sequence only grows.
 * Nobody but a journal looks inside.
 */
import { randomInt } from 'node:crypto'

const timeWidth = 9
const originWidth = 7
const sequenceWidth = 8
const shape = /^([0-9a-z]{9})-([0-9a-z]{7})-([0-9a-z]{8})$/

/** Enough for 89,000 years of events at a rate of one per second, or 89 at a thousand. */
const greatestSequence = 36 ** sequenceWidth - 1

export interface Cursor {
  readonly timeMs: number
  readonly origin: string
  /** Counts from 0 within its origin. */
  readonly sequence: number
}

export const isCursor = (text: string): boolean => shape.test(text)

export const notCursor =
  'Not a cursor. Use the `id` of an event, or `next`, `oldest` or `latest` as this server sent them.'

/** The text is not a cursor: nobody's, of no time. */
export class CursorError extends Error {
  readonly code = 'malformed-cursor'
  readonly cursor: string

  constructor(cursor: string) {
    super(notCursor)
    this.name = 'CursorError'
    this.cursor = cursor
  }
}

/** Reads a cursor, or throws a `CursorError`. */
export function parseCursor(text: string): Cursor {
  const [, time, origin, sequence] = shape.exec(text) ?? []
  if (time === undefined || origin === undefined || sequence === undefined) throw new CursorError(text)
  return { timeMs: Number.parseInt(time, 36), origin, sequence: Number.parseInt(sequence, 36) }
}

export function formatCursor({ timeMs, origin, sequence }: Cursor): string {
  return beginCursor(timeMs, origin) + endCursor(sequence)
}

/** What the cursors of one origin have in common within a millisecond. */
export const beginCursor = (timeMs: number, origin: string): string =>
  `${base36(timeMs, timeWidth)}-${origin}-`

export function endCursor(sequence: number): string {
  if (sequence > greatestSequence) throw new RangeError('cursor sequence exhausted')
  return base36(sequence, sequenceWidth)
}

/** The least cursor of a moment. */
export const cursorAt = (timeMs: number): string =>
  formatCursor({ timeMs: Math.max(0, Math.trunc(timeMs)), origin: '0000000', sequence: 0 })

/** A name for one run of one process: 36⁷ possibilities, beside the time in front of it. */
export function createOrigin(): string {
  return base36(randomInt(36 ** originWidth), originWidth)
}

function base36(value: number, width: number): string {
  return value.toString(36).padStart(width, '0')
}
