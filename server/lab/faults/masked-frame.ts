/** A frame that only a client may send; a browser answers it with a Close frame of 1002. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { encodeRawFrame, rawOpcodes } from '#server/lab/raw-frame.ts'

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
  opcode: rawOpcodes.text,
  payload: Buffer.from('{"type":"masked"}'),
  masked: true,
})
