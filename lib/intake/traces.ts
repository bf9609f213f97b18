/** What stands around a stack trace: the message above it, and the exception that it ends with. */
import type { Meaning } from '#lib/words/meaning.ts'

const LONGEST = 1000

/** The first line of a trace: a class with its package, or what Python sets above the frames. */
const BEGINS =
  /^(?:(?:Caused by: )?(?:[A-Za-z_$][\w$]{0,60}\.){1,12}[A-Z][\w$]{1,120}(?:Exception|Error|Throwable|Failure)\b|\s{0,4}Traceback \(most recent call last\):)/
const OF_TROUBLE = /\b(?:ERROR|ERR|SEVERE|CRITICAL|FATAL|WARN(?:ING)?|error|fail|crit|warn)\b|[Ee]xception/

/** `ERROR … : Could not process the response`: its reason is the exception below. */
export const isHeadOfTrace = (line: string, below: string): boolean =>
  line.length <= LONGEST && OF_TROUBLE.test(line) && BEGINS.test(below.slice(0, LONGEST))

/** `ValueError: no session in scope`, `KeyError`: the last line of a trace of Python. */
const EXCEPTION = /^([A-Za-z_][\w.]{1,160})(?:: (.{1,900}))?$/
const MOST_SAID = 4
/** Shorter words are in many lines. */
const SHORTEST = 12

/** Said by a program that leaves its reason to the trace below. */
const LEAVES_REASON: readonly Meaning[] = ['handler-failed', 'nothing-said']

export function createTraces() {
  let said: string[] = []
  let means: Meaning | undefined
  let isTrace = false
  return {
    /** A sentence was understood. */
    told(text: string, meaning: Meaning): void {
      said = [...said.slice(1 - MOST_SAID), text]
      means = meaning
      isTrace = false
    },
    passed(isOfTrace: boolean): void {
      isTrace = isOfTrace
    },
    /** The exception that a sentence above speaks of, or has already quoted. */
    isKnown(line: string): boolean {
      const found = EXCEPTION.exec(line)
      if (found === null) return false
      const [, , message = ''] = found
      if (message.length >= SHORTEST && said.some((text) => text.includes(message))) return true
      return isTrace && means !== undefined && LEAVES_REASON.includes(means)
    },
  }
}
