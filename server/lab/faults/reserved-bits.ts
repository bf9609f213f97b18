/** RSV1, which marks a compressed message, where no compression was agreed on (RFC 7692 §6). */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { encodeRawFrame } from '#server/wire/raw-frame.ts'

export const reservedBits: BehaviourOf<'reserved-bits'> = (line, { after_seconds: afterSeconds }) => {
  const { pass, inject } = createInjector(line.toClient)
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => inject(frame))
    },
    fromServer: pass,
  }
}

const rsv1 = 4
const frame = encodeRawFrame({ opcode: opcodes.text, payload: Buffer.from('{}'), reserved: rsv1 })
