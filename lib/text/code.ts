/**
 * Code that a reader pastes: of which syntax it is, and that nothing foreign stands in it as it came.
 *
 * Each syntax has a tag, which takes numbers, code of the same syntax, and what its own quoting made of foreign text:
 * js`new WebSocket(${js.string(url)})`. A plain string does not fit.
 */

declare const syntax: unique symbol

/** Languages, configurations, and `setting` for what is not typed but set by hand. */
export type Syntax =
  | 'shell'
  | 'js'
  | 'python'
  | 'go'
  | 'ruby'
  | 'elixir'
  | 'csharp'
  | 'java'
  | 'nginx'
  | 'haproxy'
  | 'apache'
  | 'caddy'
  | 'yaml'
  | 'vcl'
  | 'squid'
  | 'lighttpd'
  | 'csp'
  | 'env'
  | 'setting'
  | 'diff'

export type Code<S extends Syntax = Syntax> = string & { readonly [syntax]: S }

type Write<S extends Syntax> = (
  text: TemplateStringsArray,
  ...parts: readonly (number | Code<S>)[]
) => Code<S>

type Quoting = Readonly<Record<string, (...given: never[]) => string>>

type Quotes<S extends Syntax, Q extends Quoting> = {
  readonly [Name in keyof Q]: (...given: Parameters<Q[Name]>) => Code<S>
}

/**
 * The tag of a syntax, and its ways to make a word, a string or a value of foreign text. What those return is
 * trusted: only this folder makes any.
 */
export function syntaxOf<S extends Syntax, Q extends Quoting>(_: S, quoting: Q): Write<S> & Quotes<S, Q> {
  const write: Write<S> = (text, ...parts) => String.raw({ raw: text }, ...parts) as Code<S>
  return Object.assign(write, quoting as unknown as Quotes<S, Q>)
}

/** Pieces of code one after the other. */
export const joined = <S extends Syntax>(
  pieces: readonly Code<S>[],
  between: ' ' | ', ' | '\n' | ' \\\n  ',
): Code<S> => pieces.join(between) as Code<S>

/** Each line of it, where none of its words has several. */
export const linesOfCode = <S extends Syntax>(code: Code<S>): Code<S>[] => code.split('\n') as Code<S>[]

/** In place of what a syntax cannot say, or a program would take for something else. No shell acts on it. */
export const YOUR_VALUE = 'YOUR_VALUE'

/**
 * The host of a URL where it is a name or an address (IPv6 in brackets or without), else `YOUR_HOST`: to browsers
 * `a;{touch,x}` and `-oProxyCommand=x` are hosts too.
 */
export const plainHost = (host: string): string =>
  /^(?!-)[\w.:-]+$|^\[[\w.:-]+\]$/.test(host) ? host : 'YOUR_HOST'
