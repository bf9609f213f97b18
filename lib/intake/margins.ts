/**
 * What stands before each line of a configuration that was copied out of something else: `> ` of a reply, numbers of
 * `cat -n`, `grep -n` and editors, `+` and `-` of a diff, the backslashes of a shell's here-document.
 */
import { isConfigurationLine } from '#lib/intake/configurations/nginx.ts'
import type { Lines } from '#lib/intake/lines.ts'

/** Fewer lines are no copy, but chance. */
const FEWEST_LINES = 3

/** The same lines; of a diff what was taken away is blank. */
export function withoutMargins(lines: Lines): Lines {
  const runs: Run[] = []
  for (let at = 0; at < lines.length; ) {
    const run = hunkAt(lines, at) ?? quotedAt(lines, at) ?? numberedAt(lines, at)
    if (run && isConfiguration(lines, run)) runs.push(run)
    at = run?.to ?? at + 1
  }
  if (runs.length === 0) return withoutBackslashes(lines)
  return withoutBackslashes(lines.changed((line, at) => runAt(runs, at)?.bare(line) ?? line))
}

/** Lines with a margin, from an index on, up to another; `bare` takes it off one of them. */
type Run = { readonly from: number; readonly to: number; readonly bare: (line: string) => string }

function isConfiguration(lines: Lines, { from, to, bare }: Run): boolean {
  let found = 0
  for (let at = from; at < to && found < 2; at++) if (isConfigurationLine(bare(lines.at(at)))) found++
  return found === 2
}

function runAt(runs: readonly Run[], at: number): Run | undefined {
  let [from, to] = [0, runs.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((runs[middle]?.to ?? 0) <= at) from = middle + 1
    else to = middle
  }
  const run = runs[from]
  return run !== undefined && run.from <= at ? run : undefined
}

const QUOTE = /^\s{0,3}(?:> ?){1,6}/

function quotedAt(lines: Lines, from: number): Run | undefined {
  let to = from
  while (to < lines.length && QUOTE.test(lines.at(to))) to++
  return to - from >= FEWEST_LINES ? { from, to, bare: (line) => line.replace(QUOTE, '') } : undefined
}

/** A number, and what divides it from the line: a tab, a bar, a colon, blanks; `-` is grep's, beside a line that it found. */
const NUMBER = /^\s{0,8}(\d{1,6})(?:\t|\s{0,3}[|│:] ?|-|[.)] ?|\s{1,4}|$)/

function numberedAt(lines: Lines, from: number): Run | undefined {
  let last: number | undefined
  let to = from
  for (; to < lines.length; to++) {
    const found = NUMBER.exec(lines.at(to))
    const number = Number(found?.[1])
    if (found === null || (last !== undefined && number !== last + 1)) break
    last = number
  }
  return to - from >= FEWEST_LINES ? { from, to, bare: (line) => line.replace(NUMBER, '') } : undefined
}

const HUNK = /^@@ -\d{1,6}(?:,\d{1,6})? \+\d{1,6}(?:,\d{1,6})? @@/
const HEAD =
  /^(?:diff --git |index [0-9a-f]{4,}|--- |\+\+\+ |new file mode|old mode|new mode|similarity index|rename )/

function hunkAt(lines: Lines, from: number): Run | undefined {
  const first = lines.at(from)
  if (!HUNK.test(first) && !(HEAD.test(first) && isDiff(lines, from))) return undefined
  let to = from
  while (to < lines.length && isOfHunk(lines.at(to))) to++
  return { from, to, bare: (line) => (isToldByHunk(line) ? '' : line.slice(1)) }
}

/** Beside what is there now: heads, and what was taken away. */
const isToldByHunk = (line: string): boolean =>
  HUNK.test(line) || HEAD.test(line) || line.startsWith('-') || line.startsWith('\\')

const isOfHunk = (line: string): boolean => isToldByHunk(line) || line === '' || /^[ +]/.test(line)

/** A head of a diff has a hunk below it. */
const isDiff = (lines: Lines, at: number): boolean => lines.some(at, at + 8, (line) => HUNK.test(line))

/** `\$` of nginx's own variables, as they are written where a shell would replace them. */
const ESCAPED = /\\\$\{?(?:http_|host\b|scheme\b|remote_|proxy_|request_|uri\b|connection_upgrade\b|server_)/

function withoutBackslashes(lines: Lines): Lines {
  if (!lines.some(0, lines.length, (line) => ESCAPED.test(line))) return lines
  return lines.changed((line) => (isConfigurationLine(line) ? line.replaceAll('\\$', '$') : line))
}
