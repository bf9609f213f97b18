/**
 * Times on lines of their own: `date` before and after a command, `time` around it, a chat's time above what was said.
 * A line has the time above it; what ended just above a time ended then.
 */
import type { Words } from '#lib/intake/from-words.ts'
import { timeAlone, tookMs } from '#lib/intake/times.ts'

/** The other lines that `time` prints. */
const OF_TIME = /^\s{0,8}(?:user|sys)\s{1,8}(?:\d{1,5}m)?\d{1,6}[.,]\d{1,3}s?\s{0,8}$/
const DATE_CALL = /^[$#%>] (?:\w{1,20}=\S{1,40} )?date\b[^;&|]{0,80}$/

export type Marks = {
  /** Whether a line is a time and nothing else; the words know it then. */
  read: (line: string) => boolean
  /** The time above a line, until a line that says something has come. */
  above: () => number | undefined
  /** Another line came. @param saysSomething false for a prompt, or what a shell says of itself */
  passed: (line: string, saysSomething: boolean) => void
  /** The line was a sentence about a connection. */
  wasSentence: () => void
}

export function createMarks(words: Words): Marks {
  let aboveMs: number | undefined
  /** Nothing but a call of `date` came since the last sentence. */
  let isBelow = false
  return {
    read(line) {
      const ranMs = tookMs(line)
      if (ranMs !== undefined) words.lasted(ranMs)
      const atMs = timeAlone(line)
      if (atMs !== undefined) {
        if (isBelow) words.passed(atMs)
        isBelow = false
        aboveMs = atMs
      }
      return ranMs !== undefined || atMs !== undefined || OF_TIME.test(line)
    },
    above: () => aboveMs,
    passed(line, saysSomething) {
      isBelow &&= DATE_CALL.test(line)
      if (saysSomething) aboveMs = undefined
    },
    wasSentence() {
      isBelow = true
    },
  }
}
