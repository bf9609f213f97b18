/** Which messages are answered, and which message is the answer: what a round trip can be measured by. */

import type { ServerMessage } from '#lib/protocol/messages.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'
import type { Payload } from '#lib/protocol/payload.ts'

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
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  } catch {
    return undefined
  }
}
