/**
 * One Redis or Valkey that several instances share: a connection that asks and writes, and one of its own that follows
 * streams, since a read that blocks holds up whatever is behind it. Both are made anew together when one of them fails.
 */
import type { ErrorReply } from 'redis'
import { type Entry, entriesOf, streamsOf } from '#server/redis/entries.ts'

/** A stream that is followed. */
export interface Followed {
  readonly key: string
  /** The id of the entry behind which to go on. */
  position(): string
  /** After each connection and before anything is read: where the two sides differ, it is settled here. */
  agree(redis: Asked): Promise<void>
  take(entries: readonly Entry[]): void
}

export interface Asked {
  /** Rejects with a `RedisGone` when Redis does not answer, with a `RedisRefusal` when it answers with an error. */
  ask(command: readonly string[]): Promise<unknown>
  /** All of them or none, with nobody else's in between. */
  together(commands: readonly (readonly string[])[]): Promise<void>
}

export interface RedisListener {
  /** Everything that is followed has been read up to now. */
  up(): void
  /** Told once until it is up again. */
  gone(error: RedisGone | RedisRefusal): void
}

export interface Redis extends Asked {
  /** Before every key. */
  readonly prefix: string
  /** For people: without user and password. */
  readonly address: string
  readonly isUp: boolean
  /** Resolves when it is up or gone for the first time. */
  readonly tried: Promise<void>
  follow(followed: Followed): void
  listen(listener: RedisListener): void
  /** To be called when everybody follows and listens. */
  start(): void
  close(): void
}

export interface RedisPlace {
  /** `redis:`, or `rediss:` for TLS. */
  readonly url: string
  readonly prefix: string
}

/** It does not answer, or the connection is lost. */
export class RedisGone extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RedisGone'
  }
}

/** It answers that it will not. */
export class RedisRefusal extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RedisRefusal'
  }
}

/** Only who shares a Redis pays for the package. */
async function load() {
  const {
    default: { createClient, ErrorReply },
  } = await import('redis')
  const open = (url: string) =>
    createClient({
      url,
      // What every version and every proxy speaks.
      RESP: 2,
      disableOfflineQueue: true,
      socket: { reconnectStrategy: false, connectTimeout: CONNECT_MS },
    })
  return { open, ErrorReply }
}

type Client = ReturnType<Awaited<ReturnType<typeof load>>['open']>

const CONNECT_MS = 3000
/** No answer for so long, and the connection is given up. */
const ANSWER_MS = 3000
/** A read waits so long for news. */
const BLOCK_MS = 1000
/** Between two reads where Redis, or a proxy in front of it, refuses those that wait. */
const POLL_MS = 100
const RETRY_MS = { first: 100, most: 2000 }
const ENTRIES_AT_ONCE = 1000

export function createRedis(place: RedisPlace): Redis {
  return new SharedRedis(place)
}

class SharedRedis implements Redis {
  readonly prefix: string
  readonly address: string
  readonly tried: Promise<void>
  readonly #url: string
  readonly #followed: Followed[] = []
  readonly #listeners: RedisListener[] = []
  readonly #isTried = Promise.withResolvers<void>()
  /** The class of errors that Redis itself answers with, once the package is loaded. */
  #replyError: typeof ErrorReply | undefined
  #asking: Client | undefined
  #following: Client | undefined
  #isUp = false
  #isClosed = false
  /** Ends a pause early. */
  #wake: () => void = () => {}

  constructor({ url, prefix }: RedisPlace) {
    this.#url = url
    this.prefix = prefix
    this.address = new URL(url).host
    this.tried = this.#isTried.promise
  }

  get isUp(): boolean {
    return this.#isUp
  }

  follow(followed: Followed): void {
    this.#followed.push(followed)
  }

  listen(listener: RedisListener): void {
    this.#listeners.push(listener)
  }

  start(): void {
    void this.#run()
  }

  ask(command: readonly string[]): Promise<unknown> {
    return this.#answered(this.#asking, (client) => client.sendCommand([...command]))
  }

