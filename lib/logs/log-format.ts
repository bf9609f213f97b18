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
const LONGEST_FORMAT = 8000
/** Where texts of a directive follow one another, what stands between them. */
const directive = /\blog_format\s+\S{1,100}\s+(?:escape=\w{1,10}\s+)?/g
/** `log-format-upstream: '…'` of ingress-nginx’s ConfigMap, and the same of its streams. */
const setting = /^[ \t]{0,40}["']?log-format-(?:upstream|stream)["']?:[ \t]{0,10}/gm
const variableName = /\$(?:\{(\w{1,60})\}|(\w{1,60}))/g

/** One parser for each `log_format` of the configuration that has a request or a status in it. */
export function parsersOfConfig(config: string): LineParser[] {
  const parsers: LineParser[] = []
  for (const format of [...formatsIn(config), ...settingsIn(config)]) {
    if (parsers.length >= MOST_FORMATS) break
    const parser = parserOfFormat(format)
    if (parser !== undefined) parsers.push(parser)
  }
  return parsers
}

/** What the directives say, each text read once: where one breaks off, the search goes on behind it. */
function* formatsIn(config: string): Generator<string> {
  let at = 0
  for (;;) {
    directive.lastIndex = at
    if (directive.exec(config) === null) return
    const { parts, end } = partsAt(config, directive.lastIndex)
    if (config[end] === ';' && parts.length > 0) yield parts.join('')
    at = Math.max(end, directive.lastIndex)
  }
}

/** Texts one after the other, quoted or not, and where the directive ends. */
function partsAt(config: string, start: number): { parts: string[]; end: number } {
  const parts: string[] = []
  let end = start
  for (;;) {
    while (/^\s$/.test(config[end] ?? '')) end += 1
    const first = config[end]
    if (first === undefined || first === ';' || first === '{' || first === '}') return { parts, end }
    if (first !== '"' && first !== "'") {
      const word = bareAt(config, end)
      parts.push(word)
      end += word.length
      continue
    }
    const close = closingQuote(config, end)
    // What nothing closes runs to the end of the text.
    if (close < 0) return { parts, end: config.length }
    parts.push(unescaped(config.slice(end + 1, close)))
    end = close + 1
    // nginx wants a blank behind a quote: this directive breaks off here.
    if (!/^[\s;]$/.test(config[end] ?? ';')) return { parts: [], end }
  }
}

/** A word without quotes, up to a blank or the end of the directive. */
function bareAt(config: string, start: number): string {
  bare.lastIndex = start
  return bare.exec(config)?.[0] ?? config[start] ?? ''
}
const bare = /(?:\$\{\w{0,60}\}|[^\s;{}"'])+/y

function closingQuote(config: string, open: number): number {
  for (let at = open + 1; at < config.length; at++) {
    if (config[at] === '\\') at++
    else if (config[at] === config[open]) return at
  }
  return -1
}

/** nginx takes the backslash off these and leaves every other where it is (ngx_conf_file.c). */
const unescaped = (text: string): string =>
  text.replace(/\\([\\"'trn])/g, (_, char: string) => CONTROLS[char] ?? char)
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' }

/** A value of YAML on one line, or folded over several that are further in. */
function* settingsIn(config: string): Generator<string> {
  for (const found of config.matchAll(setting)) {
    const from = found.index + found[0].length
    const lineEnd = config.indexOf('\n', from)
    const value = config.slice(from, lineEnd < 0 ? config.length : lineEnd).trim()
    if (/^[>|][+-]?$/.test(value) && lineEnd >= 0) yield foldedAt(config, lineEnd + 1)
    else if (value.startsWith("'")) yield value.slice(1, value.lastIndexOf("'")).replaceAll("''", "'")
    else if (value.startsWith('"')) yield unescaped(value.slice(1, value.lastIndexOf('"')))
    else if (value !== '') yield value
  }
}

function foldedAt(config: string, start: number): string {
  const lines: string[] = []
  const indent = /^[ \t]*/.exec(config.slice(start, start + 200))?.[0].length ?? 0
  for (let at = start; at < config.length && config.length - at > 0; ) {
    const end = config.indexOf('\n', at)
    const line = config.slice(at, end < 0 ? config.length : end)
    const isInside = /^[ \t]*/.exec(line)?.[0].length === indent && indent > 0
    if (!isInside || lines.length > MOST_PIECES) break
    lines.push(line.trim())
    if (end < 0) break
    at = end + 1
  }
  return lines.join(' ')
}

/** The parser for one format string; undefined when it has neither $request nor $status, or no fixed text. */
export function parserOfFormat(format: string): LineParser | undefined {
  if (format.length > LONGEST_FORMAT) return undefined
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
    const end =
      next !== undefined && 'text' in next ? endOf(line, at, piece.variable, next.text) : line.length
    if (end === -1) return undefined
    setVariable(record, piece.variable, line.slice(at, end))
    at = end
  }
  return record.status === undefined || record.path === undefined ? undefined : record
}

/** Where a value ends. Of several upstreams that were tried nginx writes `502, 101`, and `502 : 101` behind a redirect of its own. */
function endOf(line: string, at: number, variable: string, border: string): number {
  let end = line.indexOf(border, at)
  if (!variable.startsWith('upstream_') || !border.startsWith(' ')) return end
  while (end !== -1 && (line[end - 1] === ',' || line[end - 1] === ':' || line.startsWith(' : ', end)))
    end = line.indexOf(border, end + 1)
  return end
}

function setVariable(record: AccessRecord, name: string, value: string): void {
  if (name === 'time_local') Object.assign(record, commonLogStamp(value))
  else if (name === 'time_iso8601' || name === 'msec') Object.assign(record, jsonStamp(value))
  else if (name === 'request') Object.assign(record, requestLine(value))
  else if (name === 'proxy_protocol_addr') setField(record, 'remote_addr', value)
  else setField(record, name, value)
}
