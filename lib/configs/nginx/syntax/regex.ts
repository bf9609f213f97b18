/** nginx's regular expressions, which are PCRE2's, compiled once each. */
import { compilePattern, type PatternMatch } from '#lib/text/pattern/pattern.ts'

/** Why an expression is untried where there is no patience left. */
export const MORE_THAN_WORTH = 'the configuration has more to compare than is worth it'

export type Compiled =
  | {
      readonly status: 'ready'
      /** Undefined where it does not match; `untried` where that would take more patience than there is left. */
      readonly match: (subject: string, patience: Patience) => PatternMatch | 'untried' | undefined
    }
  /** PCRE2 takes it, and our matcher can't try it: `what` is in it. */
  | { readonly status: 'untried'; readonly what: string }
  /** As nginx says it after `pcre2_compile() failed: `. */
  | { readonly status: 'invalid'; readonly problem: string }

/** Steps that all matches on behalf of one request may still take: a configuration can have any number of them. */
export interface Patience {
  steps: number
}

/** Some tenths of a second for one request; about a second for all that a check of a configuration asks. */
export const freshPatience = (isForAll = false): Patience => ({ steps: isForAll ? 2 ** 24 : 2 ** 22 })

const compiled = new Map<string, Compiled>()
/** In characters and states, of which each takes some 50 bytes. */
const MOST_KEPT = 1_000_000
/** Steps that compiling takes for each of them. */
const COMPILING = 16
/** And each match, before it looks at anything. */
const BEGINNING = 16
let kept = 0

/**
 * Compiled once, and again where it was let go of. `ignoreCase` is that of `~*`. Who wants to know only whether nginx
 * takes it, which costs what reading it does, needs no patience for that.
 */
export function compileRegex(pattern: string, ignoreCase: boolean, patience?: Patience): Compiled {
  const key = `${ignoreCase ? 'i' : 's'}${pattern}`
  const known = compiled.get(key)
  if (known) return known
  if (patience && patience.steps < 0) return { status: 'untried', what: MORE_THAN_WORTH }
  const { regex, states } = compile(pattern, ignoreCase)
  const size = pattern.length + states
  if (patience) patience.steps -= COMPILING * size
  if (kept > MOST_KEPT) {
    compiled.clear()
    kept = 0
  }
  kept += size
  compiled.set(key, regex)
  return regex
}

function compile(pattern: string, ignoreCase: boolean): { regex: Compiled; states: number } {
  const found = compilePattern(pattern, { caseInsensitive: ignoreCase })
  if (found.ok) {
    const match = (subject: string, patience: Patience) => {
      patience.steps -= BEGINNING
      const result = found.match(subject, patience)
      return result === 'gave-up' ? 'untried' : (result ?? undefined)
    }
    return { regex: { status: 'ready', match }, states: found.states }
  }
  if (found.code !== 'invalid') return { regex: { status: 'untried', what: found.says }, states: 0 }
  const rest = pattern.slice(found.column - 1)
  const problem = `${found.says} in "${pattern}"${rest === '' ? '' : ` at "${rest}"`}`
  return { regex: { status: 'invalid', problem }, states: 0 }
}
