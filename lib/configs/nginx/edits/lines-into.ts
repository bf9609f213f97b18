/** Lines of a fix that holds for any configuration, as a change to a block of the reader's own. */
import { headers, setting } from '#lib/configs/nginx/edits/changes.ts'
import { type Edit, patchesOf } from '#lib/configs/nginx/edits/edit.ts'
import { readPaste } from '#lib/configs/nginx/syntax/paste.ts'
import type { Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { type Code, linesOfCode } from '#lib/text/code.ts'
import type { DiffLine } from '#lib/text/diff.ts'

/**
 * @param text the reader's configuration, one file or a part of one
 * @param change directives, one a line
 * @param line where the block in question begins, counted from 1
 * @returns undefined where the change is more than lines of one block, the block is not there, or all of it stands there
 */
export function linesInto(text: string, change: Code<'nginx'>, line: number): DiffLine[] | undefined {
  const tree = readPaste(text)
  const wanted = wantedIn(change)
  const scope = scopeAt(tree.directives, line)
  if (wanted === undefined || scope === undefined) return undefined
  const missing = wanted.filter(
    ({ directive }) => !(scope.block.block ?? []).some((own) => isSame(own, directive)),
  )
  const isHeader = ({ directive }: Wanted) => directive.name === 'proxy_set_header'
  const named = missing.filter(isHeader).map(({ directive, text: own }) => ({
    name: directive.args[0] ?? '',
    line: own,
  }))
  const edits: Edit[] = [
    ...missing
      .filter((each) => !isHeader(each))
      .flatMap((each) => setting(scope.block, each.directive.name, each.text)),
    ...(named.length > 0 ? headers(scope.block, scope, named) : []),
  ]
  return patchesOf(edits, tree)?.[0]?.lines
}

/** A directive to write, and how the change writes it. */
interface Wanted {
  readonly directive: Directive
  readonly text: Code<'nginx'>
}

/** Undefined where a line is not a whole directive of its own; remarks go. */
function wantedIn(change: Code<'nginx'>): Wanted[] | undefined {
  if (/[{}]/.test(change)) return undefined
  const lines = linesOfCode(change)
  const own = deepest(readPaste(`location / {\n${change}\n}`).directives)
  const code = lines.map((text, at) => ({ text, at })).filter(({ text }) => !/^\s*(?:#|$)/.test(text))
  const wanted = code.flatMap(({ text, at }) => {
    const [directive, ...more] = own.filter((each) => each.line === at + 2)
    return directive && more.length === 0 && directive.endLine === directive.line ? [{ directive, text }] : []
  })
  return wanted.length === code.length && wanted.length > 0 ? wanted : undefined
}

/** What stands in the innermost block. */
function deepest(directives: readonly Directive[]): readonly Directive[] {
  const inner = directives.find(({ block }) => block !== undefined && block.length > 0)
  return inner?.block === undefined ? directives : deepest(inner.block)
}

/** The block that begins in a line, with those around it. */
function scopeAt(directives: readonly Directive[], line: number, parent?: Scope): Scope | undefined {
  for (const block of directives) {
    if (block.block === undefined) continue
    const scope: Scope = { block, ...(parent && { parent }) }
    if (block.line === line && block.implied === undefined) return scope
    const inner = scopeAt(block.block, line, scope)
    if (inner) return inner
  }
  return undefined
}

const isSame = (one: Directive, other: Directive): boolean =>
  one.name === other.name &&
  one.args.length === other.args.length &&
  one.args.every((arg, at) => arg === other.args[at])
