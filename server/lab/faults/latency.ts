/** A long way: each byte arrives later, in order, in both directions. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { createDelayLine } from '#server/lab/delay-line.ts'

export const latency: BehaviourOf<'latency'> = (line, { delay_ms: delayMs, jitter_ms: jitterMs }) => {
  const toClient = createDelayLine(line, line.toClient)
  const toServer = createDelayLine(line, line.toServer)
  const due = () => line.now() + delayMs + line.random() * jitterMs
  return {
    // The request and its answer make the same way.
    responseDelayMs: 2 * delayMs,
    fromClient: (bytes) => toServer.send(bytes, due()),
    fromServer: (bytes) => toClient.send(bytes, due()),
    ended: (side, pass) => (side === 'client' ? toServer : toClient).whenEmpty(pass),
  }
}
