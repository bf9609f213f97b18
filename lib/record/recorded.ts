/** What became of a socket that a recorder on somebody's page watched. */
import type { BrowserEvent, Evidence } from '#lib/evidence/schema.ts'
import type { EventOf } from '#lib/protocol/events.ts'

type Life = Pick<
  EventOf<'recorded'>,
  'phase' | 'duration_ms' | 'close_code' | 'reason' | 'messages_in' | 'messages_out'
>

export function lifeOf({ browser }: Evidence): Life {
  const events = browser?.events ?? []
  const first = (type: string) => events.find((event) => event.type === type)
  const open = first('open')
  const close = first('close')
  return {
    phase: phaseOf(events, open, close),
    ...(open?.ms !== undefined &&
      close?.ms !== undefined && { duration_ms: Math.max(0, close.ms - open.ms) }),
    ...(close?.code !== undefined && { close_code: close.code }),
    ...(close?.reason && { reason: close.reason }),
    messages_in: countOf(events, 'message', 'messages'),
    messages_out: countOf(events, 'sent', 'sent'),
  }
}

function phaseOf(
  events: readonly BrowserEvent[],
  open: BrowserEvent | undefined,
  close: BrowserEvent | undefined,
): Life['phase'] {
  const has = (wanted: string) => events.some(({ type }) => type === wanted)
  if (open) return close ? 'closed' : has('page_left') ? 'left' : 'open'
  if (close || has('error')) return 'failed'
  return has('exception') ? 'refused' : has('page_left') ? 'left' : 'connecting'
}

/** Those that the ring has lost are counted in an event of their own. */
function countOf(events: readonly BrowserEvent[], type: string, lost: 'messages' | 'sent'): number {
  const leftOut = events.find((event) => event.type === 'left_out')?.[lost]
  return events.filter((event) => event.type === type).length + (leftOut ?? 0)
}
