/**
 * Parsers for the `log_format` directives of an nginx configuration, for lines that are laid out in no common way.
 *
 * A format is fixed text with variables between (nginx.org, ngx_http_log_module). Each variable's value ends where
 * the next fixed text begins; nginx escapes quotes in values as \x22, so a quoted value ends at its quote.
 */
import { requestLine, setField } from '#lib/logs/access-fields.ts'
import type { AccessRecord, LineParser } from '#lib/logs/record.ts'
import { commonLogStamp, jsonStamp } from '#lib/logs/stamp.ts'

type Piece = { text: string } | { variable: string }

const MOST_FORMATS = 20
const MOST_PIECES = 100
const directive = /\blog_format\s+\S{1,100}\s+(?:escape=(\w{1,10})\s+)?/g
const variableName = /\$(?:\{(\w{1,60})\}|(\w{1,60}))/g

/** One parser for each `log_format` of the configuration that has a request or a status in it. */
export function parsersOfConfig(config: string): LineParser[] {
  const parsers: LineParser[] = []
  for (const { format, escapes } of formatsIn(config)) {
    if (parsers.length >= MOST_FORMATS) break
    // JSON formats need no help: their fields have names.
    if (escapes === 'json') continue
    const parser = parserOfFormat(format)
    if (parser !== undefined) parsers.push(parser)
  }
  return parsers
}

/** What the directives say, each text read once: where one breaks off, the search goes on behind it. */
function* formatsIn(config: string): Generator<{ format: string; escapes: string | undefined }> {
  let at = 0
  for (;;) {
    directive.lastIndex = at
    const found = directive.exec(config)
    if (!found) return
    const { parts, end } = quotedAt(config, directive.lastIndex)
    if (config[end] === ';' && parts.length > 0) yield { format: parts.join(''), escapes: found[1] }
    at = end
  }
}

/** Quoted texts one after the other, and where something else begins. */
function quotedAt(config: string, start: number): { parts: string[]; end: number } {
  const parts: string[] = []
  let end = start
  for (;;) {
    while (/^\s$/.test(config[end] ?? '')) end += 1
    const quote = config[end]
    if (quote !== '"' && quote !== "'") return { parts, end }
    const close = config.indexOf(quote, end + 1)
    // What nothing closes runs to the end of the text.
    if (close < 0) return { parts, end: config.length }
    parts.push(config.slice(end + 1, close))
    end = close + 1
  }
}

/** The parser for one format string; undefined when it has neither $request nor $status, or no fixed text. */
export function parserOfFormat(format: string): LineParser | undefined {
  const pieces = piecesOf(format)
  const names = pieces.flatMap((piece) => ('variable' in piece ? [piece.variable] : []))
  const telling =
    names.includes('status') &&
    (names.includes('request') || names.includes('request_uri') || names.includes('uri'))
  if (!telling || pieces.length > MOST_PIECES || pieces.every((piece) => 'variable' in piece))
    return undefined
  return (line) => read(line, pieces)
}

function piecesOf(format: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of format.matchAll(variableName)) {
    if (match.index > from) pieces.push({ text: format.slice(from, match.index) })
    pieces.push({ variable: match[1] ?? match[2] ?? '' })
    from = match.index + match[0].length
  }
  if (from < format.length) pieces.push({ text: format.slice(from) })
  return pieces
}

function read(line: string, pieces: readonly Piece[]): AccessRecord | undefined {
  const record: AccessRecord = { kind: 'access', format: 'nginx-access', resolutionMs: 1000 }
  let at = 0
  for (const [index, piece] of pieces.entries()) {
    if ('text' in piece) {
      if (!line.startsWith(piece.text, at)) return undefined
      at += piece.text.length
      continue
    }
    const next = pieces[index + 1]
    // Two variables side by side have no border: the first takes all.
    const end = next !== undefined && 'text' in next ? line.indexOf(next.text, at) : line.length
    if (end === -1) return undefined
    setVariable(record, piece.variable, line.slice(at, end))
    at = end
  }
  return record.status === undefined || record.path === undefined ? undefined : record
}

function setVariable(record: AccessRecord, name: string, value: string): void {
  if (name === 'time_local') Object.assign(record, commonLogStamp(value))
  else if (name === 'time_iso8601' || name === 'msec') Object.assign(record, jsonStamp(value))
  else if (name === 'request') Object.assign(record, requestLine(value))
  else setField(record, name, value)
}
