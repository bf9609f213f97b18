/** A server that takes everybody and closes on those who say nothing first. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createFrameCutter } from '#server/lab/frame-cutter.ts'
import { createInjector } from '#server/lab/injector.ts'
import { opcodes } from '#server/wire/frame.ts'
import { encodeClosePayload, encodeRawFrame } from '#server/wire/raw-frame.ts'

/** How long the client may take to answer the Close frame. */
const answerTimeoutMs = 3000

export const firstMessage: BehaviourOf<'first-message'> = (
  line,
  { within_seconds: withinSeconds, code, reason, end },
) => {
  const { pass, inject } = createInjector(line.toClient)
  const cutter = createFrameCutter()
  let isSaid = false
  let isClosing = false

  const close = () => {
    if (end === 'fin') return line.cut({ client: 'fin', server: 'fin' })
    const payload = encodeClosePayload(code, reason)
    inject(encodeRawFrame({ opcode: opcodes.close, payload }), () => {
      isClosing = true
      line.after(answerTimeoutMs, () => line.cut({ client: 'fin', server: 'fin' }))
    })
  }
  return {
    opened: () => {
      line.after(withinSeconds * 1000, () => {
        if (!isSaid) close()
      })
    },
    fromClient: (bytes) => {
      if (!isSaid) isSaid = cutter.push(bytes).some(({ opcode }) => opcode < opcodes.close)
      line.toServer.forward(bytes)
    },
    // Nothing may follow a Close frame (RFC 6455 §5.5.1).
    fromServer: (bytes) => {
      if (!isClosing) pass(bytes)
    },
  }
}
