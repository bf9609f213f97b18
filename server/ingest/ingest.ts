/**
 * Events of other servers into the journal: each judged alone, taken once, in slices that leave the loop to everybody else.
 * What counts as taken is where the journal keeps it before the sender hears so.
 */
import type { IngestAnswer, RefusedLine } from '#lib/api/ingest.ts'
import { createBuckets, type Rate } from '#server/access/buckets.ts'
import { judgeLine } from '#server/ingest/judge-line.ts'
import { isBlank } from '#server/ingest/read-lines.ts'
import type { Journal } from '#server/journal/journal.ts'
import { createSeen } from '#server/journal/seen.ts'

export interface IngestRates {
  /** Events of one instance at one address. */
  readonly instance: Rate
  /** Of one address, whatever its senders call themselves. */
  readonly address: Rate
}

const RATES: IngestRates = {
  instance: { perSecond: 10_000, burst: 50_000 },
  address: { perSecond: 40_000, burst: 200_000 },
}

export type Taking =
  | { readonly is: 'done'; readonly answer: IngestAnswer }
  /** Nothing was taken. */
  | { readonly is: 'too-fast'; readonly waitMs: number }
  /** It is in memory, and the journal can't write it down now. */
  | { readonly is: 'unwritable' }

export interface Ingest {
  /** @param address what limits count by */
  take(lines: readonly string[], address: string): Promise<Taking>
  /** Some server has told something within the last hour. */
  isHeardOf(): boolean
}

/** The event loop is given back after so long. */
const SLICE_MS = 8
const MOST_REASONS = 20
const HOUR_MS = 3_600_000
/** What a restart of this server may have made its senders repeat. */
const REMEMBERED = 5000

export interface IngestOptions {
  readonly rates?: IngestRates | undefined
  /** For how long the journal keeps an event: one that is older would be gone at once. */
  readonly keepMs?: number | undefined
}

export function createIngest(journal: Journal, { rates = RATES, keepMs }: IngestOptions = {}): Ingest {
  const ofInstance = createBuckets(rates.instance)
  const ofAddress = createBuckets(rates.address)
  const seen = createSeen()
  let remembering: Promise<void> | undefined
  let takenAtMs = Number.NEGATIVE_INFINITY

  // What another instance took, a sender may repeat here.
  journal.subscribe((records) => {
    for (const { event } of records) {
      if (typeof event.source_id === 'string') seen.isNew(event.instance, event.source_id)
    }
  })

  const remember = async () => {
    const { records } = await journal.read({ limit: REMEMBERED, fromEnd: true })
    for (const { event } of records) {
      if (typeof event.source_id === 'string') seen.isNew(event.instance, event.source_id)
    }
  }

  const tooFast = (lines: readonly string[], address: string): number => {
    const count = Math.max(1, lines.length)
    const sender = `${address} ${instanceIn(lines)}`
    const wait = ofInstance.waitFor(sender, count) || ofAddress.waitFor(address, count)
    if (wait > 0) return wait
    ofInstance.take(sender, count)
    ofAddress.take(address, count)
    return 0
  }

  return {
    isHeardOf: () => Date.now() - takenAtMs < HOUR_MS,
    take: async (lines, address) => {
      const waitMs = tooFast(lines, address)
      if (waitMs > 0) return { is: 'too-fast', waitMs }
      takenAtMs = Date.now()
      remembering ??= remember()
      await remembering
      await journal.caughtUp()
      const reasons: RefusedLine[] = []
      const answer = { taken: 0, repeated: 0, refused: 0, reasons }
      let since = performance.now()
      for (const [at, line] of lines.entries()) {
        if (isBlank(line)) continue
        const now = Date.now() / 1000
        const oldest = keepMs === undefined ? undefined : now - keepMs / 1000
        const judged = judgeLine(line, { now, oldest })
        if (!judged.ok) {
          answer.refused += 1
          if (reasons.length < MOST_REASONS) reasons.push({ line: at + 1, ...judged.refused })
        } else if (seen.isNew(judged.event.instance, judged.event.id)) {
          journal.adopt(judged.event)
          answer.taken += 1
        } else answer.repeated += 1
        if (performance.now() - since < SLICE_MS) continue
        await new Promise(setImmediate)
        since = performance.now()
      }
      return (await journal.settled()) ? { is: 'done', answer } : { is: 'unwritable' }
    },
  }
}

/** By the first line; a batch is of one sender. */
function instanceIn([first = '']: readonly string[]): string {
  return /"instance"\s*:\s*"([^"]{1,200})"/.exec(first.slice(0, 4000))?.[1] ?? ''
}
