/** A configuration as a tree of directives, with every `include` replaced by what it brings. */
import { ConfigError } from '#lib/configs/nginx/syntax/config-error.ts'
import { debianText, passesNothing } from '#lib/configs/nginx/syntax/debian.ts'
import { expandGlob, hasMagic } from '#lib/configs/nginx/syntax/glob.ts'
import { environmentIn, marksIn } from '#lib/configs/nginx/syntax/placeholders.ts'
import {
  isOfProxyManager,
  PROXY_MANAGER_HTTP,
  proxyManagerText,
} from '#lib/configs/nginx/syntax/proxy-manager.ts'
import { Tokenizer } from '#lib/configs/nginx/syntax/tokens.ts'

export interface Directive {
  readonly name: string
  readonly args: readonly string[]
  readonly file: string
  /** Line of the directive's name. */
  readonly line: number
  /** Line of its `;` or `{`, which nginx names in errors. */
  readonly endLine: number
  /** Where it stands in the text of its file; absent where nobody wrote it there. */
  readonly span?: Span
  /** What stands between its braces, where it has any. */
  readonly block?: readonly Directive[]
  /** Line of the block's `}`. */
  readonly closeLine?: number
  /** Of an `include`: its file is not there, and may say how requests are passed on. */
  readonly unread?: true
  /** Of an `include` that nobody wrote: it stands for lines that were left out. */
  readonly leftOut?: true
  /** Out of a file that is known without being there; it stands where that is included. */
  readonly known?: true
  /** A block that nobody wrote, around a part of a configuration. */
  readonly implied?: true
}

/** Offsets in the text of a file. */
export interface Span {
  readonly from: number
  /** Behind the `{` of its block. */
  readonly open?: number
  /** Behind its `;`, or the `}` of its block. */
  readonly to: number
}

/** Gives the files of a configuration. Names are relative to the folder of the main file, or absolute. */
export interface ConfigReader {
  /** The text of a file, or undefined where there is none that may be read. */
  readonly read: (name: string) => string | undefined
  /** Names of the entries of a folder; empty where there is no such folder. */
  readonly list: (folder: string) => readonly string[]
  /** It has only some of the files: a pattern without a match may have one where nginx runs. */
  readonly partial?: true
}

export interface Tree {
  readonly main: string
  /** The text is a part of a configuration, and what is around it is unknown. */
  readonly isPart?: true
  /** A template chooses between its lines: not all of them are in one configuration. */
  readonly isConditional?: true
  /** Somebody left lines out. */
  readonly hasLeftOut?: true
  /** A pattern of an include found no file: where nginx runs, it may. */
  readonly hasUnmatched?: true
  readonly directives: readonly Directive[]
  /** Where the text stops being a configuration; what stands before it is in the tree. */
  readonly error?: ConfigError
  /** The text of a file, by the name that its directives have. */
  readonly text: (file: string) => string | undefined
  /** Includes without a file, and where they stand. */
  readonly missing: readonly { readonly name: string; readonly file: string; readonly line: number }[]
}

/** Bounds of what is read; nginx itself knows none of them. Length in UTF-16 units. */
const LONGEST_FILE = 1024 * 1024
const MOST_FILES = 1000
const DEEPEST_INCLUDE = 16
const DEEPEST_BLOCK = 100
const MOST_DIRECTIVES = 500_000

/** Where Debian, and most others, keep the main file: relative names count from there. */
const CONF_PREFIX = '/etc/nginx/'

const withoutPrefix = (name: string): string => {
  const plain = name.replace(/\/{2,}/g, '/').replace(/(^|\/)(\.\/)+/g, '$1')
  return plain.startsWith(CONF_PREFIX) ? plain.slice(CONF_PREFIX.length) : plain
}

/**
 * Reads the main file and all that it includes. Never throws on account of the text. `isPart`: the text may begin and
 * end inside a block, and is read on behind a `;` too many.
 */
export function parseTree(main: string, reader: ConfigReader, isPart = false): Tree {
  const directives: Directive[] = []
  const parser = new Parser(reader, isPart)
  const tree = { main, directives, missing: parser.missing, text: reader.read, ...(isPart && { isPart }) }
  try {
    parser.file(main, directives, [])
    parser.around(main, directives)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { ...tree, ...parser.about, error: parser.error ?? error }
  }
  return { ...tree, ...parser.about, ...(parser.error && { error: parser.error }) }
}

class Parser {
  readonly missing: { name: string; file: string; line: number }[] = []
  /** The first error behind which a part was read on. */
  error: ConfigError | undefined
  about: { isConditional?: true; hasLeftOut?: true; hasUnmatched?: true } = {}
  readonly #reader: ConfigReader
  readonly #isPart: boolean
  /** A host that Nginx Proxy Manager wrote is among what was read. */
  #isManaged = false
  #files = 0
  #directives = 0

  constructor(reader: ConfigReader, isPart: boolean) {
    this.#reader = reader
    this.#isPart = isPart
  }

