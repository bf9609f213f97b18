/**
 * A filter as conditions of SQL. Keys have an index; the others are looked at row by row, and where a row is JSON they let
 * more through than the filter does: the matcher has the last word.
 */
import { isEndKind } from '#lib/protocol/ends.ts'
import type { EventFilter, Span } from '#lib/protocol/event-filter.ts'
import { jsonText } from '#server/wire/json.ts'

export interface Conditions {
  readonly sql: readonly string[]
  readonly values: readonly (string | number)[]
}

/** The table whose rows are gone through, `t`; the JSON is always that of `events`. */
export interface Plan {
  readonly table: 'events' | 'ends'
  readonly keys: Conditions
  readonly others: Conditions
  /** The conditions say all that the filter does, without the JSON. */
  readonly isExact: boolean
}

type Pair = readonly [sql: string, ...values: (string | number)[]]

export function planOf(filter: EventFilter): Plan {
  const ofEnds = filter.kinds !== undefined && filter.kinds.length > 0 && filter.kinds.every(isEndKind)
  const keys = conditionsOf(keyPairs(filter))
  if (ofEnds) {
    const others = conditionsOf([...columnPairs(filter), ...textPairs(filter, 'e.json')])
    return { table: 'ends', keys, others, isExact: filter.text === undefined }
  }
  const others = conditionsOf([...jsonPairs(filter), ...textPairs(filter, 't.json')])
  return {
    table: 'events',
    keys,
    others,
    isExact: others.sql.length === 0 && filter.exceptPath === undefined,
  }
}

const conditionsOf = (pairs: readonly Pair[]): Conditions => ({
  sql: pairs.map(([sql]) => sql),
  values: pairs.flatMap(([, ...values]) => values),
})

function keyPairs({ kinds, clientId, trace }: EventFilter): Pair[] {
  const pairs: Pair[] = []
  const asked = [...new Set(kinds)]
  if (kinds !== undefined) pairs.push([`t.kind IN (${asked.map(() => '?').join()})`, ...asked])
  if (clientId !== undefined) pairs.push(['t.client_id = ?', clientId])
  if (trace !== undefined) pairs.push(['t.trace = ?', trace])
  return pairs
}

function columnPairs({ path, exceptPath, code, cause, instance, silence, age }: EventFilter): Pair[] {
  const pairs: Pair[] = []
  for (const [column, value] of Object.entries({ endpoint: path, code, cause, instance })) {
    if (value !== undefined) pairs.push([`t.${column} = ?`, value])
  }
  if (exceptPath !== undefined) pairs.push(['t.endpoint IS NOT ?', exceptPath])
  const within = (column: string, span: Span | undefined) => {
    if (span) pairs.push([`t.${column} >= ? AND t.${column} < ?`, span.fromMs, span.toMs])
  }
  within('silence', silence)
  within('age', age)
  return pairs
}

/** Parts of the JSON as it was written. */
function jsonPairs({ path, code, cause, instance, silence, age }: EventFilter): Pair[] {
  const pairs: Pair[] = []
  const has = (part: string) => pairs.push(['instr(t.json, ?) > 0', part])
  if (path !== undefined) has(`"endpoint":${jsonText(path)}`)
  if (instance !== undefined) has(`"instance":${jsonText(instance)}`)
  if (cause !== undefined) has(`:${jsonText(cause)}`)
  if (silence !== undefined) {
    pairs.push(['(instr(t.json, ?) > 0 OR instr(t.json, ?) > 0)', '"silence_ms":', '"since_rx_ms":'])
  }
  if (age !== undefined) has('"duration_ms":')
  if (code !== undefined) {
    pairs.push(['(instr(t.json, ?) > 0 OR instr(t.json, ?) > 0)', `"close_code":${code}`, `"status":${code}`])
  }
  return pairs
}

/** Letters beyond ASCII may be written otherwise, or be another case; two of them are an i and a k in lower case. */
function textPairs({ text }: EventFilter, json: string): Pair[] {
  if (text === undefined) return []
  const pattern = text
    .replace(/["\\]/g, (sign) => `\\${sign}`)
    .replace(/[%_\\]/g, (sign) => `\\${sign}`)
    .replace(/[^ -~]+|[ik]/gi, '%')
  return [[`${json} LIKE ? ESCAPE '\\'`, `%${pattern}%`]]
}
