/**
 * A Close frame in the server's name, with any code and reason. The client's answer reaches the server, so that both
 * sides tell of the same code.
 */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { encodeClosePayload, encodeRawFrame } from '#server/wire/raw-frame.ts'

/** Time for the frame to be read before the reset, which would otherwise overtake it in the client. */
const beforeResetMs = 50
/** How long the client may take to answer the Close frame. */
const answerTimeoutMs = 3000

export const close: BehaviourOf<'close'> = (line, { after_seconds: afterSeconds, code, reason, end }) => {
  const { pass, inject } = createInjector(line.toClient)
  let isClosing = false
  const frame = encodeRawFrame({ opcode: opcodes.close, payload: encodeClosePayload(code, reason) })
  const closed = () => {
    isClosing = true
    if (end === 'fin') line.after(answerTimeoutMs, () => line.cut({ client: 'fin', server: 'fin' }))
    if (end === 'rst') line.after(beforeResetMs, () => line.cut({ client: 'rst', server: 'fin' }))
  }
  return {
    opened: () => {
      line.after(afterSeconds * 1000, () => inject(frame, closed))
    },
    // Nothing may follow a Close frame (RFC 6455 §5.5.1).
    fromServer: (bytes) => {
      if (!isClosing) pass(bytes)
    },
    ended: (side, passEnd) => {
      if (isClosing && end === 'open') line.hangUp(side, 'fin')
      else passEnd()
    },
  }
}
