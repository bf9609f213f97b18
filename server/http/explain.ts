/** Sentences and facts that several answers share. */
import { shorten } from '#server/attempt.ts'
import type { Endpoint } from '#server/endpoints/endpoint.ts'

/** The endpoints as data, for a client that asked for a path that is none. */
export function listEndpoints(endpoints: readonly Endpoint[]) {
  return endpoints.map(({ path, summary }) => ({ path, summary }))
}

export function explainHost(host: string | undefined): string {
  const given =
    host === undefined ? 'No Host header was sent' : `This server does not know the host ${shorten(host)}`
  return `${given}. It answers to localhost, 127.0.0.1, [::1] and the host of PUBLIC_BASE_URL; add others to ALLOWED_HOSTS. Otherwise any website could point a name of its own here and read what it should not (DNS rebinding).`
}
