/** Which retries the protocol above WebSocket calls for: another version of it, and sessions as its client opens them. */
import type { Signs } from '#lib/applications/application.ts'
import { isSpoken, recognize } from '#lib/applications/recognize.ts'
import { isLost, outcomeOfProbe } from '#lib/evidence/probe-outcome.ts'
import type { ProbeEvidence } from '#lib/evidence/schema.ts'
import type { Variation } from '#server/probe/question.ts'

/** Sessions that are opened: with two instances behind round robin the first already meets the other one. */
const SESSIONS = 2
/** Long enough to hear what a server says at once, or to see it close at once. */
const GLANCE_MS = 150
/** Nothing is watched: the 101 is the answer. */
const NO_WATCH_MS = 1

/** @param asked the address as it was given, before it was read as that of a WebSocket */
export function planForApplication(signs: Signs, seen: ProbeEvidence, asked: URL): Variation[] {
  const found = recognize(signs)
  if (found === undefined) return []
  const { application, by } = found
  const outcome = outcomeOfProbe(seen)
  const isFine =
    outcome.stage === 'open' && !isLost(outcome.end) && (seen.first_message || !application.greets)
  if (!isFine) {
    return (application.alternatives?.(signs) ?? []).map((vary) => ({ vary, watchMs: GLANCE_MS }))
  }
  const { session } = application
  if (session === undefined || !isSpoken(by) || !session.isBegunBy(asked)) return []
  const fresh = Array.from({ length: SESSIONS }, () => ({
    vary: { session: session.name },
    watchMs: NO_WATCH_MS,
  }))
  const given = session.isNamedBy(asked) ? [{ vary: { session: 'address' }, watchMs: NO_WATCH_MS }] : []
  return [...given, ...fresh]
}
