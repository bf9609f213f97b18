/**
 * The file in which events and reports are kept: SQLite, built into Node. One process has it at a time. It is written
 * ahead (WAL), so that what a transaction committed survives the end of the process, however that comes.
 */
import { chmodSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { MIGRATIONS } from '#server/database/migrations.ts'
import { salvage } from '#server/database/salvage.ts'
import { SQLITE_SINCE, sqliteOfNode } from '#server/database/sqlite.ts'
import { errorCode } from '#server/wire/error-code.ts'

export type DatabaseProblem = 'in-use' | 'unwritable' | 'newer' | 'no-sqlite'

/** The file cannot be used, and nothing is wrong with it. */
export class DatabaseError extends Error {
  readonly problem: DatabaseProblem

  constructor(problem: DatabaseProblem, message: string) {
    super(message)
    this.name = 'DatabaseError'
    this.problem = problem
  }
}

/** Primary codes of SQLite, https://www.sqlite.org/rescode.html */
const BUSY = 5
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

/** The primary code of what SQLite threw; undefined for anything else. */
function sqliteCode(error: unknown): number | undefined {
  if (errorCode(error) !== 'ERR_SQLITE_ERROR') return undefined
  const { errcode } = error as { errcode?: unknown }
  return typeof errcode === 'number' ? errcode & 0xff : undefined
}

export const isOfSqlite = (error: unknown): error is Error => sqliteCode(error) !== undefined

export const isDamage = (error: unknown): boolean => [CORRUPT, NOTADB].includes(sqliteCode(error) ?? 0)

export const isFull = (error: unknown): boolean => sqliteCode(error) === FULL

/** The lock lasts as long as the process, and goes with it. */
const SETTINGS = [
  'locking_mode = EXCLUSIVE',
  'auto_vacuum = INCREMENTAL',
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'trusted_schema = OFF',
  // In KiB: the ends of the indices that are written to, one for each client that is heard.
  'cache_size = -16384',
  // In pages, 16 MB: what is written over and over goes into the file once.
  'wal_autocheckpoint = 4096',
]

/** A file of this size was checked in a quarter of a second; larger ones are not, so that a start stays quick. */
const MOST_CHECKED_BYTES = 256 * 1024 * 1024

const FILES = ['', '-wal', '-shm', '-journal']

export class Database {
  readonly file: string
  #db: DatabaseSync
  #statements = new Map<string, StatementSync>()

  /**
   * @param damaged a file whose rows a fresh one gets, as far as they can be read
   * @throws DatabaseError where another process has it, or where it can't be written; what SQLite throws for a damaged one
   */
  constructor(file: string, damaged?: string) {
    this.file = file
    this.#db = opened(file, damaged)
  }

  /** Moves a damaged file aside first. @returns where it is then, in `aside` */
  static open(file: string): { database: Database; aside: string | undefined } {
    try {
      const database = new Database(file)
      return { database, aside: database.#isSound() ? undefined : database.replace() }
    } catch (error) {
      if (!isDamage(error)) throw error
      const aside = setAside(file)
      return { database: new Database(file, aside), aside }
    }
  }

  /** SQLite reads past some damage: rows are then where no search finds them. */
  #isSound(): boolean {
    if (this.bytes > MOST_CHECKED_BYTES) return true
    return Object.values(this.#db.prepare('PRAGMA quick_check(1)').get() ?? {})[0] === 'ok'
  }

  /** Prepared once. */
  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#db.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** All of it or nothing; what it did outlives the process once it returns. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
      throw error
    }
  }

  fact(name: string): string | undefined {
    return this.prepare('SELECT value FROM facts WHERE name = ?').get(name)?.value as string | undefined
  }

  setFact(name: string, value: string): void {
    this.prepare(
      'INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ).run(name, value)
  }

  /** Bytes in use: free pages are used again. */
  get bytes(): number {
    const number = (name: string) => Number(Object.values(this.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
    return (number('page_count') - number('freelist_count')) * number('page_size')
  }

  /** Moves the damaged file aside and begins a fresh one with what can be read of it. @returns where the old one is */
  replace(): string {
    this.close()
    const aside = setAside(this.file)
    this.#db = opened(this.file, aside)
    return aside
  }

  get isOpen(): boolean {
    return this.#db.isOpen
  }

  close(): void {
    this.#statements.clear()
    if (this.#db.isOpen) this.#db.close()
  }
}

function opened(file: string, damaged?: string): DatabaseSync {
  const sqlite = sqliteOfNode()
  if (sqlite === undefined) {
    const says = `${SQLITE_SINCE} and newer can keep events and reports in a file. This is Node ${process.versions.node}`
    throw new DatabaseError('no-sqlite', says)
  }
  let db: DatabaseSync | undefined
  try {
    makePrivate(path.dirname(file))
    const isNew = !existsSync(file)
    db = new sqlite.DatabaseSync(file, { timeout: 0 })
    for (const setting of SETTINGS) db.exec(`PRAGMA ${setting}`)
    db.exec('BEGIN EXCLUSIVE')
    db.exec('COMMIT')
    if (isNew) chmodSync(file, 0o600)
    if (damaged !== undefined) salvage(sqlite, damaged, db, migrate)
    migrate(db)
    return db
  } catch (error) {
    db?.close()
    throw refusal(file, error)
  }
}

/**
 * A folder that we make is for us alone; one that is there stays as it is. One by one: told to be recursive, Node tries for
 * ever where a file system (such as /proc) says that what is there is not.
 */
function makePrivate(folder: string): void {
  if (existsSync(folder)) return
  makePrivate(path.dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

function migrate(db: DatabaseSync, upTo = MIGRATIONS.length): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0)
  if (version > MIGRATIONS.length) {
    throw new DatabaseError('newer', 'A newer version of Why1006 wrote it')
  }
  for (const [at, step] of MIGRATIONS.entries()) {
    if (at < version || at >= upTo) continue
    db.exec('BEGIN')
    db.exec(step)
    db.exec(`PRAGMA user_version = ${at + 1}`)
    db.exec('COMMIT')
  }
}

function refusal(file: string, error: unknown): unknown {
  if (error instanceof DatabaseError || isDamage(error)) return error
  const code = sqliteCode(error)
  if (code === BUSY) return new DatabaseError('in-use', `${file} is in use by another server`)
  const message = error instanceof Error ? error.message : String(error)
  const isPlace = code !== undefined && [READONLY, IOERR, FULL, CANTOPEN].includes(code)
  if (isPlace || errorCode(error) !== undefined) {
    return new DatabaseError('unwritable', `${file} cannot be written: ${message}`)
  }
  return error
}

/** @returns the new name, which no file has yet */
function setAside(file: string): string {
  const free = (number: number): string => {
    const name = `${file}.damaged${number === 0 ? '' : `-${number}`}`
    return existsSync(name) ? free(number + 1) : name
  }
  const aside = free(0)
  for (const ending of FILES) {
    if (existsSync(file + ending)) renameSync(file + ending, aside + ending)
  }
  return aside
}
