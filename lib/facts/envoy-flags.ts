/** What Envoy's response flags say of a handshake that it passed on, or of a tunnel (envoyproxy.io, "Access logging", %RESPONSE_FLAGS%). */
import type { ProxyView } from '#lib/facts/proxy.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { sentence } from '#lib/text/foreign.ts'
import type { Meaning } from '#lib/words/meaning.ts'

export type EnvoyFlag = {
  flag: string
  /** Envoy had a connection to the backend, which ended it, reset the request, broke the protocol, or failed in TLS. */
  how: 'ended' | 'reset' | 'protocol' | 'tls'
  from: string
}

const HOW: Readonly<Record<string, EnvoyFlag['how']>> = { UC: 'ended', UR: 'reset', UPE: 'protocol' }

/** Undefined where no line of this handshake has such a flag. A tunnel that opened ends with flags as well. */
export function envoyFlagOf(proxy: ProxyView): EnvoyFlag | undefined {
  for (const { flag, from, isTunnel, detail } of flagsOf(proxy)) {
    const how = flag === 'UF' && detail?.includes('TLS_error') ? 'tls' : HOW[flag]
    if (how !== undefined && !isTunnel) return { flag, how, from }
  }
  return undefined
}

type Flag = { flag: string; from: string; isTunnel: boolean; detail: string | undefined }

function flagsOf({ access }: ProxyView): Flag[] {
  return access.flatMap(({ record: { status, responseFlags, detail }, from }) => {
    const isTunnel = status === 101
    if (responseFlags === undefined || status === undefined || (!isTunnel && status < 400)) return []
    return responseFlags.split(',').map((flag) => ({ flag, from, isTunnel, detail }))
  })
}

type Saying = { means: Meaning; says: string; unsure?: true }

/** Of a handshake that was refused. UF is also said where TLS to the backend failed. */
const REFUSED: Readonly<Record<string, Saying>> = {
  UH: { means: 'no-backend', says: 'no host of the cluster is healthy' },
  NC: { means: 'no-backend', says: 'the cluster of the route is not there' },
  UF: { means: 'backend-refused', says: 'the connection to the backend failed', unsure: true },
  URX: { means: 'backend-refused', says: 'the attempts that are allowed are used up', unsure: true },
  UO: { means: 'too-many-connections', says: 'a circuit breaker of the cluster is open', unsure: true },
  UT: { means: 'backend-timeout', says: 'the backend did not answer in time' },
  NR: { means: 'no-route', says: 'no route has this host and path' },
  UAEX: { means: 'forbidden', says: 'the external authorization denied it', unsure: true },
  DPE: {
    means: 'handshake-header',
    says: 'the client’s request is no HTTP that Envoy can read',
    unsure: true,
  },
  IH: {
    means: 'handshake-header',
    says: 'a header of the request has a value that is not allowed',
    unsure: true,
  },
  DF: { means: 'backend-unresolved', says: 'the backend’s name has no address' },
  LH: { means: 'no-backend', says: 'the service fails its own health check' },
  OM: { means: 'too-many-connections', says: 'the overload manager refuses requests', unsure: true },
  DO: { means: 'too-many-connections', says: 'the load is dropped on purpose (drop_overload)', unsure: true },
  RLSE: { means: 'rate-limited', says: 'the rate limit service failed', unsure: true },
  RL: { means: 'rate-limited', says: 'a rate limit was reached' },
}

/** Of a tunnel, which Envoy itself ended. */
const ENDED: Readonly<Record<string, Saying>> = {
  SI: { means: 'idle-timeout', says: 'nothing was sent for stream_idle_timeout' },
  DT: { means: 'lifetime', says: 'the connection reached the age that Envoy allows' },
  UMSDR: { means: 'lifetime', says: 'the stream reached max_stream_duration' },
}

/** What UF stands for where the details name it. */
const TLS_FAILED: Saying = { means: 'backend-bad-answer', says: 'TLS with the backend failed' }

const MOST_TOLD = 20

export function toldByFlags(proxy: ProxyView): Told[] {
  const tunnels = tunnelsIn(proxy)
  return flagsOf(proxy)
    .flatMap(({ flag, from, isTunnel, detail: reason }): Told[] => {
      const isTls = !isTunnel && flag === 'UF' && reason?.includes('TLS_error')
      // That the attempts are used up says no more than the reason of each.
      if (flag === 'URX' && reason?.includes('TLS_error')) return []
      const saying = isTls ? TLS_FAILED : (isTunnel ? ENDED : REFUSED)[flag]
      if (saying === undefined) return []
      const { means, says } = saying
      // Of tunnels that ended in several ways nobody knows which one is in question.
      const unsure = saying.unsure || (isTunnel && tunnels.some((flags) => flags !== flag))
      const detail = sentence`Envoy’s flag ${flag} says that ${says}`
      return [{ means, ...(unsure && { unsure: true }), side: 'proxy', program: 'envoy', from, detail }]
    })
    .slice(0, MOST_TOLD)
}

/** The flags of every tunnel, as they are written. */
const tunnelsIn = ({ access }: ProxyView): (string | undefined)[] =>
  access.filter(({ record }) => record.status === 101).map(({ record }) => record.responseFlags)

/** The flag of tunnels that Envoy or their backend ended, where half of them did so: a client that leaves is no fault. */
export function endOfTunnel(proxy: ProxyView): { flag: string; from: string } | undefined {
  const cut = flagsOf(proxy).filter(
    ({ flag, isTunnel }) => isTunnel && (ENDED[flag] !== undefined || HOW[flag] !== undefined),
  )
  return cut.length * 2 >= tunnelsIn(proxy).length ? cut[0] : undefined
}
