/**
 * Whether whoever asks for a probe sits at this machine. A local proxy makes every peer local, and a rebound name
 * every Host; so all three must say so: the peer, the Host, and the absence of forwarding headers.
 */
import type { IncomingHttpHeaders } from 'node:http'
import ipaddr from 'ipaddr.js'

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
  return !isForwarded && isLoopback(remoteAddress ?? '') && isLoopbackHost(headers.host ?? '')
    ? 'local'
    : 'remote'
}

function isLoopback(literal: string): boolean {
  if (!ipaddr.isValid(literal)) return false
  return ipaddr.process(literal).range() === 'loopback'
}

function isLoopbackHost(host: string): boolean {
  if (!URL.canParse(`http://${host}/`)) return false
  const { hostname } = new URL(`http://${host}/`)
  return /(?:^|\.)localhost$/.test(hostname) || isLoopback(hostname.replace(/^\[|\]$/g, ''))
}
