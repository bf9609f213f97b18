/**
 * Where the server is, once its port is known: its URLs, its own origins, and whom it lets in. Pure judgements
 * over headers.
 */
import { isAddress, isLoopbackAddress, loopbackHosts } from '#lib/protocol/host.ts'
import { visible } from '#lib/text/foreign.ts'
import type { Config } from '#server/config/config.ts'
import { shorten } from '#server/wire/shorten.ts'

export interface Site {
  readonly port: number
  readonly publicBaseUrl: string
  readonly wsPublicUrl: string
  /** The configured list, without the server's own origins. */
  readonly allowedOrigins: readonly string[]
  /** Whether this is the server's own origin, given the Host of the same request. */
  isOwnOrigin(origin: string, host: string | undefined): boolean
  /** Whether a page of this origin may use the sockets. */
  isAllowedOrigin(origin: string, host: string | undefined): boolean
  /** Why an origin is refused, and what to do, where it is not the list that decides. */
  explainOrigin?(
    origin: string,
    host: string | undefined,
  ): { readonly reason: string; readonly remedy: string }
  /** Whether the Host header names this server; another name may be a rebound one (DNS rebinding). */
  isKnownHost(host: string | undefined): boolean
}

const none: ReadonlySet<string> = new Set()

/** @param others origins of this server beside those of its port, as they come and go */
export function createSite(
  config: Config,
  port: number,
  others: () => ReadonlySet<string> = () => none,
): Site {
  const publicBaseUrl = config.publicBaseUrl ?? `http://localhost:${port}`
  const wsPublicUrl = config.wsPublicUrl ?? `ws://localhost:${port}/ws`
  const ownOrigins = new Set(
    loopbackHosts
      .map((name) => new URL(`http://${name}:${port}`).origin)
      .concat(new URL(publicBaseUrl).origin),
  )
  const allowedOrigins = new Set(config.allowedOrigins)
  // No name can be made to lead here by an address (DNS rebinding): whoever asks by it, asked for it.
  const isReached = config.host !== 'localhost' && !isLoopbackAddress(config.host)
  const hostNames = new Set(['localhost', new URL(publicBaseUrl).hostname, ...config.allowedHosts])
  const isExtraHost = (name: string) => config.allowedHosts.includes(name) || (isReached && isAddress(name))

  const isOwnOrigin = (origin: string, host: string | undefined) =>
    ownOrigins.has(origin) || others().has(origin) || isOriginOfHost(origin, host, isExtraHost)

  return {
    port,
    publicBaseUrl,
    wsPublicUrl,
    allowedOrigins: config.allowedOrigins,
    isOwnOrigin: (origin, host) => isOwnOrigin(origin.toLowerCase(), host),
    isAllowedOrigin: (given, host) => {
      const origin = given.toLowerCase()
      return isOwnOrigin(origin, host) || allowedOrigins.has(origin) || /^chrome-extension:\/\/./.test(origin)
    },
    isKnownHost: (host) => {
      const name = hostNameOf(host)
      return (
        name !== undefined &&
        (hostNames.has(name) || isLoopbackAddress(name) || (isReached && isAddress(name)))
      )
    },
  }
}

/** The page came from one of our other hosts, which this very request names: then its origin is ours too. */
function isOriginOfHost(
  origin: string,
  host: string | undefined,
  isOther: (name: string) => boolean,
): boolean {
  const name = hostNameOf(host)
  if (name === undefined || !isOther(name)) return false
  return origin === `http://${host?.toLowerCase()}` || origin === `https://${host?.toLowerCase()}`
}

/** `name`, `name:port`, `[v6]` or `[v6]:port` without the port, in lower case. */
function hostNameOf(host: string | undefined): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:[\]/@?#\s]+)(:\d{1,5})?$/i.exec(host ?? '')?.[1]?.toLowerCase()
}

export function explainHost(host: string | undefined): string {
  const given =
    host === undefined
      ? 'No Host header was sent'
      : `This server does not know the host ${visible(shorten(host))}`
  return `${given}. It answers to localhost, 127.0.0.1, [::1] and the host of PUBLIC_BASE_URL; add others to ALLOWED_HOSTS. Otherwise any website could point a name of its own here and read what it should not (DNS rebinding).`
}
