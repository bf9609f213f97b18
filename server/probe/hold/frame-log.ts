/**
 * The frames that evidence lists: the first ones and the last ones of a long connection, since the story is at
 * its ends. What lies between is counted. No gap ever makes a good sequence of fragments look like a bad one.
 */
import type { FrameHeader } from '#server/wire/frame.ts'

export const MOST_FIRST_FRAMES = 400
export const MOST_LAST_FRAMES = 100

const isControl = ({ opcode }: FrameHeader): boolean => opcode >= 8
const isWhole = ({ opcode, fin }: FrameHeader): boolean => fin && opcode !== 0

export function createFrameLog<Frame extends FrameHeader>() {
  const first: Frame[] = []
  const last: Frame[] = []
  let count = 0
  let endsInsideMessage = false

  return {
    add(frame: Frame) {
      count += 1
      if (first.length < MOST_FIRST_FRAMES) {
        first.push(frame)
        if (!isControl(frame)) endsInsideMessage = !frame.fin
        return
      }
      last.push(frame)
      if (last.length > MOST_LAST_FRAMES) last.shift()
    },
    frames(): Frame[] {
      if (count === first.length + last.length) return [...first, ...last]
      // After the gap nobody knows which message a fragment belongs to.
      const tellable = (frame: Frame) => isControl(frame) || (isWhole(frame) && !endsInsideMessage)
      return [...first, ...last.filter(tellable)]
    },
    count: () => count,
  }
}
