/**
 * Stage TCP: the addresses raced as browsers race them (RFC 8305): families interleaved, the next one started
 * when the last has failed or has been silent for 250 ms, the first to connect wins. Each one's fate is kept.
 */
import { createConnection, type Socket } from 'node:net'
import { tcpOutcomeOf } from '#lib/evidence/probe-outcome.ts'
import type { ProbeClock } from '#server/probe/transport/clock.ts'
import { failureCode, type HostAddress } from '#server/probe/transport/dns.ts'

/** RFC 8305 §5 recommends 250 ms between attempts, as Chromium and Firefox do. */
const HEAD_START_MS = 250
/** More addresses than this are not tried: the run is bounded, and a name with more says nothing new. */
const MOST_ADDRESSES = 8

export type TcpAttempt = HostAddress & {
  outcome: 'connected' | 'refused' | 'unreachable' | 'timeout' | 'error' | 'not-needed'
  code?: string
  ms: number
}

export type TcpResult = { attempts: TcpAttempt[]; ms: number } & (
  | { outcome: 'connected'; socket: Socket; address: string; family: 4 | 6 }
  | { outcome: 'refused' | 'unreachable' | 'error'; code: string }
  | { outcome: 'timeout' }
)

/** First of one family, then of the other, in turns; the resolver's order within each. */
export function interleaved(addresses: readonly HostAddress[]): HostAddress[] {
  const [first] = addresses
  const same = addresses.filter((host) => host.family === first?.family)
  const other = addresses.filter((host) => host.family !== first?.family)
  return same.flatMap((host, at) => (other[at] ? [host, other[at]] : [host])).concat(other.slice(same.length))
}

/** The failure that says most about the server, when every address failed. */
const BY_WEIGHT = ['refused', 'timeout', 'error', 'unreachable'] as const

export function connectTcp(
  hosts: readonly HostAddress[],
  port: number,
  clock: ProbeClock,
  signal: AbortSignal,
): Promise<TcpResult> {
  const queue = interleaved(hosts).slice(0, MOST_ADDRESSES)
  const attempts: TcpAttempt[] = []
  const racing = new Map<Socket, HostAddress>()
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined

    const settle = (result: TcpResult) => {
      clearTimeout(timer)
      clearTimeout(patience)
      signal.removeEventListener('abort', giveUp)
      for (const [socket, host] of racing) {
        attempts.push({
          ...host,
          outcome: result.outcome === 'connected' ? 'not-needed' : 'timeout',
          ms: clock.ms(),
        })
        socket.destroy()
      }
      racing.clear()
      resolve(result)
    }
    const failed = (): TcpResult => {
      const said = BY_WEIGHT.flatMap((outcome) =>
        attempts.filter((attempt) => attempt.outcome === outcome),
      )[0]
      const outcome = said?.outcome
      return outcome === 'refused' || outcome === 'unreachable' || outcome === 'error'
        ? { outcome, code: said?.code ?? 'UNKNOWN', attempts, ms: clock.ms() }
        : { outcome: 'timeout', attempts, ms: clock.ms() }
    }
    const giveUp = () => settle({ outcome: 'timeout', attempts, ms: clock.ms() })
    const next = () => {
      clearTimeout(timer)
      const host = queue.shift()
      if (!host) return racing.size === 0 ? settle(failed()) : undefined
      start(host)
      if (queue.length > 0) timer = setTimeout(next, HEAD_START_MS)
    }
    const start = (host: HostAddress) => {
      const socket = createConnection({ host: host.address, port, family: host.family, allowHalfOpen: true })
      socket.setNoDelay(true)
      racing.set(socket, host)
      socket.once('connect', () => {
        racing.delete(socket)
        socket.removeAllListeners('error')
        socket.on('error', () => {})
        socket.pause()
        attempts.push({ ...host, outcome: 'connected', ms: clock.ms() })
        settle({ outcome: 'connected', socket, ...host, attempts, ms: clock.ms() })
      })
      socket.on('error', (error) => {
        if (!racing.delete(socket)) return
        const code = failureCode(error)
        attempts.push({ ...host, outcome: tcpOutcomeOf(code), code, ms: clock.ms() })
        next()
      })
    }

    const patience = setTimeout(giveUp, clock.stageMs())
    signal.addEventListener('abort', giveUp)
    if (signal.aborted) giveUp()
    else next()
  })
}
