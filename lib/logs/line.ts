/**
 * The door of the parsers: one line in, one typed record out, or undefined when the line belongs to another
 * program. Lines are told apart by what they are, so interleaved files need no hint.
 */
import { openEnvelope, openJson } from '#lib/logs/envelope.ts'
import { parseJson } from '#lib/logs/formats/json.ts'
import { parseOwnText } from '#lib/logs/formats/own-text.ts'
import { parsers } from '#lib/logs/formats.ts'
import type { LineMemory, LineParser, LogRecord } from '#lib/logs/record.ts'
import type { Stamp } from '#lib/logs/stamp.ts'
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

  /** What lines above said of those below: one object for all lines of a file. */
  memory?: LineMemory | undefined
}

/** A leap year, so that 29 February parses where nobody says which year it is. */
const SOME_YEAR = 2024

/** Reads one line. Never throws; at most linear in the line's length. */
export function parseLine(
  line: string,
  { year = SOME_YEAR, custom = [], memory }: ReadOptions = {},
): LogRecord | undefined {
  if (line.length === 0 || line.length > LONGEST_LINE) return undefined
  const ended = line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line
  return parsePlain(plain(ended), { year, custom, memory })
}

const ESCAPE = '\u001b'
/** As loggers and docker compose colour what they write to a terminal (ECMA-48, SGR). */
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]{0,32}m`, 'g')

const plain = (text: string): string => (text.includes(ESCAPE) ? text.replace(COLOURS, '') : text)

function parsePlain(line: string, context: Context): LogRecord | undefined {
  const { year } = context
  const enveloped = openEnvelope(line, year)
  // What is carried in JSON has its colours escaped.
  const opened = { ...enveloped, text: plain(enveloped.text) }
  if (opened.text.charCodeAt(0) !== OPEN_BRACE) return read(opened, parsers, context)
  const record = read(opened, [parseJson], context)
  if (record !== undefined) return record
  const carried = openJson(opened.text, opened.stamp)
  if (carried === undefined) return undefined
  const inner = openEnvelope(plain(carried.text), year)
  return read({ ...inner, stamp: inner.stamp ?? carried.stamp }, parsers, context)
}

const OPEN_BRACE = 123

type Context = { year: number; custom: readonly LineParser[]; memory: LineMemory | undefined }
type Opened = { text: string; stamp?: Stamp | undefined }

function read(
  { text, stamp }: Opened,
  known: readonly LineParser[],
  { year, custom, memory }: Context,
): LogRecord | undefined {
  // Our own lines are common here, and nothing else begins like them.
  const order = text.startsWith(LINE_MARK)
    ? [parseOwnText]
    : custom.length === 0
      ? known
      : [...custom, ...known]
  for (const parse of order) {
    const record = parse(text, { year, memory })
    if (record === undefined) continue
    // What is written of a request is written when it ended.
    if (record.atMs === undefined && stamp !== undefined) Object.assign(record, stampOf(stamp))
    return record
  }
  return undefined
}

function stampOf({ atMs, resolutionMs, zoneless }: Stamp) {
  return { atMs, resolutionMs, ...(zoneless === true && { zoneless }) }
}
