/**
 * After Redis was away: did it lose what it had acknowledged? It does where it keeps nothing on disk, or not at once. Then
 * the instances write it again from their copies; readers drop what comes twice.
 */
import { randomBytes } from 'node:crypto'
import { parseCursor } from '#server/journal/cursor.ts'
import type { JournalRecord } from '#server/journal/journal.ts'
import { BEGINNING, byEntryId, entriesOf } from '#server/redis/entries.ts'
import type { Asked } from '#server/redis/redis.ts'

/** An event as it was seen in the stream. */
export interface Written {
  readonly record: JournalRecord
  readonly entryId: string
}

export interface Restoring {
  readonly key: string
  readonly instance: string
  /** Of the cursors of this process. */
  readonly origin: string
  /** Names the stream, so that one that was begun anew is told from one that was cut. Undefined before it was seen first. */
  readonly epoch: string | undefined
  /** The last entry that was read. */
  readonly position: string
  written(): readonly Written[]
  commandsOf(record: JournalRecord): string[][]
}

export interface Restored {
  readonly epoch: string
  /** Behind which entry to go on reading. */
  readonly position: string
  /** Events that were written again. */
  readonly restored: number
}

/** One instance at a time writes what others had appended. */
const TURN_SECONDS = 30
const BATCH = 500

export async function restoreLost(redis: Asked, restoring: Restoring): Promise<Restored> {
  const { key, instance, origin, position } = restoring
  const epoch = await epochOf(redis, `${key}:epoch`)
  const isSame = restoring.epoch === epoch
  const isFirst = restoring.epoch === undefined
  if (isFirst || (isSame && (await has(redis, key, position)))) return { epoch, position, restored: 0 }
  const first = isSame ? await firstOf(redis, key) : undefined
  const written = [...restoring.written()]
    .filter(({ entryId }) => first === undefined || byEntryId(entryId, first) >= 0)
    .sort((one, other) => byEntryId(one.entryId, other.entryId))
  // Newer ones have pushed out all that is known here, and nothing was lost.
  if (written.length === 0)
    return { epoch, position: first === undefined ? BEGINNING : position, restored: 0 }
  const common = first === undefined ? 0 : await countKept(redis, key, written)
  const turn = await redis.ask(['SET', `${key}:restoring`, instance, 'NX', 'EX', `${TURN_SECONDS}`])
  const lost = written
    .slice(common)
    .map(({ record }) => record)
    .filter(({ event }) => turn !== null || parseCursor(event.id).origin === origin)
  for (let at = 0; at < lost.length; at += BATCH) {
    await redis.together(lost.slice(at, at + BATCH).flatMap((record) => restoring.commandsOf(record)))
  }
  return { epoch, position: written[common - 1]?.entryId ?? BEGINNING, restored: lost.length }
}

async function epochOf(redis: Asked, key: string): Promise<string> {
  await redis.ask(['SET', key, randomBytes(8).toString('hex'), 'NX'])
  return String(await redis.ask(['GET', key]))
}

async function has(redis: Asked, key: string, entryId: string): Promise<boolean> {
  if (entryId === BEGINNING) return true
  return entriesOf(await redis.ask(['XRANGE', key, entryId, entryId])).length > 0
}

async function firstOf(redis: Asked, key: string): Promise<string | undefined> {
  return entriesOf(await redis.ask(['XRANGE', key, '-', '+', 'COUNT', '1']))[0]?.id
}

/** How many of the first are there. What was lost is the end. @param written in the order of their entries */
async function countKept(redis: Asked, key: string, written: readonly Written[]): Promise<number> {
  let [low, high] = [0, written.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const { entryId = BEGINNING } = written[middle] ?? {}
    if (await has(redis, key, entryId)) low = middle + 1
    else high = middle
  }
  return low
}
