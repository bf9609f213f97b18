/** Who asks, by address: the peer, or whom a trusted proxy says that it asks for. */
import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/** Addresses and networks whose `X-Forwarded-For` counts. */
export type Networks = readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]

type Asking = { readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'> } & Pick<
  IncomingMessage,
  'headers'
>

/** No proxy chain is longer, and the header comes from anybody. */
const MOST_HOPS = 32

/**
 * The nearest address that no trusted proxy has. A proxy appends the address of its peer to `X-Forwarded-For`, so the
 * list is believed from its end, as far as proxies are trusted: what a client wrote there itself comes before.
 */
export function clientAddressOf({ socket, headers }: Asking, trusted: Networks): string {
  let address = socket.remoteAddress ?? 'unknown'
  const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').slice(-MOST_HOPS)
  while (isTrusted(address, trusted)) {
    const next = hops.pop()?.trim() ?? ''
    if (!ipaddr.isValid(next)) break
    address = next
  }
  return address
}

export function isTrusted(literal = '', trusted: Networks): boolean {
  if (trusted.length === 0 || !ipaddr.isValid(literal)) return false
  const address = ipaddr.process(literal)
  return trusted.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
}

/** What limits count by: an address, or the /64 that one subscriber of IPv6 has (RFC 6177). */
export function limitKeyOf(literal: string): string {
  if (!ipaddr.isValid(literal)) return 'unknown'
  const address = ipaddr.process(literal)
  if (address.kind() === 'ipv4') return address.toString()
  return `${Buffer.from(address.toByteArray().slice(0, 8)).toString('hex')}/64`
}
