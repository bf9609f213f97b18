/**
 * The door of the parsers: one line in, one typed record out, or undefined when the line belongs to another
 * program. Lines are told apart by what they are, so interleaved files need no hint.
 */
import { openEnvelope } from '#lib/logs/envelope.ts'
import { parseOwnText } from '#lib/logs/formats/own-text.ts'
import { parsers } from '#lib/logs/formats.ts'
import type { LineParser, LogRecord } from '#lib/logs/record.ts'
import { LINE_MARK } from '#lib/protocol/log-line.ts'

/** Longer lines are left unread: no server writes them, and a parser must not be made to work for nothing. */
export const LONGEST_LINE = 65_536

export type ReadOptions = {
  /** For stamps without a year. */
  year?: number | undefined

  /** Somebody brought these few lines because a WebSocket fails: what fails in them may be it. */
  isAsked?: boolean

  /** Parsers for formats that a configuration defines; tried before the built-in ones. */
  custom?: readonly LineParser[]
}

/** A leap year, so that 29 February parses where nobody says which year it is. */
const SOME_YEAR = 2024

/** Reads one line. Never throws; at most linear in the line's length. */
export function parseLine(
  line: string,
  { year = SOME_YEAR, custom = [] }: ReadOptions = {},
): LogRecord | undefined {
  if (line.length === 0 || line.length > LONGEST_LINE) return undefined
  const ended = line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line
  const { text, stamp } = openEnvelope(ended, year)
  // Our own lines are common here, and nothing else begins like them.
  const order = text.startsWith(LINE_MARK)
    ? [parseOwnText]
    : custom.length === 0
      ? parsers
      : [...custom, ...parsers]
  for (const parse of order) {
    const record = parse(text, { year })
    if (record === undefined) continue
    if (record.atMs === undefined && stamp !== undefined && record.kind !== 'access')
      Object.assign(record, stampOf(stamp))
    return record
  }
  return undefined
}

function stampOf({ atMs, resolutionMs, zoneless }: NonNullable<ReturnType<typeof openEnvelope>['stamp']>) {
  return { atMs, resolutionMs, ...(zoneless === true && { zoneless }) }
}
