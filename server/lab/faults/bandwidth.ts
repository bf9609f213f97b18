/** A narrow line: a chunk arrives when all of its bytes would have come through. */
import type { BehaviourOf, Lane, Line } from '#server/lab/behaviour.ts'
import { createDelayLine } from '#server/lab/delay-line.ts'

export const bandwidth: BehaviourOf<'bandwidth'> = (line, { bytes_per_second: bytesPerSecond }) => {
  const toClient = createNarrowLine(line, line.toClient, bytesPerSecond)
  const toServer = createNarrowLine(line, line.toServer, bytesPerSecond)
  return {
    fromClient: toServer.send,
    fromServer: toClient.send,
    ended: (side, pass) => (side === 'client' ? toServer : toClient).whenEmpty(pass),
  }
}

function createNarrowLine(line: Line, lane: Lane, bytesPerSecond: number) {
  const delayLine = createDelayLine(line, lane)
  let freeAtMs = 0
  return {
    send: (bytes: Buffer) => {
      freeAtMs = Math.max(freeAtMs, line.now()) + (bytes.length / bytesPerSecond) * 1000
      delayLine.send(bytes, freeAtMs)
    },
    whenEmpty: delayLine.whenEmpty,
  }
}
