/** Changes to the text of a configuration, and what becomes of it. */
import type { Directive, Tree } from '#lib/configs/nginx/syntax/tree.ts'
import { type Code, joined } from '#lib/text/code.ts'
import { type DiffLine, diffLines, unifiedDiff } from '#lib/text/diff.ts'

export type Lines = readonly Code<'nginx'>[]

export type Edit =
  /** No lines take it away. */
  | { readonly kind: 'replace'; readonly directive: Directive; readonly lines: Lines }
  /** The words before the `{` of a block. */
  | { readonly kind: 'head'; readonly directive: Directive; readonly head: Code<'nginx'> }
  /** At the end of a block; of one that nobody wrote, behind what is in it. */
  | { readonly kind: 'add'; readonly into: Directive; readonly lines: Lines }
  | { readonly kind: 'before'; readonly directive: Directive; readonly lines: Lines }
  /** A copy of the block under another head, or the block itself, before another directive. */
  | { readonly kind: 'copy'; readonly directive: Directive; readonly head: Code<'nginx'> }
  | { readonly kind: 'move'; readonly directive: Directive; readonly before: Directive }

export interface Patch {
  readonly file: string
  readonly after: string
  readonly diff: Code<'diff'>
  readonly lines: DiffLine[]
}

/** One piece of a text, put in place of what is between two offsets. */
interface Splice {
  readonly file: string
  readonly from: number
  readonly to: number
  readonly text: string
}

/** What becomes of each file; undefined where one of the places is in no text that was given. */
export function patchesOf(
  edits: readonly Edit[],
  tree: Pick<Tree, 'text' | 'directives'>,
): readonly Patch[] | undefined {
  const splices: Splice[] = []
  for (const edit of together(edits)) {
    const found = splicesOf(edit, tree)
    if (!found) return undefined
    splices.push(...found)
  }
  const patches: Patch[] = []
  for (const [file, own] of Map.groupBy(splices, (splice) => splice.file)) {
    const before = tree.text(file) ?? ''
    if (brokenIn(tree).has(file)) return undefined
    const isDos = before.includes('\r\n')
    const after = spliced(before, isDos ? own.map(withReturns) : own)
    const diff = after === undefined ? undefined : unifiedDiff(file, before, after)
    if (after === undefined || diff === undefined) return undefined
    patches.push({ file, after, diff, lines: diffLines(before, after) ?? [] })
  }
  return patches.length > 0 ? patches : undefined
}

const known = new WeakMap<readonly Directive[], ReadonlySet<string>>()

/** Files with a word that goes on in the next line: a diff would show the rest of it as a line of its own. */
function brokenIn({ directives }: Pick<Tree, 'directives'>): ReadonlySet<string> {
  const before = known.get(directives)
  if (before) return before
  const found = new Set<string>()
  const visit = ({ name, args, file, block = [] }: Directive): void => {
    if ([name, ...args].some((word) => word.includes('\n'))) found.add(file)
    for (const each of block) visit(each)
  }
  for (const each of directives) visit(each)
  known.set(directives, found)
  return found
}

const withReturns = (splice: Splice): Splice => ({ ...splice, text: splice.text.replace(/\r?\n/g, '\r\n') })

/** What is added to one block goes there at once. */
function together(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = []
  for (const edit of edits) {
    const at = merged.findIndex(
      (each) => each.kind === 'add' && edit.kind === 'add' && each.into === edit.into,
    )
    const same = merged[at]
    if (same?.kind === 'add' && edit.kind === 'add')
      merged[at] = { ...same, lines: [...same.lines, ...edit.lines] }
    else merged.push(edit)
  }
  return merged
}

/** Undefined where two of them are about the same place. */
function spliced(text: string, splices: readonly Splice[]): string | undefined {
  const sorted = splices.map((splice, order) => ({ ...splice, order }))
  sorted.sort((one, other) => one.from - other.from || one.order - other.order)
  const parts: string[] = []
  let end = 0
  for (const splice of sorted) {
    if (splice.from < end) return undefined
    parts.push(text.slice(end, splice.from), splice.text)
    end = splice.to
  }
  return [...parts, text.slice(end)].join('')
}

