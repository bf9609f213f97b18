/** How a watch opens its connection: what a person ordered, as the probe takes it. */

import { parseHeader } from '#server/probe/handshake/handshake-request.ts'
import type { ProbeOptions } from '#server/probe/probe.ts'
import type { WatchRecord } from '#server/watch/store.ts'

/** @throws ProbeRefusal for a header that cannot be sent */
export function optionsOf({ order }: WatchRecord): ProbeOptions {
  const { origin, subprotocols, headers, send, quiet, family, ca, insecure, heartbeat_seconds } = order
  return {
    ...(origin !== undefined && { origin }),
    ...(subprotocols && { subprotocols }),
    headers: (headers ?? []).map(parseHeader),
    ...(send !== undefined && { send }),
    ...(quiet === true && { quiet }),
    ...(family && { family }),
    ...(ca !== undefined && { ca }),
    insecure: insecure === true,
    ...(heartbeat_seconds !== undefined && { heartbeatSeconds: heartbeat_seconds }),
  }
}
