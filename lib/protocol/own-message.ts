/** A message from one of our own endpoints as a client reads it: what it says, or why it cannot be read. */

import { type ServerMessage, serverMessage } from '#lib/protocol/messages.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import type { Payload } from '#lib/protocol/payload.ts'

export type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'

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
