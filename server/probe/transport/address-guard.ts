/**
 * Which addresses the probe may touch. It can be pointed at anything, and it reports what it reads, so some
 * addresses are out of bounds for everybody, and private ones for whoever is not plainly local.
 */

import ipaddr from 'ipaddr.js'
import { sentence } from '#lib/text/foreign.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'

export interface AddressPolicy {
  /** `local`: the command line, or a peer and Host that are loopback with no forwarding header between. */
  caller: 'local' | 'remote'
  /** Private networks and names that even a remote caller may probe. */
  allow: AllowList
}

export interface AllowList {
  networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]
  names: ReadonlySet<string>
}

export type AddressVerdict =
  | { allowed: true }
  | { allowed: false; because: 'never' | 'private'; range: string }

const network = (cidr: string): [ipaddr.IPv4 | ipaddr.IPv6, number] => ipaddr.parseCIDR(cidr)

/** Refused whoever asks: addresses that name no host, reach a whole link, or hand out a machine's credentials. */
const NEVER: readonly [string, [ipaddr.IPv4 | ipaddr.IPv6, number]][] = [
  ['unspecified', network('0.0.0.0/8')],
  ['link-local', network('169.254.0.0/16')],
  ['multicast', network('224.0.0.0/4')],
  ['broadcast', network('255.255.255.255/32')],
  ['metadata', network('100.100.100.200/32')],
  ['metadata', network('168.63.129.16/32')],
  ['metadata', network('192.0.0.192/32')], // Oracle Cloud Classic
  ['unspecified', network('::/128')],
  ['link-local', network('fe80::/10')],
  ['multicast', network('ff00::/8')],
  ['site-local', network('fec0::/10')], // deprecated, RFC 3879
  ['metadata', network('fd00:ec2::/32')], // AWS: metadata, DNS, time
  ['metadata', network('fd20:ce::254/128')], // Google Cloud
  ['metadata', network('fd00:c1::a9fe:a9fe/128')], // Oracle Cloud
  ['metadata', network('fd00:42::42/128')], // Scaleway
  ['metadata', network('fd00:100::100:200/128')], // Alibaba Cloud
  ['metadata', network('fd00:a9fe:a9fe::1/128')], // Akamai (Linode)
]

/** IPv6 networks that carry an IPv4 address, and the byte where it starts. */
const CARRIERS: readonly { network: [ipaddr.IPv4 | ipaddr.IPv6, number]; at: number; inverted?: true }[] = [
  { network: network('::ffff:0:0/96'), at: 12 }, // mapped, RFC 4291 §2.5.5.2
  { network: network('::ffff:0:0:0/96'), at: 12 }, // translated, RFC 2765
  { network: network('64:ff9b::/96'), at: 12 }, // NAT64, RFC 6052
  { network: network('64:ff9b:1::/48'), at: 12 }, // local-use NAT64, RFC 8215, with a /96 inside
  { network: network('2002::/16'), at: 2 }, // 6to4, RFC 3056
  { network: network('2001::/32'), at: 12, inverted: true }, // Teredo, RFC 4380: the client's address, inverted
  { network: network('::/96'), at: 12 }, // compatible, RFC 4291 §2.5.5.1
]

const inside = (
  address: ipaddr.IPv4 | ipaddr.IPv6,
  [base, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number],
): boolean => address.kind() === base.kind() && address.match(base, bits)

/** The addresses one literal stands for: itself, and the IPv4 address it carries, if it carries one. */
function readings(address: ipaddr.IPv4 | ipaddr.IPv6): (ipaddr.IPv4 | ipaddr.IPv6)[] {
  const carrier = CARRIERS.find((carried) => inside(address, carried.network))
  if (!carrier) return [address]
  const bytes = address.toByteArray().slice(carrier.at, carrier.at + 4)
  const carried = ipaddr.fromByteArray(carrier.inverted ? bytes.map((byte) => byte ^ 0xff) : bytes)
  // ::1 and :: look like IPv4-compatible addresses of 0.0.0.0/8, yet are loopback and unspecified themselves.
  return address.range() === 'loopback' || address.range() === 'unspecified' ? [address] : [address, carried]
}

