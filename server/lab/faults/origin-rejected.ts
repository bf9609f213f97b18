/** A backend that does not know this page's origin, and says so in its log and events. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const originRejected: BehaviourOf<'origin-rejected'> = (line, { answer }) => ({
  backend: () => line.backends.allowingNobody(answer === '1008' ? 1008 : 403),
})
