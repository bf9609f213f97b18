/** What is found in a configuration of another program than nginx, line by line: these are not followed as nginx’s are. */
import type { Severity } from '#lib/configs/nginx/rule.ts'
import type { Change } from '#lib/text/fix.ts'
import type { Sentence } from '#lib/text/foreign.ts'

export type OtherFinding = {
  /** Stable, unique within its program. */
  readonly rule: string
  readonly severity: Severity
  /** Counted from 1. */
  readonly line: number
  /** Of the playbook. */
  readonly cause: string
  readonly says: Sentence
  readonly change: Change
}

/** The findings of one program in the lines of its configuration. Time grows with their length alone. */
export type OtherCheck = (lines: readonly string[]) => OtherFinding[]

/** Nobody’s silence is shorter without a heartbeat: what most proxies cut at. */
const SHORT_SECONDS = 60
/** Long enough for what people leave open. */
const LONG_SECONDS = 3600

/** How bad it is that a connection ends after so much silence; undefined where that is long enough. */
export function severityOfIdle(seconds: number): Severity | undefined {
  if (seconds >= LONG_SECONDS) return undefined
  return seconds <= SHORT_SECONDS ? 'warning' : 'info'
}

/** Each line that fits, with its number. */
export function linesWith(
  lines: readonly string[],
  pattern: RegExp,
): { readonly line: number; readonly groups: RegExpExecArray }[] {
  return lines.flatMap((text, at) => {
    const groups = text.length > LONGEST_LINE ? null : pattern.exec(text)
    return groups === null ? [] : [{ line: at + 1, groups }]
  })
}

/** Characters; longer ones are data. */
export const LONGEST_LINE = 4000
