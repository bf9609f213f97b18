/** A client that a proxy’s log saw leave before there was an answer, and how long it had waited. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'

/** No client’s own timeout for a handshake is as short: page, tab or program ended it. */
const SHORTEST_TIMEOUT_MS = 1000

/** Undefined where no log tells so. `isAtOnce`: before any timeout; undefined where the line has no duration. */
export function gaveUp({
  ending,
  proxy,
}: Facts): { isAtOnce: boolean | undefined; because: Because } | undefined {
  if (ending.kind !== 'pending' || ending.seenBy !== 'log') return undefined
  const [because] = ending.because
  const line = proxy.access.find(({ from }) => from === because?.from)
  if (because === undefined || line === undefined) return undefined
  const { durationMs } = line.record
  if (durationMs === undefined || durationMs >= SHORTEST_TIMEOUT_MS)
    return { isAtOnce: durationMs === undefined ? undefined : false, because }
  const says = sentence`The client left after ${Math.round(durationMs)} ms, before a client’s timeout ends a handshake`
  return { isAtOnce: true, because: say(says, line.from) }
}
