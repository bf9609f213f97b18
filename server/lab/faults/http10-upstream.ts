/** What nginx speaks to its upstream by default before 1.29.7, headers forwarded all the same. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const http10Upstream: BehaviourOf<'http10-upstream'> = () => ({
  request: (head) => ({ ...head, version: '1.0' }),
})
