/**
 * Foreign regular expressions, as PCRE2 reads them (nginx, HAProxy, Apache httpd), matched in time proportional to the
 * text: no pattern is ever given to a backtracking engine.
 *
 * All that PCRE has is read. Tried is what such a matcher can try: sets, anchors, groups that capture, alternatives,
 * greedy, lazy and simple possessive repetitions, options, and lookarounds that capture nothing. Backreferences,
 * recursion, conditions and other atomic groups are not.
 */
import { parsePattern, readStartOptions } from '#lib/text/pattern/parse.ts'
import { type Program, programOf } from '#lib/text/pattern/program.ts'
import { Refusal, type RefusalCode } from '#lib/text/pattern/refusal.ts'
import { type Effort, search } from '#lib/text/pattern/search.ts'
import { bytesOf, codePointsOf } from '#lib/text/pattern/units.ts'

/** PCRE2's own bound is 64 kB of compiled code, which is less of a pattern. */
const LONGEST_PATTERN = 65_536
const MOST_STATES = 10_000
const MOST_GROUPS = 99
/** A tenth of a second. */
const MOST_STEPS = 2_000_000

export interface PatternMatch {
  /** Where it begins, in UTF-16 units of the text. */
  readonly index: number
  /** The whole match, then each group by number; undefined for one that took no part. */
  readonly groups: readonly (string | undefined)[]
  readonly named: ReadonlyMap<string, string | undefined>
}

/** null where there is no match; `gave-up` where that would take more steps than were granted. */
export type MatchResult = PatternMatch | null | 'gave-up'

export interface Pattern {
  readonly ok: true
  /** A match takes at most this many steps for each byte of the text, and one time more. */
  readonly states: number
  /** The first match, that which PCRE finds. Takes its steps from the effort, or from two million of its own. */
  readonly match: (text: string, effort?: Effort) => MatchResult
}

export interface RefusedPattern {
  readonly ok: false
  readonly code: RefusalCode
  /** For `invalid` in PCRE2's own words, else what can't be tried. */
  readonly says: string
  /** Where PCRE2 would point, in UTF-16 units from 1; beyond the pattern where its end came too early. */
  readonly column: number
}

/**
 * Reads a pattern; takes time proportional to its length. Its program is written when it is first matched.
 * As in nginx and HAProxy it is compared byte by byte, and only letters of ASCII have two cases, unless the pattern
 * begins with `(*UTF8)`.
 */
export function compilePattern(
  source: string,
  { caseInsensitive }: { readonly caseInsensitive: boolean },
): Pattern | RefusedPattern {
  const refuse = (code: RefusalCode, says: string, column: number) =>
    ({ ok: false, code, says, column }) as const
  if (source.length > LONGEST_PATTERN) return refuse('too-large', 'a pattern of this length', 1)
  const options = readStartOptions(source)
  const unitsOf = options.utf8 ? codePointsOf : bytesOf
  const written = unitsOf(source)
  try {
    const { root, groups, names, states } = parsePattern(written, { ...options, caseless: caseInsensitive })
    if (states > MOST_STATES) return refuse('too-large', 'a pattern that repeats so much', 1)
    if (groups > MOST_GROUPS) return refuse('too-large', 'a pattern with so many groups', 1)
    let program: Program | undefined
    const match: Pattern['match'] = (text, effort = { steps: MOST_STEPS }) => {
      program ??= programOf(root, groups)
      const units = unitsOf(text)
      const slots = search(program, units.values, effort)
      if (slots === 'gave-up') return slots
      if (!slots) return null
      const texts = Array.from({ length: groups + 1 }, (_, group) => {
        const start = slots[2 * group] ?? -1
        const end = slots[2 * group + 1] ?? -1
        return start >= 0 && end >= start ? units.slice(start, end) : undefined
      })
      const named = new Map([...names].map(([name, group]) => [name, texts[group]]))
      return { index: units.indexOf(slots[0] ?? 0), groups: texts, named }
    }
    return { ok: true, states, match }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refuse(error.code, error.message, written.indexOf(error.at) + 1)
  }
}
