/** A box on the way resets both sides; neither of them asked for it. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const reset: BehaviourOf<'reset'> = (line, { after_seconds: afterSeconds }) => ({
  opened: () => {
    line.after(afterSeconds * 1000, () => line.cut({ client: 'rst', server: 'rst' }))
  },
})
