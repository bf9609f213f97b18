/** A configuration as people have it: a file, a part of one or several parts, or what `nginx -T` wrote. */
import { specsOf } from '#lib/configs/nginx/directives/table.ts'
import { filesOfDump, filesOfPaste, type PastedFiles } from '#lib/configs/nginx/syntax/dump.ts'
import { type ConfigReader, type Directive, parseTree, type Tree } from '#lib/configs/nginx/syntax/tree.ts'

/** How the text itself is called where a file is named. */
const PASTE = 'config'

/** The tree of a whole configuration: the blocks around a part are added, and are `implied`. */
export function readPaste(text: string): Tree {
  const dump = filesOfDump(text)
  if (dump) return parseTree(dump.main, dump.reader)
  const several = filesOfPaste(text, PASTE)
  if (several) return readTogether(several)
  const part = parseTree(PASTE, readerOf(text), true)
  if (!part.hasLeftOut) {
    const whole = parseTree(PASTE, readerOf(text))
    if (isWhole(whole.directives)) return { ...whole, directives: withEvents(whole.directives) }
  }
  return { ...part, directives: arranged(part.directives) }
}

/**
 * The tree of a file, which may be one that nginx.conf includes: then the blocks around it are `implied`. `isCut`: it
 * may begin and end in the middle of a block, and lines may be left out.
 */
export function readFile(main: string, reader: ConfigReader, isCut: boolean): Tree {
  const whole = parseTree(main, reader)
  if (!isCut && isMain(whole.directives)) return whole
  // A file that nginx would not read to its end is as wrong as a part: what is around it mends nothing.
  if (whole.error && !isCut) return { ...whole, isPart: true, directives: arranged(whole.directives) }
  const several = isCut ? filesOfPaste(reader.read(main) ?? '', main) : undefined
  if (several) return readTogether(several)
  const part = parseTree(main, reader, true)
  return { ...part, directives: arranged(part.directives) }
}

/** Files that belong together: those that no other of them includes stand side by side. */
function readTogether({ names, reader, taken }: PastedFiles): Tree {
  const included = new Set<string>()
  const trees = names.map((name) => {
    taken.clear()
    const tree = parseTree(name, reader, true)
    for (const each of taken) if (each !== name) included.add(each)
    return tree
  })
  const roots = trees.filter(({ main }) => !included.has(main))
  const first = roots.find(({ directives }) => isWhole(directives)) ?? roots[0] ?? trees[0]
  const error = roots.find((tree) => tree.error)?.error
  return {
    main: first?.main ?? PASTE,
    isPart: true,
    ...(roots.some(({ isConditional }) => isConditional) && { isConditional: true }),
    ...(roots.some(({ hasLeftOut }) => hasLeftOut) && { hasLeftOut: true }),
    ...(roots.some(({ hasUnmatched }) => hasUnmatched) && { hasUnmatched: true }),
    directives: arranged(roots.flatMap(({ directives }) => directives)),
    missing: roots.flatMap(({ missing }) => missing),
    text: reader.read,
    ...(error && { error }),
  }
}

/** Names of the blocks that are implied, the outermost first; `main` where only what is beside `http` is. */
export function impliedIn({ directives }: Tree): readonly string[] {
  const names: string[] = []
  let level: readonly Directive[] = directives
  for (;;) {
    const next = level.find(({ name, implied }) => implied && name !== 'events')
    if (!next) break
    names.push(next.name)
    level = next.block ?? []
  }
  const isMainImplied = directives.some(({ name, implied }) => implied && name === 'events')
  return names.length === 0 && isMainImplied ? ['main'] : names
}

/** Whether a file is nginx.conf itself, whatever else is wrong with it. `http {}` alone is a part of it. */
const isMain = (directives: readonly Directive[]): boolean =>
  directives.some(({ name, block }) => name === 'events' && block) ||
  (directives.every((each) => levelsOf(each)?.includes(MAIN) ?? true) &&
    directives.some(({ name, block }) => name !== 'http' || !block))

const readerOf = (text: string): ConfigReader => ({
  read: (name) => (name === PASTE ? text : undefined),
  list: () => [],
  partial: true,
})

/** From the outside in. */
const LEVELS = ['main', 'http', 'server', 'location'] as const
const [MAIN, HTTP, SERVER, LOCATION] = [0, 1, 2, 3]

/** The levels that a directive may stand at; undefined for names that nobody knows. */
function levelsOf({ name, block }: Directive): number[] | undefined {
  const specs = specsOf(name)?.filter(({ kind }) => (kind === 'block') === (block !== undefined))
  if (!specs) return undefined
  return LEVELS.flatMap((level, index) =>
    specs.some(({ contexts }) => contexts.includes(level)) ? index : [],
  )
}

const isWhole = (directives: readonly Directive[]): boolean =>
  directives.some(({ name, block }) => name === 'http' && block) &&
  directives.every((each) => levelsOf(each)?.includes(MAIN) ?? true)

function withEvents(directives: readonly Directive[]): readonly Directive[] {
  return directives.some(({ name }) => name === 'events')
    ? directives
    : [implied('events', [], directives), ...directives]
}

/** A block that nobody wrote, around directives that somebody did. */
function implied(name: string, args: readonly string[], block: readonly Directive[]): Directive {
  const { file = PASTE, line = 1, endLine = 1 } = block[0] ?? {}
  return { name, args, file, line, endLine, block: name === 'events' ? [] : block, implied: true }
}

/**
 * Each directive where it may stand, as far inside as the others say: `proxy_set_header` beside `proxy_pass` is of a
 * location, beside `server {}` of http.
 */
function arranged(directives: readonly Directive[]): readonly Directive[] {
  const known = directives.map((directive) => ({ directive, levels: levelsOf(directive) }))
  const innermost = known.reduce((most: number, { directive, levels }) => {
    return Math.max(most, directive.name === 'location' ? SERVER : (levels?.[0] ?? MAIN))
  }, HTTP)
  const at = LEVELS.map((): Directive[] => [])
  for (const { directive, levels = [MAIN, HTTP, SERVER, LOCATION] } of known) {
    const most = directive.name === 'location' ? SERVER : innermost
    // What stands in blocks of other kinds only, as the servers of an upstream do, says nothing alone.
    const level = levels.findLast((each) => each <= most)
    if (level !== undefined) at[level]?.push(directive)
  }
  const [main = [], http = [], server = [], location = []] = at
  if (location.length > 0) server.push(implied('location', ['/'], location))
  if (server.length > 0) http.push(implied('server', [], server))
  return withEvents(withHttp(main, http))
}

/** Several pieces may bring an `http {}` of their own, which the others are then part of. */
function withHttp(main: readonly Directive[], inside: readonly Directive[]): readonly Directive[] {
  if (inside.length === 0) return main
  const at = main.findIndex(({ name, block }) => name === 'http' && block)
  const own = main[at]
  if (!own) return [...main, implied('http', [], inside)]
  return main.with(at, { ...own, block: [...(own.block ?? []), ...inside] })
}
