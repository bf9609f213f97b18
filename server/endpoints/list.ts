/** Every endpoint, in the order in which people are told of them. */
import { createEchoEndpoint } from '#server/endpoints/echo.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'
import { createHealthEndpoint } from '#server/endpoints/health.ts'
import { createWsEndpoint } from '#server/endpoints/ws.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { Site } from '#server/site.ts'

export interface EndpointContext {
  readonly site: Site
  readonly journal: Journal
}

export function createEndpoints({ site }: EndpointContext): readonly Endpoint[] {
  return [createWsEndpoint(), createEchoEndpoint(), createHealthEndpoint(site)]
}
