/** The stages of a probe as lines on stderr, each as it ends. */
import { printable } from '#lib/diagnosis/text.ts'
import type { StageEvent } from '#lib/evidence/progress.ts'
import { hasColour, type TextSink } from '#server/cli/io.ts'

/** A wait that is announced before it begins: shorter ones are over before one has read the line. */
const WORTH_ANNOUNCING_MS = 3000

const MARKS = { started: '…', ok: '✓', failed: '✗' } as const
const COLOURS = { started: '\u001b[2m', ok: '\u001b[32m', failed: '\u001b[31m' } as const
const PLAIN = '\u001b[0m'

export function createProgress(sink: TextSink): (event: StageEvent) => void {
  return ({ stage, state, ms, says, for_ms: forMs = 0 }) => {
    if (state === 'started' && forMs < WORTH_ANNOUNCING_MS) return
    const mark = hasColour(sink) ? `${COLOURS[state]}${MARKS[state]}${PLAIN}` : MARKS[state]
    const when = state === 'started' ? '' : `${ms} ms`
    sink.write(`${mark} ${stage.padEnd(6)} ${when.padStart(9)}  ${printable(says)}\n`)
  }
}
