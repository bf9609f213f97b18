/** The endpoints of this server that everybody may open, in the order in which people are told of them. Behind a lab fault they keep their meaning. */
export const ownEndpoints = ['/ws', '/ws/echo', '/ws/health'] as const

export type OwnEndpoint = (typeof ownEndpoints)[number]

/** The server's own events, for its own pages alone. */
export const diagnosticsPath = '/ws/diagnostics'

/** Connections that the server opens for its own pages, with what a browser may not send. */
export const throughPath = '/ws/through'

/** `/ws/health` and `/lab/idle-timeout/ws/health` are both `/ws/health`; null for any other path. */
export function ownEndpointOf(pathname: string): OwnEndpoint | null {
  const behindFault = /^\/lab\/[^/]+(\/.+)$/.exec(pathname)?.[1]
  const path = behindFault ?? pathname
  return ownEndpoints.find((endpoint) => endpoint === path) ?? null
}
