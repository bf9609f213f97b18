/** How connections ended: what the events say of it that tell of an end. */
import type { DiagnosticEvent, EventKind } from '#lib/protocol/events.ts'

/** The kinds that end a connection: it was turned away, or it was open. */
export const endKinds = ['rejected', 'disconnected'] as const satisfies readonly EventKind[]

export const isEndKind = (kind: EventKind): boolean => kind === 'rejected' || kind === 'disconnected'

/** What the three histograms need of an end; milliseconds. */
export interface End {
  readonly atMs: number
  readonly ageMs: number | null
  readonly silenceMs: number | null
  /** A close code, or the HTTP status of a refusal. */
  readonly code: number | null
}

/** Null for an event that ends nothing. In whole milliseconds. */
export function endOf(event: DiagnosticEvent): End | null {
  if (!isEndKind(event.kind)) return null
  return {
    atMs: Math.round(event.at * 1000),
    ageMs: wholeMs(event.duration_ms),
    silenceMs: wholeMs(silenceOf(event)),
    code: codeOf(event) ?? null,
  }
}

const wholeMs = (value: unknown): number | null => (typeof value === 'number' ? Math.round(value) : null)

/**
 * Since the last byte in either direction; where nobody measured that, since the last one from the client, which is as
 * long or longer.
 */
export function silenceOf(event: DiagnosticEvent): number | undefined {
  const { silence_ms: silence, since_rx_ms: sinceReceived } = event as Record<string, unknown>
  const ms = silence ?? sinceReceived
  return typeof ms === 'number' ? ms : undefined
}

/** The close code of an event, or else the HTTP status. */
export function codeOf(event: DiagnosticEvent): number | undefined {
  const { close_code, status } = event as { close_code?: unknown; status?: unknown }
  const code = close_code ?? status
  return typeof code === 'number' ? code : undefined
}

/** Of a refusal its cause, of an end its initiator, of an error its code. */
export function causeOf(event: DiagnosticEvent): string | undefined {
  if (event.kind === 'rejected') return event.cause
  if (event.kind === 'disconnected') return event.initiator
  return event.kind === 'error' ? event.code : undefined
}
