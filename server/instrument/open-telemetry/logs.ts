/** Each event as a log event of OpenTelemetry (its Logs API), but for heartbeats, which are metrics alone. */
import type { InstrumentEvent, Output } from '#server/instrument/event.ts'
import { attributesOf } from '#server/instrument/open-telemetry/attributes.ts'

/** What is used of `@opentelemetry/api-logs`. */
export interface LogsApi {
  logs: { getLogger(name: string): { emit(record: Readonly<Record<string, unknown>>): void } }
}

const INFO = { severityNumber: 9, severityText: 'INFO' }
const WARN = { severityNumber: 13, severityText: 'WARN' }

export function logs(api: LogsApi): Output {
  const logger = api.logs.getLogger('why1006')
  return (event) => {
    if (event.kind === 'heartbeat') return
    logger.emit({
      eventName: `websocket.${event.kind}`,
      timestamp: event.at * 1000,
      ...(isBad(event) ? WARN : INFO),
      attributes: attributesOf(event),
    })
  }
}

const isBad = (event: InstrumentEvent): boolean =>
  event.kind === 'rejected' ||
  event.kind === 'pong_timeout' ||
  (event.kind === 'disconnected' && event.close_code === 1006)
