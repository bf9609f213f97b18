/** From a certain moment on nothing passes, not even the end of a side. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const halfOpen: BehaviourOf<'half-open'> = (line, { after_seconds: afterSeconds }) => {
  let isSilent = false
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => {
        isSilent = true
      })
    },
    fromClient: (bytes) => {
      if (!isSilent) line.toServer.forward(bytes)
    },
    fromServer: (bytes) => {
      if (!isSilent) line.toClient.forward(bytes)
    },
    ended: (_side, pass) => {
      if (!isSilent) pass()
    },
  }
}