  /** `at`: the `include` that it comes by. */
  file(
    name: string,
    into: Directive[],
    around: readonly string[],
    depth = 0,
    at?: Pick<Directive, 'file' | 'line' | 'endLine'>,
  ): void {
    const own = this.#reader.read(name)
    const text = own ?? this.#known(name)
    if (text === undefined) throw new ConfigError(`open() "${name}" failed (2: No such file or directory)`)
    if (text.length > LONGEST_FILE) throw new ConfigError(`"${name}" is larger than 1 MiB`, name, 1)
    this.#isManaged ||= isOfProxyManager(text)
    this.#files += 1
    if (this.#files > MOST_FILES) throw new ConfigError(`more than ${MOST_FILES} files`, name, 1)
    const tokenizer = new Tokenizer(text, name, this.#isPart)
    if (own === undefined && at) {
      const known: Directive[] = []
      this.#statements(tokenizer, name, known, [...around, name], depth)
      into.push(...known.map(({ span: _, ...each }): Directive => ({ ...each, ...at, known: true })))
    } else this.#statements(tokenizer, name, into, [...around, name], depth)
    if (tokenizer.isConditional) this.about.isConditional = true
  }

  /** The settings that are around a host of Nginx Proxy Manager, where it was brought alone. */
  around(main: string, into: Directive[]): void {
    if (!this.#isManaged || !this.#isPart || into.some(({ name }) => name === 'http')) return
    const known: Directive[] = []
    this.#statements(new Tokenizer(PROXY_MANAGER_HTTP, main, false), main, known, [main], 0)
    into.push(
      ...known.map(({ span: _, ...each }): Directive => ({ ...each, line: 1, endLine: 1, known: true })),
    )
  }

  /** Debian's own files, and those of Nginx Proxy Manager, are known where they are not there. */
  #known(name: string): string | undefined {
    return debianText(name) ?? (this.#isManaged ? proxyManagerText(name) : undefined)
  }

  /** Statements up to the `}` of the block, or to the end of the file where `depth` is that of the file. */
  #statements(
    tokenizer: Tokenizer,
    file: string,
    into: Directive[],
    around: readonly string[],
    depth: number,
    inBlock = false,
  ): { line: number; to: number } {
    for (;;) {
      const { words, terminator, line, endLine, from, to, leftOut } = tokenizer.next()
      if (terminator === '}') {
        if (inBlock) return { line: endLine, to }
        if (this.#isPart) continue
        throw tokenizer.error('unexpected "}"')
      }
      if (terminator === 'end') {
        if (inBlock && !this.#isPart) throw tokenizer.error('unexpected end of file, expecting "}"')
        return { line: endLine, to }
      }
      this.#directives += 1
      if (this.#directives > MOST_DIRECTIVES) throw tokenizer.error('too many directives')
      const [name, ...args] = words
      if (name === undefined) {
        this.error ??= tokenizer.error('unexpected ";"', endLine)
        continue
      }
      const said = { name, args, file, line, endLine, span: { from, to } }
      if (leftOut) {
        this.about.hasLeftOut = true
        into.push({ ...said, unread: true, leftOut })
        continue
      }
      if (terminator === ';') {
        const at = into.push(said) - 1
        if (name !== 'include' || args.length !== 1) continue
        const isRead = this.#include(args[0] ?? '', { file, line, endLine }, into, around, depth)
        if (!isRead) into[at] = { ...said, unread: true }
        continue
      }
      if (depth >= DEEPEST_BLOCK) throw tokenizer.error('blocks are nested too deeply')
      const block: Directive[] = []
      const at = into.push({ ...said, block }) - 1
      if (name.endsWith('_by_lua_block')) tokenizer.skipLua()
      else {
        const close = this.#statements(tokenizer, file, block, around, depth + 1, true)
        const span = { from, open: to, to: close.to }
        into[at] = { ...said, block, closeLine: close.line, span }
      }
    }
  }

  /** False where a file that may say how requests are passed on is not there. Folders of them hold servers. */
  #include(
    pattern: string,
    at: { file: string; line: number; endLine: number },
    into: Directive[],
    around: readonly string[],
    depth: number,
  ): boolean {
    if (marksIn(pattern).length > 0 || environmentIn(pattern).length > 0) {
      this.missing.push({ name: pattern, file: at.file, line: at.line })
      return false
    }
    const name = withoutPrefix(pattern)
    const names = hasMagic(name) ? expandGlob(name, this.#reader.list) : [name]
    if (around.length > DEEPEST_INCLUDE) {
      throw new ConfigError('includes are nested too deeply', at.file, at.endLine)
    }
    if (names.length === 0) this.about.hasUnmatched = true
    let isThere = names.length > 0 || !this.#reader.partial
    for (const each of names) {
      if (around.includes(each)) {
        throw new ConfigError(`"${each}" includes itself`, at.file, at.endLine)
      }
      const isKnown = this.#reader.read(each) !== undefined || this.#known(each) !== undefined
      if (isKnown) this.file(each, into, around, depth, at)
      else if (!hasMagic(name)) isThere = false
    }
    if (!isThere) this.missing.push({ name: pattern, file: at.file, line: at.line })
    return isThere || hasMagic(name) || passesNothing(pattern)
  }
}
