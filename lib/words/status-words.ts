/** What an HTTP answer to the handshake means, whichever program prints its status. */
import type { Said } from '#lib/words/meaning.ts'

/** @param status an HTTP status as digits, or the number itself */
export function saidOfStatus(status: string | number | undefined): Said {
  const number = Number(status)
  if (number === 407) return { means: 'proxy-authentication', status: number }
  // Answered with 101, and the client still called it unexpected: the 101 itself is not acceptable.
  if (number === 101) return { means: 'bad-101', status: number }
  return { means: 'status', status: number }
}
