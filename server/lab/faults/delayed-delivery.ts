/** A middlebox that gathers what the server sends; what the client sends passes at once. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createDelayLine } from '#server/lab/delay-line.ts'

export const delayedDelivery: BehaviourOf<'delayed-delivery'> = (line, { every_seconds: everySeconds }) => {
  const toClient = createDelayLine(line, line.toClient)
  const everyMs = everySeconds * 1000
  const startMs = line.now()
  const nextBurst = () => startMs + Math.ceil((line.now() - startMs) / everyMs) * everyMs
  return {
    fromServer: (bytes) => toClient.send(bytes, nextBurst()),
    ended: (side, pass) => (side === 'server' ? toClient.whenEmpty(pass) : pass()),
  }
}
