import { headerValue } from '#lib/evidence/headers.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import { isApplicationCode, SUBPROTOCOL_NOT_ACCEPTABLE } from '#lib/protocol/close-codes.ts'

/**
 * The server picked a subprotocol, the probe said what its protocol asks for, and the server answered to that, with a
 * message or a code of its own: its end is then no matter of the subprotocol.
 */
export function hasSpoken({ http, sent = [], first_message: first, end }: ProbeEvidence = {}): boolean {
  const isPicked = headerValue(http?.headers, 'sec-websocket-protocol') !== undefined
  if (!isPicked || !sent.some(({ means }) => means !== undefined)) return false
  const { code } = end ?? {}
  const isOwnCode = typeof code === 'number' && isApplicationCode(code) && code !== SUBPROTOCOL_NOT_ACCEPTABLE
  return first !== undefined || isOwnCode
}
