/** `/ws/health`: a heartbeat that people can read, and the settings behind it. */

import type { Site } from '#server/config/site.ts'
import type { Endpoint, Session } from '#server/endpoints/endpoint.ts'
import { isMessageOfType } from '#server/endpoints/json.ts'
import { parseJson } from '#server/wire/parse-json.ts'

/** What the original server promised its clients: a connection that lives shorter has a problem. */
const expectedMinConnectionSeconds = 30

export function createHealthEndpoint(site: Site): Endpoint {
  return {
    path: '/ws/health',
    summary: 'Reports its settings, then a heartbeat at every interval; answers {"type":"get_status"}.',
    queryParameters: [],
    sameOriginOnly: false,
    recordsActivity: true,
    prepare: () => ({ ok: true, open: (session) => open(session, site) }),
  }
}

function open(session: Session, site: Site) {
  const client_id = session.clientId
  let pongMessages = 0
  const send = (message: Readonly<Record<string, unknown>>) => session.send(JSON.stringify(message))
  const ageSeconds = () => Math.round(session.ageMs()) / 1000

  send({
    type: 'health_status',
    status: 'connected',
    client_id,
    server_time: Date.now() / 1000,
    config: {
      ping_interval: session.pingIntervalSeconds,
      ping_timeout: session.pingTimeoutSeconds,
      expected_min_connection_duration: expectedMinConnectionSeconds,
    },
    environment: {
      allowed_origins: site.allowedOrigins,
      public_base_url: site.publicBaseUrl,
      ws_public_url: site.wsPublicUrl,
    },
  })
  return {
    text: (text: string) => {
      const parsed = parseJson(text)
      if (!parsed.ok) return
      if (isMessageOfType(parsed.value, 'pong')) pongMessages += 1
      if (!isMessageOfType(parsed.value, 'get_status')) return
      send({
        type: 'health_status',
        status: 'healthy',
        connection_age_seconds: ageSeconds(),
        ping_count: session.pings,
        pong_count: pongMessages,
        timestamp: Date.now() / 1000,
        client_id,
      })
    },
    pinged: (pingNumber: number) =>
      send({
        type: 'heartbeat',
        ping_number: pingNumber,
        timestamp: Date.now() / 1000,
        connection_age_seconds: ageSeconds(),
        client_id,
      }),
  }
}
