/**
 * Whether whoever asks for a probe sits at this machine. A local proxy makes every peer local, and a rebound name
 * every Host; so all three must say so: the peer, the Host, and the absence of forwarding headers.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { isLoopback, isLoopbackAddress } from '#lib/protocol/host.ts'

const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
]

export interface Asking {
  /** The peer's address, as the socket has it. */
  remoteAddress: string | undefined
  headers: IncomingHttpHeaders
}

export function callerOf({ remoteAddress, headers }: Asking): 'local' | 'remote' {
  const isForwarded = FORWARDING.some((name) => headers[name] !== undefined)
  return !isForwarded && isLoopbackAddress(remoteAddress ?? '') && isLoopbackHost(headers.host ?? '')
    ? 'local'
    : 'remote'
}

function isLoopbackHost(host: string): boolean {
  return isLoopback(URL.parse(`http://${host}/`)?.hostname ?? '')
}
