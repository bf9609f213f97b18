/**
 * Stage DNS: every address of a name, both families, asked once a run. What was resolved is what is used, at
 * retries too, so that a name can't answer with a public address first and a private one later.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import {
  type AddressPolicy,
  judgeAddress,
  reachOf,
  refusedAddress,
  refusedRedirect,
} from '#server/probe/transport/address-guard.ts'
import { type ProbeClock, pause } from '#server/probe/transport/clock.ts'
import { errorCode } from '#server/wire/error-code.ts'

export type HostAddress = {
  address: string
  family: 4 | 6
}

export type Resolution = { outcome: 'ok'; addresses: HostAddress[] } | { outcome: 'error'; code: string }

export type Resolver = (hostname: string, clock: ProbeClock, signal: AbortSignal) => Promise<Resolution>

export type AskNames = (hostname: string) => Promise<HostAddress[]>

export interface ResolverOptions {
  policy: AddressPolicy
  /** Only addresses of one family. */
  family?: 4 | 6
  /** The system's resolver; a test passes its own. */
  ask?: AskNames
}

const askSystem: AskNames = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }))

/** `app.localhost` and the like, at any depth: browsers never ask a resolver for them (RFC 6761 §6.3). */
const isLocalhost = (name: string): boolean => /\.localhost\.?$/i.test(name)

/** As browsers try them. */
const LOOPBACK: readonly HostAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/**
 * A resolver that remembers its answers for one run.
 * The returned function throws ProbeRefusal when every address of a name is out of bounds.
 */
export function createResolver({ policy, family, ask = askSystem }: ResolverOptions): Resolver {
  const answers = new Map<string, Promise<Resolution>>()

  const resolve = async (hostname: string, clock: ProbeClock, signal: AbortSignal): Promise<Resolution> => {
    const bare = hostname.replace(/^\[|\]$/g, '')
    const literal = isIP(bare)
    const found = await within(clock, signal, async () => {
      if (literal) return [{ address: bare, family: literal === 6 ? 6 : 4 } as const]
      return isLocalhost(bare) ? LOOPBACK : await ask(bare)
    })
    if (typeof found === 'string') return { outcome: 'error', code: found }
    const verdicts = found.map((host) => ({ host, verdict: judgeAddress(host.address, policy, bare) }))
    const permitted = verdicts.flatMap(({ host, verdict }) => (verdict.allowed ? [host] : []))
    for (const { verdict } of verdicts) {
      if (permitted.length === 0 && !verdict.allowed) throw refusedAddress(bare, verdict)
    }
    const addresses = family ? permitted.filter((host) => host.family === family) : permitted
    // ENODATA is how Node names a name that exists without an address of the wanted family.
    return addresses.length > 0 ? { outcome: 'ok', addresses } : { outcome: 'error', code: 'ENODATA' }
  }

  return (hostname, clock, signal) => {
    const known = answers.get(hostname) ?? resolve(hostname, clock, signal)
    answers.set(hostname, known)
    return known
  }
}

/**
 * For where a redirect leads. The server that sends it is a stranger, and must not have requests of its choice made
 * to addresses that it cannot reach itself.
 * @param sender the address that it came from
 */
export function noLessPublic(resolve: Resolver, sender: string): Resolver {
  return async (hostname, clock, signal) => {
    const found = await resolve(hostname, clock, signal)
    if (found.outcome === 'error') return found
    const addresses = found.addresses.filter(({ address }) => reachOf(address) >= reachOf(sender))
    const [refused] = found.addresses
    if (addresses.length === 0 && refused) throw refusedRedirect(hostname, refused.address)
    return { outcome: 'ok', addresses }
  }
}

async function within(
  clock: ProbeClock,
  signal: AbortSignal,
  ask: () => Promise<readonly HostAddress[]>,
): Promise<readonly HostAddress[] | string> {
  const patience = new AbortController()
  const tooLate = pause(clock.stageMs(), AbortSignal.any([signal, patience.signal])).then((passed) =>
    passed ? 'ETIMEOUT' : 'ECANCELLED',
  )
  const asked = ask().catch(failureCode)
  const first = await Promise.race([asked, tooLate])
  patience.abort()
  return first
}

/** Evidence names a failure by its code; where Node has none, by the error's class. */
export function failureCode(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.name : 'UNKNOWN')
}
