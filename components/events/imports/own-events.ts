/** Events of this server as lines, for whoever reads logs. Asked for by the worker, away from the page. */
import { type EventRange, fetchEventsPage } from '#components/api/events.ts'
import { endKinds } from '#lib/protocol/ends.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { TimeSpan } from './matching.ts'

/** So many of the newest ends are judged; more say the same, and take longer. */
export const MOST_JUDGED = 5000
const PAGE = 1000

async function newest(range: EventRange, most: number, signal?: AbortSignal): Promise<DiagnosticEvent[]> {
  const events: DiagnosticEvent[] = []
  let before: string | undefined
  while (events.length < most) {
    const page = await fetchEventsPage(
      range,
      {
        limit: Math.min(PAGE, most - events.length),
        fromNewest: true,
        ...(before !== undefined && { before }),
      },
      signal,
    )
    events.unshift(...page.events)
    if (page.previous === null || page.previous === undefined) break
    before = page.previous
  }
  return events
}

/** The ends that match, what went before an end that a missing pong caused, and the starts and stops of that time. */
export async function eventsToJudge(
  filter: EventFilter,
  span: TimeSpan,
  signal?: AbortSignal,
): Promise<string[]> {
  const ends = await newest({ filter, ...span }, MOST_JUDGED, signal)
  const first = ends[0]
  if (first === undefined) return []
  const since = { sinceMs: first.at * 1000 - 1000, untilMs: span.untilMs }
  const [pongs, lives] = await Promise.all([
    newest({ filter: { kinds: ['pong_timeout'] }, ...since }, PAGE, signal),
    newest({ filter: { kinds: ['server'] }, ...since }, PAGE, signal),
  ])
  const clients = new Set(ends.map(({ client_id }) => client_id))
  return linesOf([...pongs.filter(({ client_id }) => clients.has(client_id)), ...ends, ...lives])
}

const MOST_BESIDE = 20_000

/** What this server knows of the time that imported logs speak of. */
export async function eventsBeside(span: TimeSpan, signal?: AbortSignal): Promise<string[]> {
  const kinds = ['attempt', 'pong_timeout', ...endKinds] as const
  return linesOf(await newest({ filter: { kinds }, ...span }, MOST_BESIDE, signal))
}

/** In the order in which they were written. */
const linesOf = (events: readonly DiagnosticEvent[]): string[] =>
  events.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map((event) => JSON.stringify(event))
