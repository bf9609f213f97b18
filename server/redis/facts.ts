/**
 * Small things that every instance has to know: each tells what happened to it, in a stream of its own, and hears of the
 * others. What was told is true here at once; while Redis is away it is told when Redis is back.
 */
import { randomBytes } from 'node:crypto'
import { BEGINNING, type Entry } from '#server/redis/entries.ts'
import type { Asked, Followed, Redis } from '#server/redis/redis.ts'

/** JSON that stays what it is: told twice it means the same. */
export interface Fact {
  readonly kind: string
  /** When it is of no use to anybody any more, milliseconds since the Unix epoch. */
  readonly expiresMs: number
}

export interface Facts {
  tell(fact: Fact): void
  /** Calls back with every fact, own ones included; with those of before, too, when they are read. */
  hear(listener: (fact: Fact) => void): void
}

const MOST_FACTS = 10_000

/** Where there is no other instance. */
export function createOwnFacts(): Facts {
  const listeners: ((fact: Fact) => void)[] = []
  return {
    tell: (fact) => {
      for (const listener of listeners) listener(fact)
    },
    hear: (listener) => {
      listeners.push(listener)
    },
  }
}

export function createFacts(redis: Redis, now: () => number = Date.now): Facts {
  return new SharedFacts(redis, now)
}

class SharedFacts implements Facts, Followed {
  readonly key: string
  readonly #redis: Redis
  readonly #now: () => number
  readonly #listeners: ((fact: Fact) => void)[] = []
  /** Own ones, by a name that no other has: those that Redis has shown back may leave when they have expired. */
  readonly #own = new Map<string, Fact>()
  /** Of these, what was not seen in the stream since it was read from its beginning. */
  #unseen = new Set<string>()
  #position = BEGINNING

  constructor(redis: Redis, now: () => number) {
    this.#redis = redis
    this.#now = now
    this.key = `${redis.prefix}:facts`
    redis.follow(this)
    redis.listen({ up: () => this.#tellUnseen(), gone: () => {} })
  }

  tell(fact: Fact): void {
    for (const [name, { expiresMs }] of this.#own) if (expiresMs <= this.#now()) this.#own.delete(name)
    const name = randomBytes(9).toString('base64url')
    this.#own.set(name, fact)
    this.#unseen.add(name)
    for (const listener of this.#listeners) listener(fact)
    this.#tellUnseen()
  }

  hear(listener: (fact: Fact) => void): void {
    this.#listeners.push(listener)
  }

  position(): string {
    return this.#position
  }

  /** Read from the beginning after each connection, because a Redis that was started again may know less. */
  async agree(_redis: Asked): Promise<void> {
    this.#position = BEGINNING
    this.#unseen = new Set(this.#own.keys())
  }

  take(entries: readonly Entry[]): void {
    for (const { id, fields } of entries) {
      this.#position = id
      const { n: name = '', f: json = '' } = fields
      this.#unseen.delete(name)
      const fact = this.#own.has(name) ? undefined : readFact(json)
      if (fact === undefined || fact.expiresMs <= this.#now()) continue
      for (const listener of this.#listeners) listener(fact)
    }
  }

  #tellUnseen(): void {
    if (!this.#redis.isUp) return
    const commands = [...this.#unseen].flatMap((name) => {
      const fact = this.#own.get(name)
      return fact === undefined
        ? []
        : [['XADD', this.key, 'MAXLEN', '~', `${MOST_FACTS}`, '*', 'n', name, 'f', JSON.stringify(fact)]]
    })
    // What is not taken now is told after the next connection.
    if (commands.length > 0) this.#redis.together(commands).catch(() => {})
  }
}

function readFact(json: string): Fact | undefined {
  try {
    const fact = JSON.parse(json)
    return typeof fact?.kind === 'string' && typeof fact.expiresMs === 'number' ? fact : undefined
  } catch {
    return undefined
  }
}
