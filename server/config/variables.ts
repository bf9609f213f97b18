/** Readers for environment variables, which collect problems instead of stopping at the first. */

/** A value, or what would have been allowed. */
export type Parsed<T> = { readonly value: T } | { readonly allowed: string }

export interface Reader {
  number(name: string, fallback: number, limits: { above: number }): number
  integer(name: string, fallback: number, limits: { from: number; to: number }): number
  choice<T extends string>(
    name: string,
    fallback: T,
    choices: readonly T[],
    aliases?: Readonly<Record<string, T>>,
  ): T
  /** An absolute URL with one of these schemes, without a trailing slash. */
  url(name: string, schemes: readonly string[]): string | undefined
  /** Comma-separated; `text` is what to read, and each item is judged alone. */
  list(name: string, text: string, parse: (item: string) => Parsed<string>): readonly string[]
  parsed<T>(name: string, fallback: T, parse: (text: string) => Parsed<T>): T
  problem(name: string, allowed: string): void
}

const decimal = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Calls `build` with a reader; the result is what it built, or every problem that was met, one line each. */
export function readVariables<T>(
  environment: Readonly<Record<string, string | undefined>>,
  build: (read: Reader) => T,
): { ok: true; config: T } | { ok: false; problems: readonly string[] } {
  const problems: string[] = []

  const report = (name: string, value: string, allowed: string) =>
    problems.push(`${name}=${JSON.stringify(value)} is not allowed. Allowed: ${allowed}.`)

  const parsed = <V>(name: string, fallback: V, parse: (text: string) => Parsed<V>): V => {
    const text = environment[name]?.trim()
    if (text === undefined || text === '') return fallback
    const result = parse(text)
    if ('value' in result) return result.value
    report(name, text, result.allowed)
    return fallback
  }

  const config = build({
    parsed,
    problem: (name, allowed) => report(name, environment[name]?.trim() ?? '', allowed),
    number: (name, fallback, { above }) =>
      parsed(name, fallback, (text): Parsed<number> => {
        const value = decimal.test(text) ? Number(text) : Number.NaN
        return Number.isFinite(value) && value > above
          ? { value }
          : { allowed: `a number above ${above}, for example ${fallback}` }
      }),
    integer: (name, fallback, { from, to }) =>
      parsed(name, fallback, (text): Parsed<number> => {
        const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
        return value >= from && value <= to
          ? { value }
          : { allowed: `a whole number from ${from} to ${to}, for example ${fallback}` }
      }),
    choice: <C extends string>(
      name: string,
      fallback: C,
      choices: readonly C[],
      aliases: Readonly<Record<string, C>> = {},
    ) =>
      parsed(name, fallback, (text): Parsed<C> => {
        const wanted = text.toLowerCase()
        const value = choices.find((choice) => choice === (aliases[wanted] ?? wanted))
        return value === undefined ? { allowed: choices.join(' or ') } : { value }
      }),
    url: (name, schemes) =>
      parsed<string | undefined>(name, undefined, (text) => {
        const url = URL.canParse(text) ? new URL(text) : undefined
        if (url && schemes.includes(url.protocol) && !url.username && !url.password && !url.hash) {
          return { value: text.replace(/\/+$/, '') }
        }
        return { allowed: `an absolute URL that starts with ${schemes.map((s) => `${s}//`).join(' or ')}` }
      }),
    list: (name, text, parse) => {
      const values = new Set<string>()
      for (const item of text.split(',').map((part) => part.trim())) {
        if (item === '') continue
        const result = parse(item)
        if ('value' in result) values.add(result.value)
        else report(name, item, result.allowed)
      }
      return [...values]
    },
  })
  return problems.length === 0 ? { ok: true, config } : { ok: false, problems }
}
