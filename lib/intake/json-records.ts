/**
 * Records of a log that a tool printed as JSON over several lines, or as one list: `gcloud logging read --format=json`,
 * `aws logs filter-log-events`, `az … -o json`, jq. Each is read as the line that it was.
 */
import type { Lines } from '#lib/intake/lines.ts'
import { parseLine } from '#lib/logs/line.ts'

export type JsonRecord = { text: string; line: number }
export type JsonBlock = { end: number; records: JsonRecord[] }

/** What the first line of such a value is: a brace or bracket, or a list on one line. */
const FIRST = /^\s{0,40}(?:[[{]{1,2}\s{0,8}$|\[\{".{1,65000}\}\]\s{0,8}$)/
const LIST = /^\s{0,40}\[\s{0,8}$/
/** What each further line begins with. */
const FURTHER = /^\s{0,400}(?:["{}[\]]|-?\d|true\b|false\b|null\b|$)/
const MOST_DEPTH = 64
const MOST_LINES = 200_000

/** Members that hold the records, in what wraps a list of them. */
const LISTS = ['events', 'entries', 'records', 'Records', 'logs', 'items', 'value', 'data']

/**
 * Looks for one at a line. What was passed over in vain is not looked at again, but for what stands in a list that does not
 * end: a list is in no more than so many others, and time grows with the text alone.
 */
export function jsonRecordsIn(lines: Lines): (at: number) => JsonBlock | undefined {
  let vainUntil = 0
  return (at) => {
    if (at < vainUntil || !FIRST.test(lines.at(at))) return undefined
    const block = blockAt(lines, at)
    const records = block.isWhole ? recordsOf(lines, at, block) : []
    if (records.length === 0) {
      vainUntil = block.isWhole || !LIST.test(lines.at(at)) ? block.end : at + 1
      return undefined
    }
    return { end: block.end, records }
  }
}

/** `starts` are the lines on which objects begin, by their depth. */
type Block = { end: number; isWhole: boolean; starts: Map<number, number[]> }

function blockAt(lines: Lines, from: number): Block {
  const starts = new Map<number, number[]>()
  const last = Math.min(lines.length, from + MOST_LINES)
  let depth = 0
  let at = from
  for (; at < last; at++) {
    const line = lines.at(at)
    if (at > from && !FURTHER.test(line)) return { end: at, isWhole: false, starts }
    for (const bracket of line.matchAll(TOKEN)) {
      const [token] = bracket
      if (token === '{' || token === '[') {
        if (token === '{') placesAt(starts, depth).push(at)
        depth++
      } else if (token === '}' || token === ']') depth--
    }
    if (depth > MOST_DEPTH) return { end: at + 1, isWhole: false, starts }
    if (depth <= 0) return { end: at + 1, isWhole: depth === 0, starts }
  }
  return { end: at, isWhole: false, starts }
}

function placesAt(starts: Block['starts'], depth: number): number[] {
  const known = starts.get(depth)
  if (known !== undefined) return known
  const places: number[] = []
  starts.set(depth, places)
  return places
}

/** A string as a whole, or a bracket. */
const TOKEN = /"(?:[^"\\]|\\.)*(?:"|$)|[[\]{}]/g

function recordsOf(lines: Lines, from: number, { end, starts }: Block): JsonRecord[] {
  let value: unknown
  try {
    value = JSON.parse(lines.join(from, end).replace(/,\s{0,8}$/, ''))
  } catch {
    return []
  }
  const found = listIn(value)
  const places = [...starts.values()].find((at) => at.length === found.length)
  const records = found.map((each, index) => ({
    text: JSON.stringify(each),
    line: places?.[index] ?? from,
  }))
  return records.some(({ text }) => parseLine(text) !== undefined) ? records : []
}

function listIn(value: unknown): object[] {
  if (Array.isArray(value)) return value.filter(isObject)
  if (!isObject(value)) return []
  const members = value as Record<string, unknown>
  const list = LISTS.map((name) => members[name]).find(Array.isArray)
  return list === undefined ? [value] : list.filter(isObject)
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
