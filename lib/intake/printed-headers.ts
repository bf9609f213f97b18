/**
 * The headers of a handshake as a server's program printed them, without the request's first line: an object of Node, a
 * dict of Python, a map of Go, or line by line. They show what a proxy left of the upgrade.
 */
import type { HeaderList } from '#lib/evidence/schema.ts'
import type { Lines } from '#lib/intake/lines.ts'

export type PrintedHeaders = {
  /** First index after them. */
  end: number
  headers: HeaderList
}

const LONGEST_LINE = 8000
const MOST_LINES = 80
const FEWEST_HEADERS = 3

/** `{` at the end, or the whole object; a name or a label may stand before it. */
const OPENS = /^[^{}]{0,200}\{\s{0,8}$/
const MEMBER =
  /^\s{0,40}(?:'([\w-]{1,80})'|"([\w-]{1,80})"|([\w-]{1,80})): ?(?:'([^'\n]{0,4000})'|"([^"\n]{0,4000})"|\[? ?['"]([^'"\n]{0,4000})['"] ?\]?),?\s{0,8}$/
const CLOSES = /^\s{0,40}\}\W{0,4}$/
const PAIR =
  /(?:'([\w-]{1,80})'|"([\w-]{1,80})"|(?<=[{,] ?)([\w-]{1,80})): ?(?:'([^'\n]{0,2000})'|"([^"\n]{0,2000})")/g
const GO_MAP = 'map['
const LONGEST_MAP = 6000
const GO_PAIR = /(?<=^|\] )([A-Z][\w-]{1,60}):\[([^\]\n]{0,2000})(?=\])/g
const FIELD = /^\s{0,20}([A-Za-z][\w-]{1,60}): ?(\S.{0,4000})$/

/** Undefined where what begins at a line of these is no list of headers of a handshake. Asked from the first line to the last. */
export function printedHeadersIn(lines: Lines): (at: number) => PrintedHeaders | undefined {
  /** Behind fields in a row that are no handshake's: those of any log whose lines begin with a name. */
  let searched = 0
  const fieldsFrom = (at: number): PrintedHeaders | undefined => {
    if (at < searched) return undefined
    const fields = fieldsAt(lines, at)
    searched = fields.end
    return fields.headers.length >= FEWEST_HEADERS ? fields : undefined
  }
  return (at) => {
    const first = lines.at(at)
    if (first.length > LONGEST_LINE) return undefined
    const found = OPENS.test(first) ? objectAt(lines, at) : (inOneLine(first, at) ?? fieldsFrom(at))
    return found !== undefined && isOfHandshake(found.headers) ? found : undefined
  }
}

/** Who leaves out Connection may leave out Upgrade as well: API Gateway's event of a connection has neither. */
const isOfHandshake = (headers: HeaderList): boolean =>
  ['sec-websocket-key', 'connection'].every((wanted) =>
    headers.some(([name]) => name.toLowerCase() === wanted),
  )

function objectAt(lines: Lines, at: number): PrintedHeaders | undefined {
  const headers: HeaderList = []
  for (let end = at + 1; end < lines.length && end - at < MOST_LINES; end++) {
    const text = lines.at(end)
    if (CLOSES.test(text)) return { end: end + 1, headers }
    const [, single, double, bare, quoted, inDouble, inList] = MEMBER.exec(text) ?? []
    const name = single ?? double ?? bare
    if (name === undefined) return undefined
    headers.push([name, quoted ?? inDouble ?? inList ?? ''])
  }
  return undefined
}

function inOneLine(text: string, at: number): PrintedHeaders | undefined {
  if (!/sec-websocket-key/i.test(text)) return undefined
  const map = goMapIn(text)
  const headers: HeaderList =
    map === undefined
      ? [...text.matchAll(PAIR)].map(([, single, double, bare, quoted, inDouble]): [string, string] => [
          single ?? double ?? bare ?? '',
          quoted ?? inDouble ?? '',
        ])
      : [...`${map}]`.matchAll(GO_PAIR)].map(([, name = '', value = '']): [string, string] => [name, value])
  return headers.length >= FEWEST_HEADERS ? { end: at + 1, headers } : undefined
}

/** What stands between `map[` and the last bracket of the line. */
function goMapIn(text: string): string | undefined {
  const from = text.indexOf(GO_MAP)
  const map = from === -1 ? '' : text.slice(from + GO_MAP.length, from + LONGEST_MAP)
  return /^[A-Z][\w-]{1,60}:\[/.test(map) ? map.slice(0, map.lastIndexOf(']')) : undefined
}

function fieldsAt(lines: Lines, at: number): PrintedHeaders {
  const headers: HeaderList = []
  let end = at
  for (; end < lines.length && end - at < MOST_LINES; end++) {
    const [, name, value] = FIELD.exec(lines.at(end)) ?? []
    if (name === undefined || value === undefined) break
    headers.push([name, value.trim()])
  }
  return { end, headers }
}
