/**
 * The JSON text frames of `/ws`, `/ws/echo` and `/ws/health`, server to client.
 *
 * `timestamp`, `received_at` and names that end in `_time` or `_timestamp` are seconds since the Unix epoch.
 */
import * as z from 'zod/mini'

const time = z.number()
const text = z.string()

const heartbeatConfig = { ping_interval: z.number(), ping_timeout: z.number() }

export const pongMessage = z.looseObject({ type: z.literal('pong'), timestamp: time, client_id: text })

/** `/ws`: any JSON value that is not a ping comes back in `data`. */
export const echoDataMessage = z.looseObject({
  type: z.literal('echo'),
  data: z.unknown(),
  timestamp: time,
  client_id: text,
  server_processing_ms: z.number(),
})

export const parseErrorMessage = z.looseObject({
  type: z.literal('error'),
  error: z.literal('Failed to parse message'),
  timestamp: time,
})

export const welcomeMessage = z.looseObject({
  type: z.literal('welcome'),
  endpoint: text,
  client_id: text,
  server_time: time,
  config: z.looseObject(heartbeatConfig),
})

/** `/ws/echo`: any JSON value but a pong comes back in `original`. */
export const echoOriginalMessage = z.looseObject({
  type: z.literal('echo'),
  original: z.unknown(),
  server_timestamp: time,
  client_id: text,
  latency_info: z.looseObject({ received_at: time, connection_age_ms: z.number() }),
})

export const echoRawMessage = z.looseObject({
  type: z.literal('echo_raw'),
  data: text,
  server_timestamp: time,
  client_id: text,
})

export const serverPingMessage = z.looseObject({
  type: z.literal('server_ping'),
  timestamp: time,
  client_id: text,
})

export const connectedStatusMessage = z.looseObject({
  type: z.literal('health_status'),
  status: z.literal('connected'),
  client_id: text,
  server_time: time,
  config: z.looseObject({ ...heartbeatConfig, expected_min_connection_duration: z.number() }),
  environment: z.looseObject({ allowed_origins: z.array(text), public_base_url: text, ws_public_url: text }),
})

export const healthStatusMessage = z.looseObject({
  type: z.literal('health_status'),
  status: z.literal('healthy'),
  connection_age_seconds: z.number(),
  ping_count: z.number(),
  pong_count: z.number(),
  timestamp: time,
  client_id: text,
})

export const heartbeatMessage = z.looseObject({
  type: z.literal('heartbeat'),
  ping_number: z.number(),
  timestamp: time,
  connection_age_seconds: z.number(),
  client_id: text,
})

export const serverMessage = z.union([
  pongMessage,
  echoDataMessage,
  parseErrorMessage,
  welcomeMessage,
  echoOriginalMessage,
  echoRawMessage,
  serverPingMessage,
  connectedStatusMessage,
  healthStatusMessage,
  heartbeatMessage,
])

export type ServerMessage = z.infer<typeof serverMessage>
