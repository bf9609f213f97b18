/** `GET /health`: 200 while the server serves, 503 while it drains. */
import * as z from 'zod/mini'

/** Why events and reports are not kept where they should be. */
export const keepingTrouble = z.enum([
  'disk-full',
  'unwritable',
  'in-use',
  'newer',
  'no-sqlite',
  'redis-gone',
  'redis-refuses',
])
export type KeepingTrouble = z.infer<typeof keepingTrouble>

export const healthReport = z.looseObject({
  status: z.enum(['healthy', 'draining']),
  /** `active: 3`, for whoever reads it as text already. */
  services: z.looseObject({ websocket: z.string() }),
  /** How many WebSocket connections are open; a server of before tells it in `services` alone. */
  open_connections: z.optional(z.number()),
  version: z.string(),
  /** The configured heartbeat in seconds; a server of before does not tell. */
  config: z.optional(z.looseObject({ ping_interval: z.number(), ping_timeout: z.number() })),
  /** Only while something is wrong with where events and reports are kept. */
  keeping: z.optional(z.looseObject({ trouble: keepingTrouble })),
  uptime_seconds: z.number(),
  /** Seconds since the Unix epoch. */
  timestamp: z.number(),
})
export type HealthReport = z.infer<typeof healthReport>

/** `GET /ready`: 200 while connections may be sent here, 503 while the server starts or drains. */
export const readyReport = z.looseObject({
  status: z.enum(['ready', 'starting', 'draining']),
  waits_for: z.optional(z.array(z.enum(['pages', 'journal']))),
})
export type ReadyReport = z.infer<typeof readyReport>
