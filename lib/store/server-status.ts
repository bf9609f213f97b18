/** The status "Server": GET /health, asked every few seconds while the page is visible. */
import { type HealthReport, healthReport, type KeepingTrouble } from '#lib/protocol/health.ts'
import type { Heartbeat } from '#lib/protocol/heartbeat.ts'
import type { JsonResponse, Ports, Stop } from '#lib/store/kit/ports.ts'

export type ServerStatus =
  | { readonly status: 'unknown' }
  | ServerUp
  /** It answered 503: shutting down. */
  | { readonly status: 'draining'; readonly at: number }
  /** No answer, or one that is not this server's. */
  | {
      readonly status: 'unreachable'
      readonly since: number
      readonly says: string
      readonly lastUp: ServerUp | null
    }

export interface ServerUp {
  readonly status: 'up'
  /** When it last said so. */
  readonly at: number
  readonly latencyMs: number
  readonly version: string
  readonly startedAt: number
  /** Null where the server does not tell the number. */
  readonly openConnections: number | null
  /** The configured heartbeat, null until something told it. */
  readonly heartbeat: Heartbeat | null
  /** Why it does not keep events and reports where it should; null where it does. */
  readonly trouble: KeepingTrouble | null
}

const POLL_EVERY_MS = 5_000
/** Sooner while it is away, so that its return is seen at once. */
const POLL_AWAY_MS = 1_500

export interface ServerPoll {
  start(): Stop
  /** Asks now, as when the page becomes visible again. */
  hurry(): void
  view(): ServerStatus
}

export interface ServerPollHandlers {
  changed(): void
  /** The server's clock as this answer showed it: page = server + offset. */
  onClockOffset(offsetMs: number): void
  /** It answers again after it was away. */
  onReturn(): void
}

export function createServerPoll(
  ports: Ports,
  { changed, onClockOffset, onReturn }: ServerPollHandlers,
): ServerPoll {
  let status: ServerStatus = { status: 'unknown' }
  let isRunning = false
  let isAsking = false
  let stopTimer: Stop = () => {}

  const enter = (next: ServerStatus): void => {
    status = next
    changed()
  }
  const lastUp = (): ServerUp | null => {
    if (status.status === 'up') return status
    return status.status === 'unreachable' ? status.lastUp : null
  }
  const lose = (says: string): void => {
    const since = status.status === 'unreachable' ? status.since : ports.now()
    enter({ status: 'unreachable', since, says, lastUp: lastUp() })
  }

  const read = ({ status, body }: JsonResponse, askedAt: number): void => {
    const report = healthReport.safeParse(body)
    if (report.success) accept(report.data, askedAt)
    else lose(`GET /health answered ${status}, which is not this server’s report.`)
  }

  const accept = (report: HealthReport, askedAt: number): void => {
    const at = ports.now()
    const { open_connections, version, config, keeping, uptime_seconds, timestamp } = report
    const latencyMs = at - askedAt
    // The server's clock was read somewhere between: half the way is the best guess, and only a larger offset counts.
    const offsetMs = askedAt + latencyMs / 2 - timestamp * 1_000
    onClockOffset(Math.abs(offsetMs) <= latencyMs / 2 + 5 ? 0 : offsetMs)
    if (report.status === 'draining') {
      enter({ status: 'draining', at })
      return
    }
    const wasAway = status.status === 'unreachable' || status.status === 'draining'
    enter({
      status: 'up',
      at,
      latencyMs,
      version,
      startedAt: at - uptime_seconds * 1_000,
      openConnections: open_connections ?? null,
      heartbeat:
        config === undefined
          ? null
          : { intervalSeconds: config.ping_interval, timeoutSeconds: config.ping_timeout },
      trouble: keeping?.trouble ?? null,
    })
    if (wasAway) onReturn()
  }

  const ask = async (): Promise<void> => {
    if (isAsking) return
    isAsking = true
    stopTimer()
    const askedAt = ports.now()
    try {
      read(await ports.getJson(`${ports.page.origin}/health`), askedAt)
    } catch {
      if (isRunning) lose('GET /health got no answer.')
    }
    isAsking = false
    if (!isRunning || ports.page.isHidden()) return
    stopTimer = ports.schedule(ask, status.status === 'unreachable' ? POLL_AWAY_MS : POLL_EVERY_MS)
  }

  return {
    start() {
      isRunning = true
      ask()
      return () => {
        isRunning = false
        stopTimer()
      }
    },
    hurry() {
      if (isRunning) ask()
    },
    view: () => status,
  }
}
