/** A backend in a process of its own, which is killed: the kernel hangs up for it. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const crash: BehaviourOf<'crash'> = (line, { after_seconds: afterSeconds, end }) => {
  const starting = line.backends.inOwnProcess(line)
  const cut = () => line.cut({ client: end, server: 'fin' })
  return {
    backend: () => starting,
    opened: () => {
      line.after(afterSeconds * 1000, () => starting.then(({ kill }) => kill()))
    },
    ended: cut,
  }
}
