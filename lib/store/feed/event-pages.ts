/** `GET /api/events`, page after page. */
import { type DiagnosticEvent, eventsPage, eventsPageLimit } from '#lib/protocol/events.ts'
import type { Ports } from '#lib/store/kit/ports.ts'

interface EventRange {
  readonly after?: string | null
  readonly before?: string | null
  readonly trace?: string
}

type FetchedEvents =
  /** `next` is the cursor behind the last page when the limit stopped the reading. */
  | { readonly ok: true; readonly events: readonly DiagnosticEvent[]; readonly next: string | null }
  | { readonly ok: false; readonly says: string }

/** Oldest first, at most about `limit`. Never rejects. */
export async function fetchEvents(
  ports: Pick<Ports, 'getJson' | 'page'>,
  { after = null, before = null, trace }: EventRange,
  limit: number,
): Promise<FetchedEvents> {
  const events: DiagnosticEvent[] = []
  let next = after
  try {
    do {
      const query = new URLSearchParams({ limit: String(Math.min(eventsPageLimit.greatest, limit)) })
      if (next !== null) query.set('after', next)
      if (before !== null) query.set('before', before)
      if (trace !== undefined) query.set('trace', trace)
      const { status, body } = await ports.getJson(`${ports.page.origin}/api/events?${query}`)
      if (status !== 200) return { ok: false, says: `The server answered ${status}.` }
      const page = eventsPage.safeParse(body)
      if (!page.success) return { ok: false, says: 'Unexpected response while loading events.' }
      events.push(...page.data.events)
      next = page.data.events.length === 0 ? null : page.data.next
    } while (next !== null && events.length < limit)
  } catch {
    return { ok: false, says: 'The server did not answer.' }
  }
  return { ok: true, events, next }
}
