import type { EventKind } from '#lib/protocol/events.ts'
import type { LogLevel } from '#server/config/config.ts'

/** The least level at which a kind becomes a line. */
export const levelOfKind = {
  attempt: 'info',
  rejected: 'warn',
  accepted: 'info',
  heartbeat: 'debug',
  pong_timeout: 'warn',
  traffic: 'debug',
  disconnected: 'info',
  error: 'error',
  recorded: 'info',
  watch: 'info',
  server: 'info',
} as const satisfies Record<EventKind, LogLevel>
