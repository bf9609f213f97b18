/** Every regular expression of the product: those that are written, and those that are made when a module is loaded. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Node, ROOT, readSources, type Source } from '#tests/repo/sources/syntax.ts'

export interface Expression {
  readonly file: string
  readonly source: string
  readonly flags: string
}

/** Where a function makes an expression, perhaps of what only comes while the product runs. */
export interface Call {
  readonly file: string
  /** From 1. */
  readonly line: number
}

export function listExpressions(): { written: Expression[]; inFunctions: Call[] } {
  const found = readSources().map(expressionsIn)
  return {
    written: found.flatMap(({ written }) => written),
    inFunctions: found.flatMap(({ inFunctions }) => inFunctions),
  }
}

type Visit = (node: Node, inFunction: boolean) => void

function expressionsIn({ file, body, lineOf }: Source): { written: Expression[]; inFunctions: Call[] } {
  const written: Expression[] = []
  const inFunctions: Call[] = []
  walk(body, false, (node, inFunction) => {
    if (node.type === 'RegExpLiteral') {
      written.push({ file, source: String(node.pattern), flags: String(node.flags) })
    } else if ((inFunction || !file.startsWith('lib/')) && makesExpression(node))
      inFunctions.push({ file, line: lineOf(node) })
  })
  return { written, inFunctions }
}

function walk(value: unknown, inFunction: boolean, visit: Visit): void {
  if (Array.isArray(value)) for (const each of value) walk(each, inFunction, visit)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const node = value as Node
  visit(node, inFunction)
  const isFunction = /Function|Method|Constructor$/.test(String(node.type))
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'span' && typeof child === 'object') walk(child, inFunction || isFunction, visit)
  }
}

/** `new RegExp(…)` and `RegExp(…)`, and methods that make an expression of a text. */
function makesExpression({ callee, arguments: given }: Node): boolean {
  const called = callee as Record<string, unknown> | undefined
  if (called?.type === 'Identifier') return called.value === 'RegExp'
  if (called?.type !== 'MemberExpression') return false
  const method = (called.property as Record<string, unknown>).value
  const [first] = (given ?? []) as { expression?: { type?: unknown } }[]
  const ofText = /^(StringLiteral|TemplateLiteral)$/.test(String(first?.expression?.type))
  return ofText && /^(match|matchAll|search)$/.test(String(method))
}

/** Those that lib's modules make when they are loaded, of parts that only running them puts together, and where. */
export function madeAtLoad(): (Expression & Call)[] {
  const script = fileURLToPath(new URL('made-at-load.ts', import.meta.url))
  const files = readSources().flatMap(({ file }) => (file.startsWith('lib/') ? [file] : []))
  const output = execFileSync(process.execPath, [script, ROOT, ...files], { encoding: 'utf8' })
  return JSON.parse(output) as (Expression & Call)[]
}
