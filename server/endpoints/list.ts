/** Every endpoint, in the order in which people are told of them. */

import type { Site } from '#server/config/site.ts'
import { createDiagnosticsEndpoint } from '#server/endpoints/diagnostics.ts'
import { createEchoEndpoint } from '#server/endpoints/echo.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import { createHealthEndpoint } from '#server/endpoints/health.ts'
import { createThroughEndpoint } from '#server/endpoints/through.ts'
import { createWsEndpoint } from '#server/endpoints/ws.ts'
import type { Feed } from '#server/journal/feed.ts'
import type { Relays } from '#server/through/relays.ts'

export interface EndpointContext {
  readonly site: Site
  readonly feed: Feed
  readonly relays: Relays
}

export function createEndpoints({ site, feed, relays }: EndpointContext): readonly Endpoint[] {
  return [
    createWsEndpoint(),
    createEchoEndpoint(),
    createHealthEndpoint(site),
    createDiagnosticsEndpoint(feed),
    createThroughEndpoint(relays),
  ]
}
