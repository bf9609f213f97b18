/** One direction of a relay: bytes from one socket to the other, with the receiver's pace put upon the sender. */
import type { Socket } from 'node:net'
import type { Lane } from '#server/lab/behaviour.ts'

export function createLane(sender: Socket, receiver: Socket): Lane {
  let holders = 0
  let draining = false

  const hold = () => {
    holders += 1
    sender.pause()
    let held = true
    return () => {
      if (!held) return
      held = false
      holders -= 1
      if (holders === 0) sender.resume()
    }
  }

  const forward = (bytes: Buffer) => {
    if (!receiver.writable) return
    if (receiver.write(bytes) || draining) return
    draining = true
    const release = hold()
    receiver.once('drain', () => {
      draining = false
      release()
    })
  }
  return { forward, hold }
}
