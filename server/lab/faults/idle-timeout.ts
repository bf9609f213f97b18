/** A timer that any byte in either direction starts anew, as nginx, HAProxy and Apache have it. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'

export const idleTimeout: BehaviourOf<'idle-timeout'> = (line, { after_seconds: afterSeconds, end }) => {
  const silence = line.after(afterSeconds * 1000, () => line.cut({ client: end, server: end }))
  return {
    opened: silence.restart,
    fromClient: (bytes) => {
      silence.restart()
      line.toServer.forward(bytes)
    },
    fromServer: (bytes) => {
      silence.restart()
      line.toClient.forward(bytes)
    },
  }
}
