/** One watch: keeps its connection, and tells journal, store and notices what becomes of it. */
import type { WatchDetail, WatchLoss, WatchSummary } from '#lib/api/watch.ts'
import { understandTarget } from '#lib/applications/target.ts'
import { maskText } from '#lib/evidence/mask.ts'
import { type Sentence, sentenceOf } from '#lib/text/foreign.ts'
import { isOfSqlite } from '#server/database/database.ts'
import type { EventDraft, Journal } from '#server/journal/journal.ts'
import { keepWatch, type Lost, learnedFrom, type Refused, type WatchEvent } from '#server/probe/keep-watch.ts'
import type { ProbeOptions, ProbeTools } from '#server/probe/probe.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'
import { type Reports, refusalOf } from '#server/reports/reports.ts'
import { Losses, lossOf } from '#server/watch/losses.ts'
import { createNotices, type Notice, type NoticeState } from '#server/watch/notices.ts'
import { optionsOf } from '#server/watch/options.ts'
import { reportsWorthKeeping } from '#server/watch/reports-kept.ts'
import type { WatchRecord, WatchStore } from '#server/watch/store.ts'
import { shorten } from '#server/wire/shorten.ts'

/** What a notice tells. */
export interface NoticeFacts {
  /** Absent on the command line. */
  readonly watch?: string
  readonly url: string
  /** Seconds since the Unix epoch. */
  readonly since: number
  readonly loss?: Partial<WatchLoss>
}

/** Posts a notice. @returns why it was not taken */
export type Post = (
  state: NoticeState,
  losses: number,
  facts: NoticeFacts,
  signal: AbortSignal,
) => Promise<Sentence | undefined>

export interface WatchServices extends Pick<ProbeTools, 'policy' | 'ask'> {
  readonly store: WatchStore
  readonly journal: Journal
  readonly reports: Pick<Reports, 'note'>
  /** Undefined where nobody is to be notified. */
  readonly post?: Post | undefined
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** What a full or damaged disk throws goes here; the watch goes on. */
  readonly kept: (write: () => void) => void
}

export interface Watch {
  readonly record: WatchRecord
  summary(): WatchSummary
  detail(): WatchDetail
  /**
   * Resolves once the first attempt may connect, and the watch goes on.
   * @param again it was running when the server ended
   * @throws ProbeRefusal where its target or an option is not allowed
   */
  start(again?: boolean): Promise<void>
  /** A person has stopped it. */
  stop(): Promise<void>
  /** The server ends: it goes on when that is started again. */
  halt(): Promise<void>
  /** Notes that it is being watched at this moment. */
  mark(): void
}

export function createWatch(record: WatchRecord, services: WatchServices): Watch {
  return new KeptWatch(record, services)
}

class KeptWatch implements Watch {
  record: WatchRecord
  readonly #services: WatchServices
  readonly #url: string
  #state: WatchSummary['state'] = 'stopped'
  #since: number
  #problem: Sentence | undefined
  #notified: { at: number; problem?: Sentence } | undefined
  readonly #losses: Losses
  /** Of the outage that is going on: its losses by their moment, and how often it was tried. */
  #outage: number[] = []
  #attempts = 0
  #control = new AbortController()
  #running: Promise<void> = Promise.resolve()
  /** What is told, in order: a verdict takes its time. */
  #telling: Promise<void> = Promise.resolve()
  readonly #isWorthKeeping = reportsWorthKeeping()

