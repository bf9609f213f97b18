/** Every regular expression of the product: those that are written, and those that are made when a module is loaded. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'

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

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
export const FOLDERS = ['lib', 'server', 'components'] as const

export const sourceFiles = (): string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:tsx?|js)$/.test(file))
      .map((file) => `${folder}/${file}`),
  ).sort()

export function listExpressions(): { written: Expression[]; inFunctions: Call[] } {
  const found = sourceFiles().map(expressionsIn)
  return {
    written: found.flatMap(({ written }) => written),
    inFunctions: found.flatMap(({ inFunctions }) => inFunctions),
  }
}

const FIRST_TOKEN = ';'

type Visit = (node: Readonly<Record<string, unknown>>, inFunction: boolean) => void

function expressionsIn(file: string): { written: Expression[]; inFunctions: Call[] } {
  const text = readFileSync(ROOT + file, 'utf8')
  const written: Expression[] = []
  const inFunctions: Call[] = []
  // Positions count from the first token on, which has to be the first of the file.
  const module = parseSync(FIRST_TOKEN + text, { syntax: 'typescript', tsx: file.endsWith('x') })
  walk(module, false, (node, inFunction) => {
    if (node.type === 'RegExpLiteral') {
      written.push({ file, source: String(node.pattern), flags: String(node.flags) })
    } else if ((inFunction || !file.startsWith('lib/')) && makesExpression(node))
      inFunctions.push({ file, line: lineOf(node, text, module.span.start) })
  })
  return { written, inFunctions }
}

function walk(value: unknown, inFunction: boolean, visit: Visit): void {
  if (Array.isArray(value)) for (const each of value) walk(each, inFunction, visit)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const node = value as Record<string, unknown>
  visit(node, inFunction)
  const isFunction = /Function|Method|Constructor$/.test(String(node.type))
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'span' && typeof child === 'object') walk(child, inFunction || isFunction, visit)
  }
}

/** `new RegExp(…)` and `RegExp(…)`, and methods that make an expression of a text. */
function makesExpression({ callee, arguments: given }: Readonly<Record<string, unknown>>): boolean {
  const called = callee as Record<string, unknown> | undefined
  if (called?.type === 'Identifier') return called.value === 'RegExp'
  if (called?.type !== 'MemberExpression') return false
  const method = (called.property as Record<string, unknown>).value
  const [first] = (given ?? []) as { expression?: { type?: unknown } }[]
  const ofText = /^(StringLiteral|TemplateLiteral)$/.test(String(first?.expression?.type))
  return ofText && /^(match|matchAll|search)$/.test(String(method))
}

/** Positions of swc are in bytes. */
function lineOf({ span }: Readonly<Record<string, unknown>>, text: string, first: number): number {
  const { start } = span as { start: number }
  return Buffer.from(FIRST_TOKEN + text)
    .subarray(0, start - first)
    .toString()
    .split('\n').length
}

/** Those that lib's modules make when they are loaded, of parts that only running them puts together, and where. */
export function madeAtLoad(): (Expression & Call)[] {
  const script = fileURLToPath(new URL('made-at-load.ts', import.meta.url))
  const files = sourceFiles().filter((file) => file.startsWith('lib/'))
  const output = execFileSync(process.execPath, [script, ROOT, ...files], { encoding: 'utf8' })
  return JSON.parse(output) as (Expression & Call)[]
}
