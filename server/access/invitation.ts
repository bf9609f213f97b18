/** What the server says at its start about how to sign in. */
import { networkInterfaces } from 'node:os'
import { isLoopback } from '#lib/protocol/host.ts'
import { signInPath } from '#server/access/sign-in.ts'

interface Reach {
  readonly host: string
  readonly publicBaseUrl: string | undefined
  readonly allowedHosts: readonly string[]
  readonly trustedProxies: readonly unknown[]
}

/** Whether the settings let anybody in who is not at this machine. */
export function isReached({ host, publicBaseUrl, allowedHosts, trustedProxies }: Reach): boolean {
  const isPublic = publicBaseUrl !== undefined && !isLoopback(new URL(publicBaseUrl).hostname)
  return !isLoopback(host) || isPublic || allowedHosts.length > 0 || trustedProxies.length > 0
}

interface Started {
  readonly madeUpToken: string | undefined
  readonly site: { readonly port: number; readonly publicBaseUrl: string }
}

/** One line. A token that was made up is in the link, behind `#`, which no browser sends. */
export function invitation(config: Reach, { madeUpToken, site }: Started): string {
  const base = reachedAt(config, site)
  return madeUpToken === undefined
    ? `Sign in at ${base}${signInPath} with ACCESS_TOKEN.`
    : `Sign in at ${base}${signInPath}#${madeUpToken}`
}

/** How others reach this server. */
export const reachedAt = (config: Reach, site: Started['site']): string =>
  config.publicBaseUrl ?? ownUrl(config.host, site)

/** Where all addresses are listened on, the first that other machines reach. */
function ownUrl(host: string, { port, publicBaseUrl }: Started['site']): string {
  if (isLoopback(host)) return publicBaseUrl
  const isAll = host === '0.0.0.0' || host === '::'
  const reached = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')
  const address = isAll ? (reached?.address ?? '127.0.0.1') : host
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`
}