/** Judges one address literal, as the resolver returned it or as the URL had it. */
export function judgeAddress(literal: string, policy: AddressPolicy, hostname?: string): AddressVerdict {
  const bare = literal.replace(/^\[|\]$/g, '')
  if (!ipaddr.isValid(bare)) return { allowed: false, because: 'never', range: 'no address' }
  const all = readings(ipaddr.parse(bare))
  for (const address of all) {
    const [range] = NEVER.find(([, net]) => inside(address, net)) ?? []
    if (range !== undefined) return { allowed: false, because: 'never', range }
  }
  if (policy.caller === 'local') return { allowed: true }
  if (hostname !== undefined && policy.allow.names.has(hostname.toLowerCase())) return { allowed: true }
  const carried = all.at(-1) ?? ipaddr.parse(bare)
  if (carried.range() === 'unicast') return { allowed: true }
  if (policy.allow.networks.some((net) => all.some((address) => inside(address, net)))) {
    return { allowed: true }
  }
  return { allowed: false, because: 'private', range: carried.range() }
}

/** Who reaches an address: 0 this machine, 1 its networks, 2 everybody; 2 as well for what is none. */
export function reachOf(literal: string): 0 | 1 | 2 {
  if (!ipaddr.isValid(literal)) return 2
  const ranges = readings(ipaddr.parse(literal)).map((address) => address.range())
  if (ranges.includes('loopback')) return 0
  return ranges.at(-1) === 'unicast' ? 2 : 1
}

/** What to tell a person about a redirect that leads to a place which its sender cannot reach. */
export function refusedRedirect(host: string, address: string): ProbeRefusal {
  const where = host === address ? sentence`${host}` : sentence`${host} (${address})`
  const who = reachOf(address) === 0 ? 'this machine alone' : 'a private network'
  const says = sentence`The redirect leads to ${where}, within reach of ${who}. It comes from a more public address, so the probe does not follow it. Diagnose that address itself if you trust it.`
  return new ProbeRefusal('address-refused', says, { host, range: ipaddr.parse(address).range() })
}

const articled = (range: string): string => `${/^[aeiou]/.test(range) ? 'an' : 'a'} ${range}`

/** What to tell a person about a refused address. */
export function refusedAddress(host: string, verdict: AddressVerdict & { allowed: false }): ProbeRefusal {
  const says =
    verdict.because === 'never'
      ? sentence`${host} is ${articled(verdict.range)} address; the probe never connects to those.`
      : sentence`${host} is ${articled(verdict.range)} address; from here the probe reaches public ones only. Run why1006 on that network itself, or name the address in PROBE_ALLOW.`
  return new ProbeRefusal('address-refused', says, { host, range: verdict.range })
}

export const NOTHING_ALLOWED: AllowList = { networks: [], names: new Set() }

/** Whoever runs a command sits at the machine: private addresses are theirs to probe. */
export const AT_THE_MACHINE: AddressPolicy = { caller: 'local', allow: NOTHING_ALLOWED }

/**
 * Reads `PROBE_ALLOW`: addresses, networks (10.1.0.0/16) and host names, separated by commas.
 * @throws ProbeRefusal that names the entry that is none of these
 */
export function parseProbeAllow(text: string | undefined): AllowList {
  const networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] = []
  const names = new Set<string>()
  for (const entry of (text ?? '').split(',').map((part) => part.trim())) {
    if (entry === '') continue
    if (ipaddr.isValidCIDR(entry)) networks.push(ipaddr.parseCIDR(entry))
    else if (ipaddr.isValid(entry)) {
      const address = ipaddr.parse(entry)
      networks.push([address, address.kind() === 'ipv4' ? 32 : 128])
    } else if (/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(entry) && !/^[\d.]+$/.test(entry)) {
      names.add(entry.toLowerCase())
    } else {
      throw new ProbeRefusal(
        'option-refused',
        sentence`PROBE_ALLOW: “${entry}” is neither an address, a network such as 10.1.0.0/16, nor a host name.`,
        { entry },
      )
    }
  }
  return { networks, names }
}
