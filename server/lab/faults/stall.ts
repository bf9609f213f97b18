/** A backend in a process of its own, whose event loop stands still: the kernel still takes bytes, nobody reads them. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const stall: BehaviourOf<'stall'> = (
  line,
  { after_seconds: afterSeconds, for_seconds: forSeconds, when },
) => {
  const starting = line.backends.inOwnProcess(line)
  return {
    backend: async () => {
      const backend = await starting
      if (when === 'handshake') await backend.stall(forSeconds * 1000)
      return backend
    },
    opened: () => {
      if (when === 'open') {
        line.after(afterSeconds * 1000, () => starting.then(({ stall }) => stall(forSeconds * 1000)))
      }
    },
  }
}
