/** What a page may put into a Close frame: WHATWG WebSockets, `close()`, and RFC 6455 §5.5 (125 bytes, 2 for the code). */

import { browserMaySend } from '#lib/protocol/close-codes.ts'
import { utf8Length } from '#lib/protocol/payload.ts'

export const REASON_LIMIT_BYTES = 123

export type CloseRefusal =
  | { readonly code: 'close-code-not-allowed'; readonly says: string }
  | { readonly code: 'reason-too-long'; readonly says: string; readonly reasonBytes: number }

/** Null when a page may send it. */
export function checkClose(code: number, reason: string): CloseRefusal | null {
  if (!Number.isInteger(code) || !browserMaySend(code)) {
    const says = `A page may close with 1000 or 3000 to 4999, not ${code}: the others belong to the protocol and to servers.`
    return { code: 'close-code-not-allowed', says }
  }
  const reasonBytes = utf8Length(reason)
  if (reasonBytes > REASON_LIMIT_BYTES) {
    const says = `The reason has ${reasonBytes} bytes in UTF-8; a Close frame holds ${REASON_LIMIT_BYTES}.`
    return { code: 'reason-too-long', says, reasonBytes }
  }
  return null
}
