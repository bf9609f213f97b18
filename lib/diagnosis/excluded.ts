/** What a report excludes, as it is told wherever reports are: what was plausible by name, the rest as one number. */
import type { Report } from '#lib/diagnosis/report.ts'
import type { Sentence } from '#lib/text/foreign.ts'

type RuledOut = Report['ruled_out'][number]

export interface Excluded {
  readonly plausible: readonly RuledOut[]
  /** What never fitted: most of the catalogue. */
  readonly rest: readonly RuledOut[]
  /** What excludes most of the rest; undefined where there is none. */
  readonly because: Sentence | undefined
}

export function excludedOf({ ruled_out: all }: Report): Excluded {
  const rest = all.filter(({ plausible }) => plausible !== true)
  const groups = Map.groupBy(rest, ({ because }) => because[0]?.says)
  const [most] = [...groups].toSorted(([, a], [, b]) => b.length - a.length)
  return { plausible: all.filter(({ plausible }) => plausible === true), rest, because: most?.[0] }
}
