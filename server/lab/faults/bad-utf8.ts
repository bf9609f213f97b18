/** A text frame with the byte 0xFF, which is nowhere in UTF-8. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { encodeRawFrame } from '#server/wire/raw-frame.ts'

export const badUtf8: BehaviourOf<'bad-utf8'> = (line, { after_seconds: afterSeconds }) => {
  const { pass, inject } = createInjector(line.toClient)
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => inject(frame))
    },
    fromServer: pass,
  }
}

const payload = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])
const frame = encodeRawFrame({ opcode: opcodes.text, payload })