function splicesOf(edit: Edit, { text: textOf }: Pick<Tree, 'text'>): Splice[] | undefined {
  if (edit.kind === 'add') return adding(edit, textOf)
  const { directive } = edit
  const text = textOf(directive.file)
  const { span, file } = directive
  if (!span || text === undefined || directive.known) return undefined
  const indent = indentAt(text, span.from)
  switch (edit.kind) {
    case 'replace': {
      if (edit.lines.length === 0) return [{ file, text: '', ...wholeLine(text, span.from, span.to) }]
      return [{ file, from: span.from, to: span.to, text: indented(edit.lines, indent).trimStart() }]
    }
    case 'head':
      if (span.open === undefined) return undefined
      return [{ file, from: span.from, to: span.open, text: `${edit.head} {` }]
    case 'before': {
      const lines = indented(edit.lines, indent).trimStart()
      return [{ file, from: span.from, to: span.from, text: `${lines}\n${indent}` }]
    }
    case 'copy': {
      if (span.open === undefined) return undefined
      const copy = `\n${indent}${edit.head} {${text.slice(span.open, span.to)}`
      return [{ file, from: span.to, to: span.to, text: copy }]
    }
    case 'move': {
      const target = edit.before
      if (!target.span || target.file !== file) return undefined
      const moved = `${text.slice(span.from, span.to)}\n${indentAt(text, target.span.from)}`
      return [
        { file, from: target.span.from, to: target.span.from, text: moved },
        { file, text: '', ...wholeLine(text, span.from, span.to) },
      ]
    }
  }
}

function adding({ into, lines }: Extract<Edit, { kind: 'add' }>, textOf: Tree['text']): Splice[] | undefined {
  const { span, file } = into
  const text = textOf(file)
  if (text === undefined) return undefined
  const own = (into.block ?? []).filter((each) => each.span && each.file === file && !each.leftOut)
  const last = own.at(-1)
  if (into.implied) {
    if (!last?.span) return undefined
    const at = last.span.to
    return [{ file, from: at, to: at, text: `\n${indented(lines, indentAt(text, last.span.from))}` }]
  }
  if (span?.open === undefined) return undefined
  const outer = indentAt(text, span.from)
  const first = own[0]?.span?.from
  const isOwnLine = first !== undefined && lineStart(text, first) > lineStart(text, span.open)
  const indent = isOwnLine ? indentAt(text, first) : `${outer}${outer.includes('\t') ? '\t' : '    '}`
  const close = text[span.to - 1] === '}' ? span.to - 1 : span.to
  const blank = lineStart(text, close)
  const isAlone = text.slice(blank, close).trim() === '' && blank > span.open
  return isAlone
    ? [{ file, from: blank, to: blank, text: `${indented(lines, indent)}\n` }]
    : [{ file, from: endOfWords(text, close), to: close, text: `\n${indented(lines, indent)}\n${outer}` }]
}

/** Without the blanks before it. */
function endOfWords(text: string, at: number): number {
  let end = at
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end -= 1
  return end
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** The blanks before the first word of the line that an offset is in. */
const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? ''

const indented = (lines: Lines, indent: string): string =>
  joined(lines, '\n')
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')

/** With the line that it is alone on, and a remark behind it. */
function wholeLine(text: string, from: number, to: number): { from: number; to: number } {
  const start = lineStart(text, from)
  const end = text.indexOf('\n', to)
  const rest = text.slice(to, end < 0 ? text.length : end)
  const isAlone = text.slice(start, from).trim() === '' && /^[ \t\r]*(?:#.*)?$/.test(rest)
  return isAlone ? { from: start, to: end < 0 ? text.length : end + 1 } : { from, to }
}
