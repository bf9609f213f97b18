/** Whether what the server sent last reached the system of its peer, as the system of the server counts. */
import { type BackendView, serverPath } from '#lib/facts/backend.ts'
import { type Because, say } from '#lib/facts/because.ts'
import { sentence } from '#lib/text/foreign.ts'

/** Linux doubles its wait from 0.2 s on: one packet that is lost by chance is acknowledged before the third time. */
const FEWEST_TIMES = 3

/** Undefined where it was acknowledged, where nobody counted, or where it was sent again too few times to tell. */
export function unheardIn({ unacknowledged }: Pick<BackendView, 'unacknowledged'>): Because | undefined {
  if (unacknowledged === undefined || unacknowledged.times < FEWEST_TIMES) return undefined
  const { bytes, times, at } = unacknowledged
  return say(
    sentence`The server sent its last ${bytes} bytes again ${times} times, and the machine at the other end acknowledged none`,
    serverPath(at),
  )
}