  async together(commands: readonly (readonly string[])[]): Promise<void> {
    await this.#answered(this.#asking, (client) => {
      const transaction = client.multi()
      for (const command of commands) transaction.addCommand([...command])
      return transaction.exec()
    })
  }

  close(): void {
    this.#isClosed = true
    this.#isUp = false
    this.#isTried.resolve()
    this.#wake()
    this.#drop()
  }

  async #run(): Promise<void> {
    let retryMs = RETRY_MS.first
    let wasGone = false
    while (!this.#isClosed) {
      try {
        await this.#connect()
        for (const followed of this.#followed) {
          await followed.agree(this)
          while (await this.#readOn(followed)) {}
        }
        retryMs = RETRY_MS.first
        wasGone = false
        this.#isUp = true
        for (const { up } of this.#listeners) up()
        this.#isTried.resolve()
        await this.#follow()
      } catch (error) {
        this.#isUp = false
        this.#drop()
        if (this.#isClosed) return
        if (!wasGone) for (const { gone } of this.#listeners) gone(this.#problemOf(error))
        wasGone = true
        this.#isTried.resolve()
      }
      await this.#pause(retryMs)
      retryMs = Math.min(retryMs * 2, RETRY_MS.most)
    }
  }

  async #connect(): Promise<void> {
    const { open, ErrorReply } = await load()
    this.#replyError = ErrorReply
    const connected = async (): Promise<Client> => {
      const client = open(this.#url)
      // Whoever waits for an answer is told of it; without a listener it would end the process.
      client.on('error', () => {})
      const opened = client.connect()
      try {
        await inTime(opened, CONNECT_MS + ANSWER_MS)
      } catch (error) {
        if (client.isOpen) client.destroy()
        throw error
      }
      return client
    }
    this.#asking = await connected()
    this.#following = await connected()
    if (this.#isClosed) this.#drop()
  }

  #drop(): void {
    for (const client of [this.#asking, this.#following]) {
      if (client?.isOpen) client.destroy()
    }
    this.#asking = undefined
    this.#following = undefined
  }

  /** @returns whether there may be more */
  async #readOn(followed: Followed): Promise<boolean> {
    const command = ['XRANGE', followed.key, `(${followed.position()}`, '+', 'COUNT', `${ENTRIES_AT_ONCE}`]
    const reply = await this.#answered(this.#following, (client) => client.sendCommand(command))
    const entries = entriesOf(reply)
    if (entries.length > 0) followed.take(entries)
    return entries.length === ENTRIES_AT_ONCE
  }

  async #follow(): Promise<never> {
    for (let waits = true; ; ) {
      if (waits) waits = await this.#readWaiting()
      else {
        for (const followed of this.#followed) while (await this.#readOn(followed)) {}
        await this.#pause(POLL_MS)
      }
    }
  }

  /** @returns false where Redis refuses such a read */
  async #readWaiting(): Promise<boolean> {
    const keys = this.#followed.map(({ key }) => key)
    const positions = this.#followed.map((followed) => followed.position())
    const command = ['XREAD', 'COUNT', `${ENTRIES_AT_ONCE}`, 'BLOCK', `${BLOCK_MS}`, 'STREAMS']
    try {
      const reply = await this.#answered(
        this.#following,
        (client) => client.sendCommand([...command, ...keys, ...positions]),
        BLOCK_MS,
      )
      const streams = streamsOf(reply)
      for (const followed of this.#followed) {
        const entries = streams.get(followed.key)
        if (entries) followed.take(entries)
      }
      return true
    } catch (error) {
      if (error instanceof RedisRefusal) return false
      throw error
    }
  }

  /** A connection that fails once is given up: the run begins anew with both. */
  async #answered<T>(
    client: Client | undefined,
    work: (client: Client) => Promise<T>,
    patienceMs = 0,
  ): Promise<T> {
    if (client === undefined) throw new RedisGone('Redis is not connected')
    try {
      return await inTime(work(client), ANSWER_MS + patienceMs)
    } catch (error) {
      const problem = this.#problemOf(error)
      if (problem instanceof RedisGone) this.#drop()
      throw problem
    }
  }

  #problemOf(error: unknown): RedisGone | RedisRefusal {
    if (error instanceof RedisGone || error instanceof RedisRefusal) return error
    const message = error instanceof Error ? error.message || error.constructor.name : String(error)
    const isReply = this.#replyError !== undefined && error instanceof this.#replyError
    return isReply ? new RedisRefusal(message) : new RedisGone(message)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new RedisGone(`no answer for ${ms / 1000} s`)), ms)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
