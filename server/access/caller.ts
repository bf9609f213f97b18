/**
 * Whether whoever asks for a probe sits at this machine. A local proxy makes every peer local, and a rebound name
 * every Host; so all must say so: the peer, the Host, the version of HTTP, and the absence of forwarding headers.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isLoopback, isLoopbackAddress } from '#lib/protocol/host.ts'
import { remembered } from '#server/wire/remembered.ts'

/**
 * Headers with which proxies, balancers, CDNs and tunnels say for whom they ask: `Forwarded`, `X-Forwarded-…`,
 * `X-Original-Forwarded-For`, `Via`, `X-Real-IP`, `CF-Connecting-IP`, `True-Client-IP`, `X-Envoy-External-Address` …
 */
const FORWARDING =
  /forwarded|^via$|^cdn-loop$|^cf-|^x-envoy-|^x-amzn-|^x-amz-cf-|(?:^|-)(?:client|connecting|connection|user|real|remote|external)-?(?:ip|addr|address)$/

const isForwarding = remembered((name: string) => FORWARDING.test(name))

/**
 * As nginx's documentation has people write it for WebSockets, where it may say nothing else; no browser does. Node's own
 * client does, in lower case throughout, where nginx writes `Host`.
 */
const WRITTEN_BY_NGINX = 'upgrade'

export interface Asking {
  /** The peer's address, as the socket has it. */
  remoteAddress: string | undefined
  headers: IncomingHttpHeaders
  /** nginx asks with 1.0 and no forwarding header unless it is told otherwise; no browser and no client of today does. */
  httpVersion: string
  /** Names and values as they came. */
  rawHeaders?: readonly string[]
}

export type Caller = 'local' | 'remote'

export function callerOf({ remoteAddress, headers, httpVersion, rawHeaders = [] }: Asking): Caller {
  if (!isLoopbackAddress(remoteAddress ?? '') || !isLoopbackHost(headers.host ?? '')) return 'remote'
  const isForwarded =
    httpVersion === '1.0' ||
    (headers.connection === WRITTEN_BY_NGINX && !isNamed(rawHeaders, 'host')) ||
    Object.keys(headers).some(isForwarding)
  return isForwarded ? 'remote' : 'local'
}

/** Whether a header’s name came spelled so; values come between the names. */
const isNamed = (rawHeaders: readonly string[], name: string): boolean =>
  rawHeaders.some((text, at) => at % 2 === 0 && text === name)

export function askingOf({
  socket: { remoteAddress },
  headers,
  httpVersion,
  rawHeaders,
}: IncomingMessage): Asking {
  return { remoteAddress, headers, httpVersion, rawHeaders }
}

const isLoopbackHost = remembered((host: string) => isLoopback(URL.parse(`http://${host}/`)?.hostname ?? ''))
