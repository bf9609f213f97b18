/** What Envoy's response flags say of a handshake that it passed on (envoyproxy.io, "Access logging", %RESPONSE_FLAGS%). */
import type { ProxyView } from '#lib/facts/proxy.ts'

export type EnvoyFlag = {
  flag: string
  /** Envoy had a connection to the backend, and the backend ended it, reset the request, or broke the protocol. */
  how: 'ended' | 'reset' | 'protocol'
  from: string
}

const HOW: Readonly<Record<string, EnvoyFlag['how']>> = { UC: 'ended', UR: 'reset', UPE: 'protocol' }

/** Undefined where no line of this handshake has such a flag. A tunnel that opened ends with flags as well. */
export function envoyFlagOf({ access }: ProxyView): EnvoyFlag | undefined {
  for (const { record, from } of access) {
    if (record.status === undefined || record.status < 400) continue
    for (const flag of record.responseFlags?.split(',') ?? []) {
      const how = HOW[flag]
      if (how !== undefined) return { flag, how, from }
    }
  }
  return undefined
}
