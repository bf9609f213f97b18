/** The server's text messages as another library, another version or another kind of frame would have them. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createFrameCutter } from '#server/lab/frame-cutter.ts'
import { opcodes } from '#server/wire/frame.ts'
import { encodeRawFrame, payloadOf } from '#server/wire/raw-frame.ts'

/** Longer messages pass as they are, so that no connection can make the server hold more. */
const greatestMessage = 1024 * 1024

export const serializationMismatch: BehaviourOf<'serialization-mismatch'> = (line, { form }) => {
  const cutter = createFrameCutter()
  let collected: Buffer[] = []
  let length = 0

  const deliver = () => {
    const frame = Buffer.concat(collected)
    collected = []
    line.toClient.forward(length > greatestMessage ? frame : rewrite[form](payloadOf(frame)))
  }
  return {
    fromServer: (bytes) => {
      for (const piece of cutter.push(bytes)) {
        if (piece.opcode !== opcodes.text || !piece.fin) {
          line.toClient.forward(piece.bytes)
          continue
        }
        length = piece.starts ? piece.bytes.length : length + piece.bytes.length
        collected.push(piece.bytes)
        if (piece.ends || length > greatestMessage) deliver()
      }
    },
  }
}

const text = (payload: string) => encodeRawFrame({ opcode: opcodes.text, payload: Buffer.from(payload) })

const rewrite = {
  // What str() makes of a dictionary in Python: close to JSON, and none.
  'invalid-json': (payload: Buffer) => text(payload.toString().replaceAll('"', "'")),
  'wrong-envelope': (payload: Buffer) => text(`{"event":"message","data":${payload}}`),
  binary: (payload: Buffer) => encodeRawFrame({ opcode: opcodes.binary, payload }),
}
