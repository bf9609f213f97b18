/** Ends at a certain age, whatever travels. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const maxLifetime: BehaviourOf<'max-lifetime'> = (line, { after_seconds: afterSeconds }) => ({
  opened: () => {
    line.after(afterSeconds * 1000, () => line.cut({ client: 'fin', server: 'fin' }))
  },
})
