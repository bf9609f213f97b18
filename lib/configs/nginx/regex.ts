/** nginx's regular expressions, which are PCRE's, tried with JavaScript's. */

export type Compiled =
  | { readonly status: 'ready'; readonly match: (subject: string) => RegExpExecArray | undefined }
  /** PCRE would take it and JavaScript does not, or trying it could take too long. */
  | { readonly status: 'untried' }
  | { readonly status: 'invalid'; readonly problem: string }

/** Steps that one match may take at worst, as estimated from the expression and the length of what it is tried on. */
const MOST_STEPS = 2 ** 20

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  xdigit: '0-9a-fA-F',
  word: '\\w',
  punct: '!-\\/:-@\\[-`{-~',
}

const TRANSLATIONS: readonly (readonly [RegExp, string])[] = [
  [/\(\?P</g, '(?<'],
  [/\(\?'(\w+)'/g, '(?<$1>'],
  [/\\A/g, '^'],
  [/\\[zZ]/g, '$'],
  [/\\h/g, '[ \\t]'],
  [/\[(\^?)\]/g, '[$1\\]'],
]

const translate = (pattern: string): string => {
  const plain = TRANSLATIONS.reduce((text, [from, to]) => text.replace(from, to), pattern)
  return plain.replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX[name] ?? whole)
}

const compiled = new Map<string, Compiled>()
const MOST_KEPT = 2000

/** Compiles once for each expression. `ignoreCase` is that of `~*`. */
export function compileRegex(pattern: string, ignoreCase: boolean): Compiled {
  const key = `${ignoreCase ? 'i' : 's'}${pattern}`
  const known = compiled.get(key)
  if (known) return known
  if (compiled.size >= MOST_KEPT) compiled.clear()
  const fresh = compile(pattern, ignoreCase)
  compiled.set(key, fresh)
  return fresh
}

function compile(pattern: string, ignoreCase: boolean): Compiled {
  const inline = pattern.startsWith('(?i)')
  const body = inline ? pattern.slice(4) : pattern
  try {
    const regex = new RegExp(translate(body), ignoreCase || inline ? 'i' : '')
    const steps = costOf(body)
    return {
      status: 'ready',
      match: (subject) =>
        steps(subject.length) > MOST_STEPS ? undefined : (regex.exec(subject) ?? undefined),
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    if (said.includes('Unterminated group'))
      return { status: 'invalid', problem: 'missing closing parenthesis' }
    if (said.includes("Unmatched ')'")) {
      return { status: 'invalid', problem: 'unmatched closing parenthesis' }
    }
    if (said.includes('Unterminated character class')) {
      return { status: 'invalid', problem: 'missing terminating ] for character class' }
    }
    return { status: 'untried' }
  }
}

/**
 * An upper bound of the steps of a backtracking matcher: every unbounded repetition may be tried at every length, and a
 * repeated group with a choice inside it multiplies.
 */
function costOf(pattern: string): (length: number) => number {
  const plain = pattern.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x')
  const repetitions = (plain.match(/[*+]|\{\d*,?\d*\}/g) ?? []).length
  const deep = repeatsChoices(plain)
  return (length) => (deep ? 2 ** length * (length + 1) : (length + 1) ** (repetitions + 1))
}

/** Whether a group with a repetition or a choice in it is itself repeated without bound. */
function repeatsChoices(plain: string): boolean {
  const groups: boolean[] = []
  for (let i = 0; i < plain.length; i += 1) {
    const char = plain[i] ?? ''
    if (char === '(') groups.push(false)
    else if (char === ')') {
      const choices = groups.pop() ?? false
      if (choices && /[*+{]/.test(plain[i + 1] ?? '')) return true
      if (choices && groups.length > 0) groups[groups.length - 1] = true
    } else if (/[*+|?{]/.test(char) && plain[i - 1] !== '(' && groups.length > 0) {
      groups[groups.length - 1] = true
    }
  }
  return false
}
