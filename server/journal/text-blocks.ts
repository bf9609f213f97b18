/**
 * Which stretches of the file cannot hold a text, so that a search passes them by. For every thousand events a row tells, in
 * 32 KiB, which groups of four characters are in them: one that is in none of them is in no event. Written when nothing else
 * is to be done, long after an event was committed; what is too new to be in it is looked through.
 */
import type { Database } from '#server/database/database.ts'

/** Events of one block: what the noise of numbers and ids leaves of the bits is a quarter at most. */
export const BLOCK_EVENTS = 1000
const BITS = 18
const BYTES = 2 ** BITS / 8
/** Characters that are looked for together: as many as tell one id from another. */
const GRAM = 4
/** Neighbours that may hold it are one stretch, up to so many. */
const MOST_TOGETHER = 10
/** Blocks that are read in one go, 2 MiB. */
const PAGE = 64

/** Both exclusive. */
export interface Stretch {
  readonly from: string
  readonly to: string
}

interface Block {
  /** The last event before it. */
  readonly after: string
  readonly last: string
  readonly grams: Uint8Array
}

/** Adds blocks for events that have none, oldest first. @returns whether some are left when the time is up */
export function addTextBlocks(database: Database, untilMs: number): boolean {
  const latest = database.prepare('SELECT MAX(last) AS last FROM text_blocks')
  for (let after = String(latest.get()?.last ?? ''); performance.now() < untilMs; ) {
    const block = eventsAfter(database, after, '~')
    if (block.events < BLOCK_EVENTS) return false
    write(database, after, block)
    after = block.last
  }
  return true
}

/** After events between the two were changed or removed. The one before is filled up: few blocks for few events. */
export function renewTextBlocks(database: Database, from: string, to: string): void {
  const touched = database
    .prepare('SELECT after, last FROM text_blocks WHERE last >= ? AND after < ? ORDER BY after')
    .all(from, to) as { after: string; last: string }[]
  const last = touched.at(-1)?.last
  if (last === undefined) return
  const before = database
    .prepare('SELECT after FROM text_blocks WHERE last < ? AND events < ? ORDER BY after DESC LIMIT 1')
    .get(from, BLOCK_EVENTS)
  const isNext = before !== undefined && touched[0]?.after === lastOf(database, String(before.after))
  const start = isNext ? String(before.after) : (touched[0]?.after ?? '')
  database.prepare('DELETE FROM text_blocks WHERE after >= ? AND after < ?').run(start, to)
  for (let after = start; ; ) {
    const block = eventsAfter(database, after, last)
    if (block.events > 0) write(database, after, block)
    if (block.events < BLOCK_EVENTS) return
    after = block.last
  }
}

/** Of events up to this one, inclusive, which were removed. */
export const removeTextBlocks = 'DELETE FROM text_blocks WHERE last <= ?'

const lastOf = (database: Database, after: string): unknown =>
  database.prepare('SELECT last FROM text_blocks WHERE after = ?').get(after)?.last

interface Events {
  readonly events: number
  readonly last: string
  readonly text: string
}

/** As one text: a third of what the same costs as a thousand rows. */
const eventsAfter = (database: Database, after: string, last: string): Events =>
  database
    .prepare(
      `SELECT COUNT(*) AS events, MAX(id) AS last, group_concat(json, char(10)) AS text
         FROM (SELECT id, json FROM events WHERE id > ? AND id <= ? ORDER BY id LIMIT ?)`,
    )
    .get(after, last, BLOCK_EVENTS) as unknown as Events

function write(database: Database, after: string, { events, last, text }: Events): void {
  database
    .prepare('INSERT OR REPLACE INTO text_blocks VALUES (?, ?, ?, ?)')
    .run(after, last, events, gramsOf(text))
}

/** Done for each character of every event, so that nothing is called in between. */
function gramsOf(text: string): Uint8Array {
  const grams = new Uint8Array(BYTES)
  const lower = text.toLowerCase()
  let gram = 0
  for (let at = 0; at < lower.length; at++) {
    gram = nextGram(gram, lower.charCodeAt(at))
    if (at < GRAM - 1) continue
    const bit = bitOf(gram)
    grams[bit >>> 3] = (grams[bit >>> 3] ?? 0) | (1 << (bit & 7))
  }
  return grams
}

const nextGram = (gram: number, code: number): number => (gram >>> 8) | (code << 24)

const bitOf = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> (32 - BITS)

const isMarked = (grams: Uint8Array, bit: number): boolean =>
  ((grams[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0

/** Parts of a text that are in JSON as they are in the value: what is escaped there, or may be, is between them. */
function bitsOf(text: string): number[] {
  const bits: number[] = []
  for (const part of text.split(/[^ -~]|["\\]/)) {
    const lower = part.toLowerCase()
    let gram = 0
    for (let at = 0; at < lower.length; at++) {
      gram = nextGram(gram, lower.charCodeAt(at))
      if (at >= GRAM - 1) bits.push(bitOf(gram))
    }
  }
  return bits
}

/** Where the text may be, newest first; all of the range where nothing tells. @param breathe between two reads */
export async function* stretchesWith(
  database: Database,
  { from, to }: Stretch,
  text: string | undefined,
  breathe: () => Promise<void>,
): AsyncGenerator<Stretch> {
  const bits = text === undefined ? [] : bitsOf(text)
  if (bits.length === 0) {
    yield { from, to }
    return
  }
  /** What is below was not looked at, or may hold it. */
  let end = to
  let together = 0
  const rest = (low: string): Stretch[] =>
    low < end && hasEvents(database, low, end) ? [{ from: low, to: end }] : []
  for await (const { after, last, grams } of blocks(database, from, to, breathe)) {
    const isPassedBy = !bits.every((bit) => isMarked(grams, bit))
    together = isPassedBy ? 0 : together + 1
    if (!isPassedBy && together < MOST_TOGETHER) continue
    const low = after > from ? after : from
    yield* rest(isPassedBy ? last : low)
    end = low === from ? from : `${low}~`
    together = 0
  }
  yield* rest(from)
}

const hasEvents = (database: Database, from: string, to: string): boolean =>
  database.prepare('SELECT 1 FROM events WHERE id > ? AND id < ? LIMIT 1').get(from, to) !== undefined

/** Those that reach into the range, newest first. */
async function* blocks(
  database: Database,
  from: string,
  to: string,
  breathe: () => Promise<void>,
): AsyncGenerator<Block> {
  const read = database.prepare(
    'SELECT after, last, grams FROM text_blocks WHERE last > ? AND after < ? ORDER BY after DESC LIMIT ?',
  )
  for (let below = to; ; ) {
    const page = read.all(from, below, PAGE) as unknown as Block[]
    yield* page
    if (page.length < PAGE) return
    below = page.at(-1)?.after ?? ''
    await breathe()
  }
}
