/**
 * Lines that a fix adds to a block, as a diff of the reader's own file: what stands there with another value is replaced,
 * what stands there already is left alone, and the rest goes to the end of the block.
 */
import { readPaste } from '#lib/configs/nginx/syntax/paste.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import type { DiffLine } from '#lib/text/fix.ts'
import { visible } from '#lib/text/foreign.ts'

/** Lines of the block that are shown around a change. */
const AROUND = 2
/** A block that is longer is shown in part. */
const MOST_LINES = 16

/** Of these the first word tells which one of several is meant. */
const NAMED: ReadonlySet<string> = new Set(['proxy_set_header', 'add_header', 'proxy_hide_header', 'set'])

/** A directive to write, and how the change writes it. */
type Wanted = { directive: Directive; text: string }

/**
 * @param text the reader's configuration, one file or a part of one
 * @param change directives, one a line
 * @param line where the block in question begins, counted from 1
 * @returns undefined where the change is more than lines of one block, or the block is not there
 */
export function diffOfBlock(text: string, change: string, line: number): DiffLine[] | undefined {
  const wanted = wantedIn(change)
  const block = find(readPaste(text).directives, line)
  if (wanted === undefined || block?.block === undefined || block.closeLine === undefined) return undefined
  const lines = text.split('\n').map((each) => (each.endsWith('\r') ? each.slice(0, -1) : each))
  const missing = wanted.filter((each) => !block.block?.some((known) => isSame(known, each.directive)))
  if (missing.length === 0) return undefined
  return block.line === block.closeLine
    ? unfolded(lines, block, missing)
    : inPlace(lines, block, block.closeLine, missing)
}

/** Undefined where a line is not a whole directive of its own. */
function wantedIn(change: string): Wanted[] | undefined {
  if (/[{}]/.test(change)) return undefined
  const lines = change.split('\n')
  const own = deepest(readPaste(`location / {\n${change}\n}`).directives)
  const wanted = lines.flatMap((text, at) => {
    const [directive, ...more] = own.filter((each) => each.line === at + 2)
    return directive && more.length === 0 && directive.endLine === directive.line
      ? [{ directive, text: text.trim() }]
      : []
  })
  return wanted.length === lines.length ? wanted : undefined
}

/** What stands in the innermost block. */
function deepest(directives: readonly Directive[]): readonly Directive[] {
  const inner = directives.find(({ block }) => block !== undefined && block.length > 0)
  return inner?.block === undefined ? directives : deepest(inner.block)
}

function find(directives: readonly Directive[], line: number): Directive | undefined {
  for (const each of directives) {
    if (each.block === undefined) continue
    if (each.line === line && each.implied === undefined) return each
    const inner = find(each.block, line)
    if (inner !== undefined) return inner
  }
  return undefined
}

const isSame = (a: Directive, b: Directive): boolean =>
  keyOf(a) === keyOf(b) && a.args.join('\n') === b.args.join('\n')

const keyOf = ({ name, args: [first = ''] }: Directive): string =>
  NAMED.has(name) ? `${name} ${first.toLowerCase()}` : name

function inPlace(
  lines: readonly string[],
  block: Directive,
  closeLine: number,
  missing: readonly Wanted[],
): DiffLine[] | undefined {
  const own = block.block ?? []
  const inner = own.find(({ line }) => line > block.endLine && line < closeLine)
  const indent = inner === undefined ? `${indentOf(lines, block.line)}    ` : indentOf(lines, inner.line)
  const isAlone = (each: Directive) =>
    each.line === each.endLine && own.filter(({ line }) => line === each.line).length === 1
  const replaced = new Map<number, Wanted>()
  const added: Wanted[] = []
  for (const each of missing) {
    const before = own.find((known) => keyOf(known) === keyOf(each.directive))
    if (before === undefined) added.push(each)
    else if (isAlone(before)) replaced.set(before.line, each)
    // nginx refuses two of them, and it cannot be told which part of the line to take out.
    else return undefined
  }
  const shown: DiffLine[] = []
  for (let number = block.line; number <= closeLine; number++) {
    const text = lines[number - 1] ?? ''
    if (number === closeLine) for (const each of added) shown.push(plus(indent + each.text))
    const instead = replaced.get(number)
    shown.push({ number, sign: instead ? '-' : ' ', text: shownAs(text) })
    if (instead) shown.push(plus(indentOf(lines, number) + instead.text))
  }
  return shown.length > MOST_LINES ? nearChanges(shown) : shown
}

/** A block on one line becomes one of several. */
function unfolded(
  lines: readonly string[],
  block: Directive,
  missing: readonly Wanted[],
): DiffLine[] | undefined {
  const text = (lines[block.line - 1] ?? '').trimEnd()
  const [head, inside, ...more] = text.slice(0, -1).split('{')
  // Only where the line holds this block and nothing else, and no quote hides a semicolon.
  if (!text.endsWith('}') || inside === undefined || more.length > 0 || /["'}#\\]/.test(text.slice(0, -1)))
    return undefined
  const indent = indentOf(lines, block.line)
  const parts = inside.split(';').map((each) => each.trim())
  const kept = parts.filter(
    (part) => part !== '' && !missing.some(({ directive }) => directive.name === part.split(/\s/, 1)[0]),
  )
  return [
    { number: block.line, sign: '-', text: shownAs(text) },
    plus(`${head}{`),
    ...[...kept.map((part) => `${part};`), ...missing.map((each) => each.text)].map((each) =>
      plus(`${indent}    ${each}`),
    ),
    plus(`${indent}}`),
  ]
}

const indentOf = (lines: readonly string[], number: number): string =>
  /^[ \t]*/.exec(lines[number - 1] ?? '')?.[0] ?? ''

const plus = (text: string): DiffLine => ({ number: null, sign: '+', text: shownAs(text) })

/** As an editor shows it: a tab is four blanks. */
const shownAs = (text: string): string => visible(text.replaceAll('\t', '    '))

/** The lines that change, with some around each; what is left out is a line of dots. */
function nearChanges(shown: readonly DiffLine[]): DiffLine[] {
  const isNear = (at: number) =>
    at === 0 ||
    at === shown.length - 1 ||
    shown.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== ' ')
  const kept: DiffLine[] = []
  for (const [at, line] of shown.entries()) {
    if (isNear(at)) kept.push(line)
    else if (kept.at(-1)?.text !== '…') kept.push({ number: null, sign: ' ', text: '…' })
  }
  return kept
}
