/** Ends every connection of its group at the same instant, and nobody else's. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const reload: BehaviourOf<'reload'> = (line, { after_seconds: afterSeconds, group }) => {
  const cut = (member: typeof line) => member.cut({ client: 'fin', server: 'fin' })
  return {
    opened: () => {
      if (group === '') line.after(afterSeconds * 1000, () => cut(line))
      else line.join(group).once(afterSeconds * 1000, cut)
    },
  }
}
