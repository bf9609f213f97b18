/** The server is told of a message larger than it takes. The header says it all, so no payload needs to follow. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { anyMask, encodeRawFrame } from '#server/wire/raw-frame.ts'

export const oversize: BehaviourOf<'oversize'> = (
  line,
  { after_seconds: afterSeconds, announced_bytes: announcedLength },
) => {
  const { pass, inject } = createInjector(line.toServer)
  const header = encodeRawFrame({
    opcode: opcodes.text,
    payload: Buffer.alloc(0),
    mask: anyMask,
    announcedLength,
  })
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => inject(header))
    },
    fromClient: pass,
  }
}
