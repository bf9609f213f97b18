/** Every fault's behaviour; the compiler says which is missing. */
import type { FaultCall } from '#lib/lab/address.ts'
import type { FaultId } from '#lib/lab/faults.ts'
import type { Behaviour, BehaviourOf, Line } from '#server/lab/behaviour.ts'
import { badAccept } from '#server/lab/faults/bad-accept.ts'
import { badGateway } from '#server/lab/faults/bad-gateway.ts'
import { badUtf8 } from '#server/lab/faults/bad-utf8.ts'
import { bandwidth } from '#server/lab/faults/bandwidth.ts'
import { close } from '#server/lab/faults/close.ts'
import { crash } from '#server/lab/faults/crash.ts'
import { delayedDelivery } from '#server/lab/faults/delayed-delivery.ts'
import { dropPongs } from '#server/lab/faults/drop-pongs.ts'
import { firstMessage } from '#server/lab/faults/first-message.ts'
import { foreignHost } from '#server/lab/faults/foreign-host.ts'
import { gatewayTimeout } from '#server/lab/faults/gateway-timeout.ts'
import { halfOpen } from '#server/lab/faults/half-open.ts'
import { handshakeClosed } from '#server/lab/faults/handshake-closed.ts'
import { http10Upstream } from '#server/lab/faults/http10-upstream.ts'
import { idleTimeout } from '#server/lab/faults/idle-timeout.ts'
import { latency } from '#server/lab/faults/latency.ts'
import { maskedFrame } from '#server/lab/faults/masked-frame.ts'
import { maxLifetime } from '#server/lab/faults/max-lifetime.ts'
import { noSubprotocol } from '#server/lab/faults/no-subprotocol.ts'
import { originRejected } from '#server/lab/faults/origin-rejected.ts'
import { oversize } from '#server/lab/faults/oversize.ts'
import { passThrough } from '#server/lab/faults/pass-through.ts'
import { rateLimited } from '#server/lab/faults/rate-limited.ts'
import { redirect } from '#server/lab/faults/redirect.ts'
import { reload } from '#server/lab/faults/reload.ts'
import { reservedBits } from '#server/lab/faults/reserved-bits.ts'
import { reset } from '#server/lab/faults/reset.ts'
import { serializationMismatch } from '#server/lab/faults/serialization-mismatch.ts'
import { slowHandshake } from '#server/lab/faults/slow-handshake.ts'
import { spaFallback } from '#server/lab/faults/spa-fallback.ts'
import { stall } from '#server/lab/faults/stall.ts'
import { stripUpgradeHeaders } from '#server/lab/faults/strip-upgrade-headers.ts'
import { truncatedFrame } from '#server/lab/faults/truncated-frame.ts'
import { unauthorized } from '#server/lab/faults/unauthorized.ts'

export const behaviours: { readonly [Id in FaultId]: BehaviourOf<Id> } = {
  'bad-accept': badAccept,
  'bad-gateway': badGateway,
  'bad-utf8': badUtf8,
  bandwidth,
  close,
  crash,
  'delayed-delivery': delayedDelivery,
  'drop-pongs': dropPongs,
  'first-message': firstMessage,
  'foreign-host': foreignHost,
  'gateway-timeout': gatewayTimeout,
  'half-open': halfOpen,
  'handshake-closed': handshakeClosed,
  'http10-upstream': http10Upstream,
  'idle-timeout': idleTimeout,
  latency,
  'masked-frame': maskedFrame,
  'max-lifetime': maxLifetime,
  'no-subprotocol': noSubprotocol,
  'origin-rejected': originRejected,
  oversize,
  'pass-through': passThrough,
  'rate-limited': rateLimited,
  redirect,
  reload,
  'reserved-bits': reservedBits,
  reset,
  'serialization-mismatch': serializationMismatch,
  'slow-handshake': slowHandshake,
  'spa-fallback': spaFallback,
  stall,
  'strip-upgrade-headers': stripUpgradeHeaders,
  'truncated-frame': truncatedFrame,
  unauthorized,
}

/** Starts the fault that was asked for on one line. */
export function behave(line: Line, call: FaultCall): Behaviour {
  return start(line, call)
}

// Generic over the id, so that the compiler sees that behaviour and knobs belong together.
function start<Id extends FaultId>(line: Line, { fault, knobs }: FaultCall<Id>): Behaviour {
  return behaviours[fault](line, knobs)
}
