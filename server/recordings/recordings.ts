/** What recorders on people's own pages told: the newest sockets in memory, and an event each time that one says more. */
import type { RecordedEvidence, RecordingsOrder } from '#lib/api/recordings.ts'
import { maskEvidence } from '#lib/evidence/mask.ts'
import type { EventOf } from '#lib/protocol/events.ts'
import { lifeOf } from '#lib/record/recorded.ts'
import type { Journal } from '#server/journal/journal.ts'
import { shorten } from '#server/wire/shorten.ts'

export interface Recordings {
  /** @param origin of the page, as its browser says; undefined for a client that is no browser */
  take(order: RecordingsOrder, origin: string | undefined): void
  evidence(id: string): RecordedEvidence | undefined
  /** The newest event of each; who said something last comes first. */
  list(): EventOf<'recorded'>[]
}

/** Sockets kept. With its bounds one is 100 KiB at most, and 3 KiB as the recorder sends it. */
const MOST_KEPT = 200

interface Kept {
  readonly origin: string
  readonly evidence: RecordedEvidence
  readonly event: EventOf<'recorded'>
}

export function createRecordings(journal: Journal): Recordings {
  /** By the recorder's name for it, in the order in which they said something. */
  const kept = new Map<string, Kept>()

  const takeOne = (
    { id, started, evidence: given }: RecordingsOrder['recordings'][number],
    sender?: string,
  ) => {
    const origin = sender ?? given.target.page_origin ?? 'none'
    const before = kept.get(id)
    // A name is random; who uses another page's wants to change what that page said.
    if (before !== undefined && before.origin !== origin) return
    const masked = maskEvidence({ ...given, target: { ...given.target, page_origin: origin } })
    const evidence = masked as RecordedEvidence
    const { event } = journal.append({
      kind: 'recorded',
      recording: id,
      origin: shorten(origin),
      url: shorten(evidence.target.url, 512),
      started,
      ...lifeOf(masked),
    })
    kept.delete(id)
    kept.set(id, { origin, evidence, event: event as EventOf<'recorded'> })
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  }

  return {
    take({ recordings }, origin) {
      for (const recording of recordings) takeOne(recording, origin)
    },
    evidence: (id) => kept.get(id)?.evidence,
    list: () => Array.from(kept.values(), ({ event }) => event).reverse(),
  }
}