  constructor(record: WatchRecord, services: WatchServices) {
    this.record = record
    this.#services = services
    const target = understandTarget(record.order.url)
    this.#url = shorten(maskText(target.ok ? (target.asked ?? target.url) : record.order.url), 512)
    this.#since = record.seen
    this.#losses = new Losses(services.store.losses(record.id), (loss) =>
      services.kept(() => services.store.putLoss(record.id, loss)),
    )
  }

  get #now(): number {
    return this.#services.clock() / 1000
  }

  summary(): WatchSummary {
    const { id, created, order, attempts, lost, refused } = this.record
    const last = this.#losses.last()
    const host = order.notify === undefined ? undefined : URL.parse(order.notify)?.host
    return {
      id,
      url: this.#url,
      created,
      state: this.#state,
      since: this.#since,
      attempts,
      lost,
      refused,
      ...(order.heartbeat_seconds !== undefined && { heartbeat_seconds: order.heartbeat_seconds }),
      ...(last && { last }),
      ...(host !== undefined && { notify: { host, ...this.#notified } }),
      ...(this.#problem !== undefined && { problem: this.#problem }),
    }
  }

  detail(): WatchDetail {
    const learned = learnedFrom(this.#losses.lifetimes())
    return { ...this.summary(), losses: [...this.#losses.all], ...(learned !== undefined && { learned }) }
  }

  async start(again = false): Promise<void> {
    const { order, seen } = this.record
    const options = optionsOf(this.record)
    this.#change({ isRunning: true, seen: this.#now })
    await this.#running
    this.#control = new AbortController()
    this.#problem = undefined
    this.#outage = []
    this.#attempts = 0
    this.#move('connecting')
    let hasBegun = again
    const first = Promise.withResolvers<void>()
    const begun = () => {
      hasBegun = true
      first.resolve()
    }
    this.#running = this.#watch(order.url, options, begun).then(first.resolve, (error: unknown) => {
      this.#gaveUp(error)
      if (hasBegun) this.#tell({ state: 'stopped', says: this.#problem })
      first.reject(error)
    })
    const unwatchedMs = again ? Math.max(0, Math.round((this.#now - seen) * 1000)) : undefined
    await first.promise
    this.#tell({ state: 'started', ...(unwatchedMs !== undefined && { unwatched_ms: unwatchedMs }) })
  }

  async stop(): Promise<void> {
    this.#control.abort()
    await this.#running
    if (this.record.isRunning) {
      this.#move('stopped')
      this.#change({ isRunning: false, seen: this.#now })
      this.#telling = this.#telling.then(() => this.#tell({ state: 'stopped' }))
    }
    await this.#telling
  }

  async halt(): Promise<void> {
    this.mark()
    this.#control.abort()
    await this.#running
    await this.#telling
  }

  mark(): void {
    if (this.record.isRunning) this.#change({ seen: this.#now })
  }

  async #watch(url: string, options: ProbeOptions, begun: () => void): Promise<void> {
    const { policy, ask, clock, post } = this.#services
    const { signal } = this.#control
    const notices = post && createNotices<NoticeFacts>((notice) => void this.#post(post, notice))
    try {
      await keepWatch(
        { url, options, forMs: Infinity, mostLosses: Infinity, lifetimes: this.#losses.lifetimes() },
        {
          policy,
          ...(ask && { ask }),
          signal,
          clock,
          random: Math.random,
          onStage: ({ stage, state }) => {
            if (stage === 'url') {
              this.#attempts += 1
              this.#change({ attempts: this.record.attempts + 1 })
            }
            // By then the address was judged.
            if (stage === 'tcp' || (stage === 'dns' && state === 'failed')) begun()
          },
          onEvent: (event) => {
            const told = this.#took(event)
            if (told === undefined) return
            this.#telling = this.#telling.then(told).then((facts) => {
              if (facts) notices?.changed(event.kind === 'opened' ? 'up' : 'down', facts)
            })
          },
        },
      )
    } finally {
      notices?.stop()
    }
  }

  /** What changes at once; what it returns says so, and resolves with what a notice needs where the state changed. */
  #took(event: WatchEvent): (() => Promise<NoticeFacts | undefined>) | undefined {
    const before = this.#state
    if (event.kind === 'opened') {
      this.#move('up')
      const [outage, attempts] = [this.#outage, this.#attempts]
      this.#outage = []
      return async () => this.#tellUp(event.at_ms, outage, attempts)
    }
    // Of an outage, the loss and the first refusal: they may have different causes.
    const isTold = event.kind === 'lost' || this.#losses.last()?.how !== 'refused' || before !== 'down'
    if (before !== 'down') this.#attempts = 0
    this.#move('down')
    this.#change(
      event.kind === 'lost' ? { lost: this.record.lost + 1 } : { refused: this.record.refused + 1 },
    )
    if (!isTold) return undefined
    const loss = lossOf(event)
    this.#losses.add(loss)
    this.#outage.push(loss.at)
    const since = this.#since
    return async () => {
      const judged = await this.#judge(event, loss)
      const { at: _, how, ...facts } = judged
      this.#tell({ state: how, ...facts })
      return before === 'down' ? undefined : { watch: this.record.id, url: this.#url, since, loss: judged }
    }
  }

  #tellUp(atMs: number, outage: readonly number[], attempts: number): NoticeFacts {
    const downMs = (at: number) => Math.max(0, Math.round(atMs - at * 1000))
    this.#losses.change(outage, ({ at }) => ({ down_ms: downMs(at), attempts }))
    const [begun] = outage
    this.#tell({ state: 'up', ...(begun !== undefined && { down_ms: downMs(begun), attempts }) })
    const loss = this.#losses.of(begun)
    return { watch: this.record.id, url: this.#url, since: atMs / 1000, ...(loss && { loss }) }
  }

  async #judge({ evidence, peers }: Lost | Refused, loss: WatchLoss): Promise<WatchLoss> {
    try {
      const { leading, id } = await this.#services.reports.note(
        { ...evidence, peers },
        this.#isWorthKeeping(loss.at),
      )
      const { cause, certainty } = leading
      const verdict = {
        ...(cause !== undefined && { cause }),
        ...(certainty !== undefined && { certainty }),
        ...(id !== undefined && { report: id }),
      }
      // It may be over by now, which is kept too.
      this.#losses.change([loss.at], () => verdict)
      return { ...loss, ...verdict }
    } catch (error) {
      // The loss stands without its verdict; of a disk that is full the journal tells.
      if (refusalOf(error) === undefined && !isOfSqlite(error)) this.#services.journal.append(failure(error))
      return loss
    }
  }

  async #post(post: Post, { state, losses, facts }: Notice<NoticeFacts>): Promise<void> {
    const problem = await post(state, losses, facts, this.#control.signal)
    this.#notified = { at: this.#now, ...(problem !== undefined && { problem }) }
    if (problem === undefined || this.#control.signal.aborted) return
    this.#services.journal.append({ kind: 'error', code: 'watch-notification-failed', message: problem })
  }

  #gaveUp(error: unknown): void {
    if (!(error instanceof ProbeRefusal)) this.#services.journal.append(failure(error))
    this.#problem = error instanceof ProbeRefusal ? error.message : sentenceOf(String(error))
    this.#move('stopped')
    this.#change({ isRunning: false, seen: this.#now })
  }

  #move(state: WatchSummary['state']): void {
    if (this.#state === state) return
    this.#state = state
    this.#since = this.#now
  }

  #change(change: Partial<WatchRecord>): void {
    this.record = { ...this.record, ...change }
    this.#services.kept(() => this.#services.store.put(this.record))
  }

  #tell(event: Omit<Extract<EventDraft, { kind: 'watch' }>, 'kind' | 'watch' | 'url'>): void {
    this.#services.journal.append({ kind: 'watch', watch: this.record.id, url: this.#url, ...event })
  }
}

const failure = (error: unknown): EventDraft => ({
  kind: 'error',
  code: 'watch-failed',
  message: String(error instanceof Error ? (error.stack ?? error.message) : error).slice(0, 2000),
})
