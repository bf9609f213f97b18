import { liveActions } from '#components/core/live-core.ts'
import { speaking } from '#components/core/protocols.ts'
import { type Extras, through } from '#components/core/through.ts'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { extrasOf } from './draft.ts'

/** For everything that opens one: the form, and a saved set. */
export function openThrough(
  url: string,
  subprotocols: readonly string[],
  extras: Extras,
  autoReconnect = false,
): ConnectionId {
  const id = liveActions.open({
    url,
    subprotocols,
    autoReconnect,
    through: through(extras),
    speak: speaking(),
  })
  extrasOf.set(id, extras)
  return id
}
