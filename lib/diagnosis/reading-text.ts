/** What was read of what a person brought, piece by piece, as plain text. */
import type { SourceReading } from '#lib/intake/pieces.ts'
import { foreign } from '#lib/text/foreign.ts'

/** A line a piece, then what was not understood; ends with a blank line. */
export function describeReading(read: readonly SourceReading[]): string {
  const lines = read.flatMap(({ file, pieces, unread, unread_count: count }) => [
    `Read ${foreign(file)}:`,
    ...pieces.map(
      ({ kind, program, lines: range, says }) =>
        `  ${spanOf(range)}  ${kind}${program === undefined ? '' : ` (${program})`}: ${says}`,
    ),
    ...unread.map(({ line, text }) => `  line ${line}  not understood: ${foreign(text)}`),
    ...(count > unread.length ? [`  and ${count - unread.length} more lines that were not understood`] : []),
    ...(pieces.length === 0 && count === 0 ? ['  nothing: it is empty'] : []),
  ])
  return `${lines.join('\n')}\n\n`
}

const spanOf = ([from, to]: readonly [number, number]): string =>
  from === to ? `line ${from}` : `lines ${from}–${to}`
