/** How far the server's events have been read, and whether the server they came from is still there. */
import type { DiagnosticsMessage } from '#lib/protocol/events.ts'
import type { GapEntry } from '#lib/store/feed/feed-state.ts'
import type { Ports } from '#lib/store/kit/ports.ts'

type MessageOf<T extends DiagnosticsMessage['type']> = Extract<DiagnosticsMessage, { type: T }>

/** Events that will not come by themselves. */
export type Missing = Pick<GapEntry, 'after' | 'before' | 'cause'>

export interface Bookmark {
  /** Behind which event to go on reading, null for the most recent ones. */
  cursor(): string | null
  passed(eventId: string): void
  /** Every connection begins with a hello. Returns what is missing because the server did not know our cursor. */
  greeted(hello: MessageOf<'hello'>): Missing | null
  /** What the server says is missing, with its cause. */
  missing(gap: MessageOf<'gap'>): Missing
  /**
   * No connection came about. A handshake that fails shows no status; asked by plain HTTP, a server that does not
   * know the cursor's form says 400, and then it is given up.
   */
  doubt(): Promise<void>
}

export function createBookmark(ports: Pick<Ports, 'getJson' | 'page'>): Bookmark {
  let cursor: string | null = null
  let refusedCursor: string | null = null
  let instance: string | null = null
  let isNewInstance = false

  return {
    cursor: () => cursor,
    passed(eventId) {
      cursor = eventId
      isNewInstance = false
    },
    greeted(hello) {
      isNewInstance = instance !== null && instance !== hello.instance
      instance = hello.instance
      cursor ??= hello.latest
      if (refusedCursor === null) return null
      const after = refusedCursor
      refusedCursor = null
      return { after, before: hello.latest, cause: 'other-instance' }
    },
    missing: ({ after, before }) => ({
      after,
      before,
      cause: isNewInstance ? 'other-instance' : 'slow-reader',
    }),
    async doubt() {
      const asked = cursor
      if (asked === null || !(await isRefused(ports, asked)) || cursor !== asked) return
      refusedCursor = asked
      cursor = null
    },
  }
}

/** Whether the server takes this cursor for malformed. False when it did not answer. */
async function isRefused(
  { getJson, page }: Pick<Ports, 'getJson' | 'page'>,
  after: string,
): Promise<boolean> {
  const query = new URLSearchParams({ after, limit: '1' })
  try {
    return (await getJson(`${page.origin}/api/events?${query}`)).status === 400
  } catch {
    return false
  }
}
