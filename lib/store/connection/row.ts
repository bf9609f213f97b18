/** The contract of one row of "Connections": what its parts are asked to do. */

import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { Payload } from '#lib/protocol/payload.ts'
import type { Connection, ConnectionId, PagePings } from '#lib/store/connection/connection.ts'
import type { Attention } from '#lib/store/kit/attention.ts'
import type { Refusal } from '#lib/store/live-state.ts'
import type { PageSignal, Ports } from '#lib/store/ports.ts'

export interface Row {
  readonly id: ConnectionId
  /** The same object until something changes. */
  view(): Connection
  close(code: number, reason: string): void
  reconnect(): void
  send(payload: Payload): Refusal | null
  setAutoReconnect(enabled: boolean): void
  setPagePings(pings: PagePings): void
  startRepeat(payload: Payload, everyMs: number): Refusal | null
  stopRepeat(): void
  clearLog(): void
  /** An event that carries this row's trace; `at` on the page's clock. */
  onServerEvent(event: DiagnosticEvent, at: number): void
  onSignal(signal: PageSignal): void
  onBlind(fromAt: number, untilAt: number): void
  /** Lets go of the socket and every timer. */
  dispose(): void
}

export interface RowContext {
  readonly ports: Ports
  readonly attention: Attention
  /** Something changed: publish with the next frame. */
  changed(): void
  /** The current attempt's trace, before its socket exists. */
  onTrace(id: ConnectionId, trace: string): void
}
