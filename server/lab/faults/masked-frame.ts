/** A frame that only a client may send; a browser answers it with a Close frame of 1002. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { anyMask, encodeRawFrame } from '#server/wire/raw-frame.ts'

export const maskedFrame: BehaviourOf<'masked-frame'> = (line, { after_seconds: afterSeconds }) => {
  const { pass, inject } = createInjector(line.toClient)
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => inject(frame))
    },
    fromServer: pass,
  }
}

const frame = encodeRawFrame({
  opcode: opcodes.text,
  payload: Buffer.from('{"type":"masked"}'),
  mask: anyMask,
})
