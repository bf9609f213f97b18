/** The endpoints of this server that everybody may open. Behind a lab fault they keep their meaning. */
export const ownEndpoints = ['/ws', '/ws/echo', '/ws/health'] as const

export type OwnEndpoint = (typeof ownEndpoints)[number]

/** `/ws/health` and `/lab/idle-timeout/ws/health` are both `/ws/health`; null for any other path. */
export function ownEndpointOf(pathname: string): OwnEndpoint | null {
  const behindFault = /^\/lab\/[^/]+(\/.+)$/.exec(pathname)?.[1]
  const path = behindFault ?? pathname
  return ownEndpoints.find((endpoint) => endpoint === path) ?? null
}

/** The message by which a page measures a round trip at this endpoint. `/ws/echo` would echo any. */
export function pingMessageOf(endpoint: OwnEndpoint): string {
  return pingMessages[endpoint]
}

const pingMessages = {
  '/ws': '{"type":"ping"}',
  '/ws/echo': '{"type":"page_ping"}',
  '/ws/health': '{"type":"get_status"}',
} satisfies Record<OwnEndpoint, string>
