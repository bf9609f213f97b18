/** A middlebox that gathers what the server sends; what the client sends passes at once. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createDelayLine } from '#server/lab/delay-line.ts'
import { createFrameCutter } from '#server/lab/frame-cutter.ts'
import { opcodes } from '#server/wire/frame.ts'

export const delayedDelivery: BehaviourOf<'delayed-delivery'> = (
  line,
  { every_seconds: everySeconds, held },
) => {
  const toClient = createDelayLine(line, line.toClient)
  const cutter = createFrameCutter()
  const everyMs = everySeconds * 1000
  const startMs = line.now()
  const nextBurst = () => startMs + Math.ceil((line.now() - startMs) / everyMs) * everyMs
  return {
    fromServer: (bytes) => {
      // Control frames may stand between the frames of others (RFC 6455 §5.4), and so overtake them.
      for (const { opcode, bytes: piece } of cutter.push(bytes)) {
        const passes = held === 'messages' && (opcode === opcodes.ping || opcode === opcodes.pong)
        if (passes) line.toClient.forward(piece)
        else toClient.send(piece, nextBurst())
      }
    },
    ended: (side, pass) => (side === 'server' ? toClient.whenEmpty(pass) : pass()),
  }
}
