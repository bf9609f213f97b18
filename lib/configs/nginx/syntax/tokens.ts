/**
 * Splits a configuration into the words of one directive after another, exactly as nginx does
 * (`ngx_conf_read_token` in src/core/ngx_conf_file.c): quotes, escapes, `${name}`, comments.
 */
import { ConfigError } from '#lib/configs/nginx/syntax/config-error.ts'

/** nginx reads files through a buffer of this size, and no parameter may be longer. */
const LONGEST_PARAMETER = 4096

/** A template's expression, or its statement, and how each ends. `<t` is `<tmpl_var name="ip">`, and `</` ends one. */
const MARKS: Readonly<Record<string, string>> = {
  '{{': '}}',
  '{%': '%}',
  '<%': '%>',
  '<t': '>',
  '</': '>',
}
const TAG = /^<\/?tmpl_/
/** Nobody writes longer ones, and a text without an end is searched no further. */
const LONGEST_MARK = 300
/** A template's comment, where a directive may begin: elsewhere the brace is a block's. */
const TEMPLATE_COMMENT = /\{#[^\n]{0,300}?#\}/y

/** Statements of a template: they choose between lines, and write none. `{{#if x}}`, `{{- end }}`, `{{ $x := 1 }}` are some. */
const STATEMENT =
  /^(?:<tmpl_(?!var)|<\/tmpl_|\{%-?\s*(?!include|import|extends)|<%(?![=-])|<%-(?!\s*include)|\{\{[-~]?\s*(?:[#/^!]|(?:if|else|elsif|end|range|with|block|define|break|continue)\b|\$\w+\s*:?=))/
/** What is filled in, alone on its line: it brings directives. */
const LINE =
  /(?:\$(?:\{[A-Z][A-Z0-9_]{0,60}\}|[A-Z][A-Z0-9_]{0,60})|\|[A-Z][A-Z0-9_]{0,60}\||__[A-Z][A-Z0-9_]{0,60}__|@[A-Z][A-Z0-9_]{0,60}@|%[A-Za-z]\w{0,60}%)[ \t\r]*(?=\n|$)/y
/** No line in place of others is longer. */
const LONGEST_LEFT_OUT = 300

/**
 * What begins here in place of lines that somebody left out, to its end: dots, with words beside them or none, a few
 * words in brackets, `--snip--`. A remark of another language says nothing either.
 */
function leftOutAt(text: string, at: number): string | undefined {
  if (!/[[(<.…/e-]/.test(text[at] ?? '')) return undefined
  const [line = ''] = text.slice(at, at + LONGEST_LEFT_OUT).split('\n', 1)
  if (line.startsWith('//')) return line
  const [plain = ''] = line.split(/[;{}]/, 1)
  if (line[plain.length] === '{') return undefined
  const words = plain.trim()
  const isDots = /^[[(<]? ?(?:\.{3}|…)/.test(words)
  const isBracketed = /^[[(<][^[\]()<>%]+[\])>]$/.test(words)
  const isSnip = words.startsWith('--') && words.endsWith('--') && /\w/.test(words)
  if (!isDots && !isBracketed && !isSnip && words !== 'etc' && words !== 'etc.') return undefined
  return line[plain.length] === ';' ? `${plain};` : plain
}

/** Whether a line stands for others. */
export const isLeftOut = (line: string): boolean => leftOutAt(line.trimStart(), 0) !== undefined

/** What ended a directive: `;`, the `{` of its block, the `}` of the block around it, or the file. */
export type Terminator = ';' | '{' | '}' | 'end'

export interface Statement {
  readonly words: readonly string[]
  readonly terminator: Terminator
  /** Line of the first word, from 1. */
  readonly line: number
  /** Line of the terminator, which is the one that nginx names in its errors. */
  readonly endLine: number
  /** Offsets of the first word, and behind the terminator. */
  readonly from: number
  readonly to: number
  /** It stands for lines that somebody left out: an `include` of what nobody can read. */
  readonly leftOut?: true
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  t: '\t',
  r: '\r',
  n: '\n',
}

const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\(["'\\trn])/g, (_, char: string) => ESCAPES[char] ?? char) : text

const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\r' || char === '\n'

export class Tokenizer {
  #at = 0
  #line = 1
  readonly #text: string
  readonly #file: string
  readonly #isPart: boolean
  /** A template chooses between lines of the text: not all of them are in one configuration. */
  isConditional = false

  /** `isPart`: the text may end inside a directive, and a `;` may stand alone: then its directive has no words. */
  constructor(text: string, file: string, isPart = false) {
    this.#text = text
    this.#file = file
    this.#isPart = isPart
  }

  error(message: string, line = this.#line): ConfigError {
    return new ConfigError(message, this.#file, line)
  }

  /** The next directive. Throws a ConfigError where nginx would refuse the text. */
  next(): Statement {
    const words: string[] = []
    let line = this.#line
    let from = this.#at
    const ended = (terminator: Terminator, given = words) => ({
      words: given,
      terminator,
      line,
      endLine: this.#line,
      from,
      to: this.#at,
    })
    for (;;) {
      this.#skipSpace()
      const char = this.#text[this.#at]
      if (words.length === 0) {
        line = this.#line
        from = this.#at
        const filled = this.#filledLine()
        if (filled !== undefined) return ended(';', ['include', filled])
        const left = this.#isPart ? leftOutAt(this.#text, this.#at) : undefined
        if (left !== undefined) {
          this.#pass(left)
          return { ...ended(';', ['include', left.trim()]), leftOut: true }
        }
        if (this.#passed(TEMPLATE_COMMENT) !== undefined) continue
      }
      if (this.#statementMark()) continue
      if (char === undefined) {
        if (words.length === 0) return ended('end')
        if (this.#isPart) return ended(';')
        throw this.error('unexpected end of file, expecting ";" or "}"')
      }
      if (char === ';' || (char === '{' && this.#mark() === undefined) || char === '}') {
        this.#at += 1
        const isEmpty = words.length === 0
        if (isEmpty !== (char === '}') && !(isEmpty && char === ';' && this.#isPart)) {
          throw this.error(`unexpected "${char}"`)
        }
        return ended(char)
      }
      words.push(char === '"' || char === "'" ? this.#quoted(char) : this.#bare())
    }
  }

  #skipSpace(): void {
    let comment = false
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] ?? ''
      if (char === '\n') {
        this.#line += 1
        comment = false
      } else if (char === '#') comment = true
      else if (!comment && !isSpace(char)) return
    }
  }

  /** The template's mark that begins here, to its end; undefined where none does. */
  #mark(): string | undefined {
    const end = MARKS[this.#text.slice(this.#at, this.#at + 2)]
    if (end === undefined) return undefined
    const beginning = this.#text.slice(this.#at, this.#at + LONGEST_MARK)
    if (end === '>' && !TAG.test(beginning)) return undefined
    const close = beginning.indexOf(end, 2)
    return close < 0 ? undefined : beginning.slice(0, close + end.length)
  }

  /** Steps over a statement of a template, which is no word. */
  #statementMark(): boolean {
    const mark = this.#mark()
    if (mark === undefined || !STATEMENT.test(mark)) return false
    this.isConditional = true
    this.#pass(mark)
    return true
  }

  /** What is written alone in a line, where a directive could stand: it brings whatever it brings. */
  #filledLine(): string | undefined {
    const name = this.#passed(LINE)
    if (name !== undefined) return name
    const mark = this.#mark()
    if (mark === undefined || STATEMENT.test(mark)) return undefined
    if (
      !/^[ \t\r]*(?:#[^\n]*)?(?:\n|$)/.test(
        this.#text.slice(this.#at + mark.length, this.#at + mark.length + 200),
      )
    )
      return undefined
    this.#pass(mark)
    return mark
  }

  /** What a sticky expression takes here, without the blanks at its end; steps over it. */
  #passed(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#text)?.[0]
    if (found !== undefined) this.#pass(found)
    return found?.trimEnd()
  }

  #pass(text: string): void {
    this.#at += text.length
    this.#line += text.split('\n').length - 1
  }

  #bare(): string {
    const start = this.#at
    let afterDollar = false
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] ?? ''
      if (char === '{' && afterDollar) {
        afterDollar = false
        continue
      }
      afterDollar = char === '$'
      const mark = char === '{' || char === '<' ? this.#mark() : undefined
      if (mark !== undefined) {
        this.#pass(mark.slice(1))
        continue
      }
      if (char === '\\') this.#escape()
      else if (isSpace(char) || char === ';' || char === '{') {
        return unescaped(this.#text.slice(start, this.#at))
      }
      if (this.#at - start >= LONGEST_PARAMETER) {
        throw this.error(`too long parameter "${this.#text.slice(start, start + 10)}..." started`)
      }
    }
    if (this.#isPart) return unescaped(this.#text.slice(start))
    throw this.error('unexpected end of file, expecting ";" or "}"')
  }

  #quoted(quote: string): string {
    const startLine = this.#line
    this.#at += 1
    const start = this.#at
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] ?? ''
      if (char === quote) {
        const word = unescaped(this.#text.slice(start, this.#at))
        this.#at += 1
        this.#afterQuote()
        return word
      }
      const mark = char === '{' || char === '<' ? this.#mark() : undefined
      if (mark !== undefined) {
        this.#pass(mark.slice(1))
        continue
      }
      if (char === '\n') this.#line += 1
      if (char === '\\') this.#escape()
      if (this.#at - start >= LONGEST_PARAMETER) {
        const message = `too long parameter, probably missing terminating "${quote}" character`
        throw this.error(message, startLine)
      }
    }
    throw this.error('unexpected end of file, expecting ";" or "}"')
  }

  /** Steps onto the escaped character, which then has no meaning of its own. */
  #escape(): void {
    this.#at += 1
    if (this.#text[this.#at] === '\n') this.#line += 1
  }

  /** A closing quote needs a space, a terminator, or the `)` of an `if` behind it. */
  #afterQuote(): void {
    const char = this.#text[this.#at]
    if (char === undefined || isSpace(char) || char === ';' || char === '{' || char === ')') return
    throw this.error(`unexpected "${char}"`)
  }

  /** Passes over the Lua code of a `…_by_lua_block`, to behind its closing brace. */
  skipLua(): void {
    const text = this.#text
    const token = /--\[(=*)\[|--[^\n]*|\[(=*)\[|["'{}\n]/g
    token.lastIndex = this.#at
    /** Up to where each quote is known to close nothing: one that does not would have been met on the way there. */
    const unclosed: Record<string, number> = {}
    let depth = 1
    for (let match = token.exec(text); match; match = token.exec(text)) {
      const equals = match[1] ?? match[2]
      const [found] = match
      if (equals !== undefined) {
        const close = text.indexOf(`]${equals}]`, token.lastIndex)
        token.lastIndex = close < 0 ? text.length : close + equals.length + 2
      } else if (found === '{') depth += 1
      else if (found === '}') depth -= 1
      else if ((found === '"' || found === "'") && match.index >= (unclosed[found] ?? 0)) {
        const end = endOfLuaText(text, match.index)
        if (text[end] === found) token.lastIndex = end + 1
        else unclosed[found] = end
      }
      this.#line += text.slice(match.index, token.lastIndex).split('\n').length - 1
      if (depth === 0) {
        this.#at = token.lastIndex
        return
      }
    }
    this.#at = text.length
    throw this.error('unexpected end of file, expecting "}"')
  }
}

/** Where a quoted text of Lua ends: at its closing quote, or where the line does. */
function endOfLuaText(text: string, start: number): number {
  const quote = text[start]
  let at = start + 1
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1
  return Math.min(at, text.length)
}
