/** TCP connects at once; the 101 takes its time. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const slowHandshake: BehaviourOf<'slow-handshake'> = (_line, { after_seconds: afterSeconds }) => ({
  responseDelayMs: afterSeconds * 1000,
})
