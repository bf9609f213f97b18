/** Every endpoint, in the order in which people are told of them. */

import type { Site } from '#server/config/site.ts'
import { createDiagnosticsEndpoint } from '#server/endpoints/diagnostics.ts'
import { createEchoEndpoint } from '#server/endpoints/echo.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import { createHealthEndpoint } from '#server/endpoints/health.ts'
import { createWsEndpoint } from '#server/endpoints/ws.ts'
import type { Feed } from '#server/journal/feed.ts'

export interface EndpointContext {
  readonly site: Site
  readonly feed: Feed
}

export function createEndpoints({ site, feed }: EndpointContext): readonly Endpoint[] {
  return [
    createWsEndpoint(),
    createEchoEndpoint(),
    createHealthEndpoint(site),
    createDiagnosticsEndpoint(feed),
  ]
}
