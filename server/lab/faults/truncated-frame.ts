/** Half of what a frame announced, then the end. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { encodeRawFrame } from '#server/wire/raw-frame.ts'

export const truncatedFrame: BehaviourOf<'truncated-frame'> = (
  line,
  { after_seconds: afterSeconds, announced_bytes: announcedLength },
) => {
  const { pass, inject } = createInjector(line.toClient)
  const payload = Buffer.alloc(Math.floor(announcedLength / 2), 'x')
  const frame = encodeRawFrame({ opcode: opcodes.text, payload, announcedLength })
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => inject(frame, () => line.cut({ client: 'fin', server: 'fin' })))
    },
    fromServer: pass,
  }
}
