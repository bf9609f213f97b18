/** `GET /health`, for balancers and people. */
import type { HealthReport, KeepingTrouble } from '#lib/protocol/health.ts'
import type { Answer } from '#server/wire/answer.ts'

export interface HealthSources {
  readonly version: string
  readonly heartbeat: { readonly pingIntervalSeconds: number; readonly pingTimeoutSeconds: number }
  readonly openConnections: () => number
  readonly isDraining: () => boolean
  readonly uptimeMs: () => number
  readonly trouble: () => KeepingTrouble | undefined
}

/** 200 while serving, 503 while draining, so that a balancer sends nobody more. */
export function createHealth(sources: HealthSources): () => Answer {
  return () => {
    const draining = sources.isDraining()
    const open = sources.openConnections()
    const trouble = sources.trouble()
    const body: HealthReport = {
      status: draining ? 'draining' : 'healthy',
      services: { websocket: `active: ${open}` },
      open_connections: open,
      version: sources.version,
      config: {
        ping_interval: sources.heartbeat.pingIntervalSeconds,
        ping_timeout: sources.heartbeat.pingTimeoutSeconds,
      },
      ...(trouble && { keeping: { trouble } }),
      uptime_seconds: Math.round(sources.uptimeMs()) / 1000,
      timestamp: Date.now() / 1000,
    }
    return { status: draining ? 503 : 200, body }
  }
}
