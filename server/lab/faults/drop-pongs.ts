/** Takes the client's pong frames out, whole, and lets all others pass. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createFrameCutter } from '#server/lab/frame-cutter.ts'
import { opcodes } from '#server/wire/frame.ts'

export const dropPongs: BehaviourOf<'drop-pongs'> = (line) => {
  const cutter = createFrameCutter()
  return {
    fromClient: (bytes) => {
      for (const piece of cutter.push(bytes)) {
        if (piece.opcode !== opcodes.pong) line.toServer.forward(piece.bytes)
      }
    },
  }
}
