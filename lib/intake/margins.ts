/**
 * What stands before each line of a configuration that was copied out of something else: `> ` of a reply, numbers of
 * `cat -n`, `grep -n` and editors, `+` and `-` of a diff, the backslashes of a shell's here-document.
 */
import { isConfigurationLine } from '#lib/intake/configurations.ts'
import type { Line } from '#lib/intake/lines.ts'

/** Fewer lines are no copy, but chance. */
const FEWEST_LINES = 3

/** Lines with the same numbers as before; of a diff what was taken away is blank. */
export function withoutMargins(lines: readonly Line[]): readonly Line[] {
  let bare: Line[] | undefined
  for (let at = 0; at < lines.length; ) {
    const run = hunkAt(lines, at) ?? quotedAt(lines, at) ?? numberedAt(lines, at)
    if (run === undefined) {
      at += 1
      continue
    }
    const isConfiguration = run.filter(isConfigurationLine).length >= 2
    if (isConfiguration) {
      bare ??= [...lines]
      for (const [offset, text] of run.entries()) {
        bare[at + offset] = { number: lines[at + offset]?.number ?? 0, text }
      }
    }
    at += run.length
  }
  return withoutBackslashes(bare ?? lines)
}

/** Texts of the lines of a run without their margin. */
type Run = readonly string[]

const QUOTE = /^\s{0,3}(?:> ?){1,6}/

function quotedAt(lines: readonly Line[], at: number): Run | undefined {
  const run: string[] = []
  for (let index = at; index < lines.length; index++) {
    const text = lines[index]?.text ?? ''
    if (!QUOTE.test(text)) break
    run.push(text.replace(QUOTE, ''))
  }
  return run.length >= FEWEST_LINES ? run : undefined
}

/** A number, and what divides it from the line: a tab, a bar, a colon, blanks; `-` is grep's, beside a line that it found. */
const NUMBER = /^\s{0,8}(\d{1,6})(?:\t|\s{0,3}[|│:] ?|-|[.)] ?|\s{1,4}|$)/

function numberedAt(lines: readonly Line[], at: number): Run | undefined {
  const run: string[] = []
  let last: number | undefined
  for (let index = at; index < lines.length; index++) {
    const text = lines[index]?.text ?? ''
    const found = NUMBER.exec(text)
    const number = Number(found?.[1])
    if (found === null || (last !== undefined && number !== last + 1)) break
    last = number
    run.push(text.slice(found[0].length))
  }
  return run.length >= FEWEST_LINES ? run : undefined
}

const HUNK = /^@@ -\d{1,6}(?:,\d{1,6})? \+\d{1,6}(?:,\d{1,6})? @@/
const HEAD =
  /^(?:diff --git |index [0-9a-f]{4,}|--- |\+\+\+ |new file mode|old mode|new mode|similarity index|rename )/

function hunkAt(lines: readonly Line[], at: number): Run | undefined {
  const first = lines[at]?.text ?? ''
  if (!HUNK.test(first) && !(HEAD.test(first) && isDiff(lines, at))) return undefined
  const run: string[] = []
  for (let index = at; index < lines.length; index++) {
    const text = lines[index]?.text ?? ''
    if (HUNK.test(text) || HEAD.test(text) || text.startsWith('-') || text.startsWith('\\')) run.push('')
    else if (text === '' || /^[ +]/.test(text)) run.push(text.slice(1))
    else break
  }
  return run
}

/** A head of a diff has a hunk below it. */
const isDiff = (lines: readonly Line[], at: number): boolean =>
  lines.slice(at, at + 8).some(({ text }) => HUNK.test(text))

/** `\$` of nginx's own variables, as they are written where a shell would replace them. */
const ESCAPED = /\\\$\{?(?:http_|host\b|scheme\b|remote_|proxy_|request_|uri\b|connection_upgrade\b|server_)/

function withoutBackslashes(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ text }) => ESCAPED.test(text))) return lines
  return lines.map((line) =>
    isConfigurationLine(line.text) ? { ...line, text: line.text.replaceAll('\\$', '$') } : line,
  )
}
