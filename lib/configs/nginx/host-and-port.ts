/** Which variable says the host as the browser's Origin does. */
import type { Header } from '#lib/configs/nginx/edits/changes.ts'
import { listensOf } from '#lib/configs/nginx/routing/choose-server.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import type { Code } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'

/** A browser leaves these out of Origin and Host. */
const USUAL_PORTS: ReadonlySet<number> = new Set([80, 443])

/** `$host` has no port, so it differs from the Origin of a page on such a port. */
export const isInOrigin = (port: number): boolean => !USUAL_PORTS.has(port)

export const HOST_WITH_PORT = {
  name: 'Host',
  line: nginx`proxy_set_header Host $http_host;`,
} satisfies Header

/**
 * The Host header to write: with the port, unless it is known that clients use a usual one.
 * @param asked the port of the address in the address bar, where it is known
 */
export function hostHeader(
  server: Directive | undefined,
  asked: number | undefined,
): Header & { readonly line: Code<'nginx'> } {
  const isUsual =
    asked === undefined
      ? server !== undefined && listensOf(server).every(({ port, isOpen }) => !isOpen && !isInOrigin(port))
      : !isInOrigin(asked)
  return isUsual ? { name: 'Host', line: nginx`proxy_set_header Host $host;` } : HOST_WITH_PORT
}
