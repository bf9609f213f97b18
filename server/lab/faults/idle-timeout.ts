/** A timer that any byte in either direction starts anew, as nginx, HAProxy and Apache have it. */
import type { BehaviourOf, Countdown } from '#server/lab/behaviour.ts'

export const idleTimeout: BehaviourOf<'idle-timeout'> = (line, { after_seconds: afterSeconds, end }) => {
  let silence: Countdown | undefined
  return {
    opened: () => {
      silence = line.after(afterSeconds * 1000, () => line.cut({ client: end, server: end }))
    },
    fromClient: (bytes) => {
      silence?.restart()
      line.toServer.forward(bytes)
    },
    fromServer: (bytes) => {
      silence?.restart()
      line.toClient.forward(bytes)
    },
  }
}
