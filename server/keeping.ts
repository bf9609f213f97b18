/** Where events and reports are kept: in a Redis, in a file that stays, or in memory, also where the file can't be had. */
import path from 'node:path'
import type { KeepingTrouble } from '#lib/protocol/health.ts'
import { createFileLinks } from '#server/access/file-links.ts'
import { createMemoryLinks, type LinkStore } from '#server/access/link-store.ts'
import { createSharedLinks } from '#server/access/shared-links.ts'
import type { Config } from '#server/config/config.ts'
import { Database, DatabaseError, isDamage, isOfSqlite } from '#server/database/database.ts'
import { createFileJournal } from '#server/journal/file.ts'
import type { Journal } from '#server/journal/journal.ts'
import { createMemoryJournal } from '#server/journal/memory.ts'
import { createRedisJournal } from '#server/journal/redis.ts'
import { createFacts, type Facts } from '#server/redis/facts.ts'
import { createRedis, type RedisPlace } from '#server/redis/redis.ts'
import { createFileReports } from '#server/reports/file.ts'
import { createMemoryReports } from '#server/reports/memory.ts'
import { createRedisReports } from '#server/reports/redis.ts'
import type { ReportStore } from '#server/reports/store.ts'
import { createFileWatches } from '#server/watch/file.ts'
import { createMemoryWatches, type WatchStore } from '#server/watch/store.ts'

export interface Keeping {
  readonly journal: Journal
  readonly reports: ReportStore
  readonly watches: WatchStore
  readonly links: LinkStore
  /** What instances tell one another; undefined where there is only this one. */
  readonly facts: Facts | undefined
  /** Resolves when what was kept before has been read, or cannot be. */
  readonly ready: Promise<void>
  /** For people, a line: where it is kept, or why it is not. */
  readonly says: string
  /** What went wrong, as the events that the journal gets once it is listened to. */
  readonly troubles: readonly { readonly code: string; readonly message: string }[]
  close(): Promise<void>
}

const ALONE = { facts: undefined, ready: Promise.resolve() }

export function openKeeping(config: Config, instance: string): Keeping {
  const { journal } = config
  if (journal === 'memory') return inMemory(config, instance, 'Events and reports are kept in memory.')
  if ('redis' in journal) return inRedis(config, instance, journal.redis)
  const file = path.resolve(journal.file)
  try {
    return inFile(config, instance, file)
  } catch (error) {
    if (!(error instanceof DatabaseError || isOfSqlite(error))) throw error
    const problem = error instanceof DatabaseError ? error.problem : 'unwritable'
    const says = `${error.message}. Events and reports are kept in memory.`
    const troubles = [{ code: `journal-${problem}`, message: says }]
    return { ...inMemory(config, instance, says, problem), troubles }
  }
}

function inMemory(
  { journalSize }: Config,
  instance: string,
  says: string,
  trouble?: KeepingTrouble,
): Keeping {
  const journal = createMemoryJournal({ capacity: journalSize, instance, ...(trouble && { trouble }) })
  const reports = createMemoryReports()
  const watches = createMemoryWatches()
  const links = createMemoryLinks()
  return { ...ALONE, journal, reports, watches, links, says, troubles: [], close: () => journal.close() }
}

/** Watches are of the instance that was told to watch, and gone with it. */
function inRedis({ journalSize, accessToken }: Config, instance: string, place: RedisPlace): Keeping {
  const redis = createRedis(place)
  const journal = createRedisJournal({ redis, capacity: journalSize, instance })
  const reports = createRedisReports(redis)
  const facts = createFacts(redis)
  redis.start()
  const shared = `Events and reports are kept in Redis at ${redis.address}.`
  const apart =
    'Who signs in here is known to this instance alone: give every instance the same ACCESS_TOKEN.'
  return {
    journal,
    reports,
    watches: createMemoryWatches(),
    links: createSharedLinks(facts),
    facts,
    ready: redis.tried,
    says: accessToken === undefined ? `${shared} ${apart}` : shared,
    troubles: [],
    close: async () => {
      await journal.close()
      redis.close()
    },
  }
}

function inFile({ journalKeep, journalSize }: Config, instance: string, file: string): Keeping {
  const { database, aside: asideAtOnce } = Database.open(file)
  const begin = () => createFileJournal({ database, keep: journalKeep, instance, waiting: journalSize })
  const { journal, aside = asideAtOnce } = begunOrReplaced(database, begin)
  const damage = aside && `${file} was damaged. It is ${aside} now. A fresh one has what could be read of it.`
  return {
    ...ALONE,
    journal,
    reports: createFileReports(database),
    watches: createFileWatches(database),
    links: createFileLinks(database),
    says: damage ?? `Events and reports are kept in ${file}.`,
    troubles: damage === undefined ? [] : [{ code: 'journal-damaged', message: damage }],
    close: async () => {
      await journal.close()
      database.close()
    },
  }
}

/** Damage may show only when the journal looks for where it left off. */
function begunOrReplaced(
  database: Database,
  begin: () => Journal,
): { journal: Journal; aside?: string | undefined } {
  try {
    return { journal: begin() }
  } catch (error) {
    if (!isDamage(error)) throw error
    return { aside: database.replace(), journal: begin() }
  }
}
