/** How a client converses with our own endpoints: what it asks, what gets an answer, and what an answer says. */
import { type ServerMessage, serverMessage } from '#lib/protocol/messages.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import type { Payload } from '#lib/protocol/payload.ts'

/** The message by which a page measures a round trip at this endpoint. `/ws/echo` would echo any. */
export function pingMessageOf(endpoint: OwnEndpoint): string {
  return pingMessages[endpoint]
}

const pingMessages = {
  '/ws': '{"type":"ping"}',
  '/ws/echo': '{"type":"page_ping"}',
  '/ws/health': '{"type":"get_status"}',
} satisfies Record<OwnEndpoint, string>

export type MessageReading =
  /** Null: bytes that `/ws/echo` sent back, which are nobody's message. */
  | { readonly ok: true; readonly message: ServerMessage | null }
  /** `name` and `says` as of the exception that a client's reader throws. */
  | { readonly ok: false; readonly name: 'SyntaxError' | 'TypeError'; readonly says: string }

export function readOwnMessage(endpoint: OwnEndpoint, payload: Payload): MessageReading {
  if (payload.opcode === 'binary') {
    if (endpoint === '/ws/echo') return { ok: true, message: null }
    return unreadable('TypeError', `a binary frame, where ${endpoint} speaks JSON in text frames`)
  }
  const parsed = parse(payload.text)
  if (!parsed.ok) return unreadable('SyntaxError', parsed.says)
  const message = serverMessage.safeParse(parsed.value)
  if (message.success) return { ok: true, message: message.data }
  return unreadable('TypeError', `JSON, but none of the messages of ${endpoint}: ${clipped(payload.text)}`)
}

/** When the server wrote the message, in epoch milliseconds by its own clock. */
export function sentAtMs(message: ServerMessage): number {
  const { timestamp, server_time, server_timestamp } = message as Partial<Record<string, unknown>>
  const seconds = timestamp ?? server_time ?? server_timestamp
  return typeof seconds === 'number' ? seconds * 1000 : Number.NaN
}

const unreadable = (name: 'SyntaxError' | 'TypeError', says: string): MessageReading => ({
  ok: false,
  name,
  says: `Failed to parse message: ${says}`,
})

function parse(text: string): { ok: true; value: unknown } | { ok: false; says: string } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, says: error instanceof Error ? error.message : String(error) }
  }
}

const clipped = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

/**
 * This server answers in order, so the first answer belongs to the first message that gets one: pings and all
 * else on `/ws`, everything but a pong on `/ws/echo`, `get_status` on `/ws/health`. Elsewhere (`endpoint` null)
 * nobody knows, and only a page ping counts as answered, by whatever comes next.
 */
export function isAnswered(endpoint: OwnEndpoint | null, payload: Payload, isPing: boolean): boolean {
  switch (endpoint) {
    case '/ws':
      return payload.opcode === 'text'
    case '/ws/echo':
      return payload.opcode === 'binary' || typeOf(payload.text) !== 'pong'
    case '/ws/health':
      return payload.opcode === 'text' && typeOf(payload.text) === 'get_status'
    case null:
      return isPing
  }
}

/** Whether this message answers one of the page's. `message` is null where it is none of this server's. */
export function isAnswer(
  endpoint: OwnEndpoint | null,
  payload: Payload,
  message: ServerMessage | null,
): boolean {
  switch (endpoint) {
    case '/ws':
      return message?.type === 'pong' || message?.type === 'echo' || message?.type === 'error'
    case '/ws/echo':
      return payload.opcode === 'binary' || message?.type === 'echo' || message?.type === 'echo_raw'
    case '/ws/health':
      return message?.type === 'health_status' && message.status === 'healthy'
    case null:
      return true
  }
}

function typeOf(text: string): unknown {
  const parsed = parse(text)
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined
  return 'type' in parsed.value ? parsed.value.type : undefined
}
