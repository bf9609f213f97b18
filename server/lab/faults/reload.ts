/** Ends every connection of its group at the same instant, once the old worker's time is over, and nobody else's. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const reload: BehaviourOf<'reload'> = (
  line,
  { after_seconds: afterSeconds, grace_seconds: graceSeconds, group },
) => {
  const cutAfterMs = (afterSeconds + graceSeconds) * 1000
  const cut = (member: typeof line) => member.cut({ client: 'fin', server: 'fin' })
  return {
    opened: () => {
      if (group === '') line.after(cutAfterMs, () => cut(line))
      else line.join(group).once(cutAfterMs, cut)
    },
  }
}
