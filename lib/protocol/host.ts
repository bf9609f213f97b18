/**
 * Where a host name or address literal leads: to this machine, to a private network, elsewhere. Names are not
 * resolved. Hosts are written as URLs have them (`[::1]`) or bare (`::1`).
 */

/** How people and browsers write this machine in a URL. */
export const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'] as const

/** Names and literals that stay on this machine; browsers treat them as secure (W3C Secure Contexts §3.1). */
export function isLoopback(host: string): boolean {
  return /^(?:[^.]+\.)*localhost\.?$/i.test(host) || isLoopbackAddress(host)
}

/** 127.0.0.0/8 and ::1, also where IPv6 carries the former. */
export function isLoopbackAddress(host: string): boolean {
  // What nearly everybody has, and every connection is asked for it.
  if (host === '127.0.0.1' || host === '::1') return true
  const ipv4 = ipv4Of(host)
  return ipv4 ? ipv4[0] === 127 : bare(host) === '::1'
}

/** A literal of a network that the internet does not route: RFC 1918, 3927, 6598, 4193, 4291 §2.5.6 and 3879. */
export function isPrivateAddress(host: string): boolean {
  const ipv4 = ipv4Of(host)
  if (!ipv4) return /^(?:f[cd][0-9a-f]{2}|fe[89a-f][0-9a-f]):/i.test(bare(host))
  const [first = 0, second = 0] = ipv4
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127)
  )
}

/** An IPv4 or IPv6 literal: no name to resolve. */
export function isAddress(host: string): boolean {
  return host.includes(':') || ipv4Of(host) !== null
}

/** A name that leads elsewhere: what development servers have to be told, since they let in addresses and this machine. */
export const isNamed = (host: string): boolean => !isAddress(host) && !isLoopback(host)

/**
 * Whether a browser refuses the URL to pages of this origin as mixed content: ws:// from an https page, unless it
 * leads to this machine or a private network (measured with Chromium 150 and 156).
 *
 * @param pageOrigin such as `https://app.example`
 */
export function isMixedContent(url: URL, pageOrigin: string): boolean {
  return url.protocol === 'ws:' && /^https:/i.test(pageOrigin) && !mayBeInsecure(url.hostname)
}

function mayBeInsecure(host: string): boolean {
  const isUnspecified = host === '0.0.0.0' || host === '[::]'
  return isUnspecified || isLoopback(host) || isPrivateAddress(host) || /\.local\.?$/i.test(host)
}

/** The same host and port, or two names of this machine with the same port. */
export function isSameServer(url: URL, page: URL): boolean {
  const isSameHost = url.hostname === page.hostname || (isLoopback(url.hostname) && isLoopback(page.hostname))
  return isSameHost && portOf(url) === portOf(page)
}

function portOf({ port, protocol }: URL): string {
  if (port !== '') return port
  return protocol === 'wss:' || protocol === 'https:' ? '443' : '80'
}

const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

/** The bytes of an IPv4 literal, or of the one that an IPv6 literal maps (RFC 4291 §2.5.5.2). */
function ipv4Of(host: string): readonly number[] | null {
  const dotted = /^(?:::ffff:)?((?:\d{1,3}\.){3}\d{1,3})$/i.exec(bare(host))?.[1]
  if (dotted !== undefined) {
    const bytes = dotted.split('.').map(Number)
    return bytes.every((byte) => byte <= 255) ? bytes : null
  }
  // URLs write the mapped address in two groups of hexadecimal digits.
  const groups = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(bare(host))?.slice(1)
  return groups?.map((group) => parseInt(group, 16)).flatMap((group) => [group >> 8, group & 0xff]) ?? null
}
