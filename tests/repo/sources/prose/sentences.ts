/** Every text of the product that a person may read: literals, templates and what stands between tags, code and quotes aside. */
import { type Node, readSources, type Source } from '#tests/repo/sources/syntax.ts'

export interface Prose {
  readonly file: string
  /** A value that is filled in is `X`, and words of a program, in quotes or backticks, are `Q`. */
  readonly text: string
}

/** Templates of these tags are code (lib/text/languages.ts, configurations.ts, shell.ts). */
const CODE_TAGS = new Set(
  'js python go ruby elixir csharp java php rust yaml nginx haproxy apache caddy csp env setting shell code'.split(
    ' ',
  ),
)
/** Words of programs, as they print them, and what finds those. */
const QUOTING = new Set(['example', 'examples', 'needle', 'needles', 'pattern', 'source', 'ask', 'sample'])
const ATTRIBUTES = new Set(['className', 'id', 'key', 'href', 'type', 'role', 'd', 'viewBox'])

export const proseOfTheProduct = (): Prose[] => readSources().flatMap(proseIn)

function proseIn({ file, body }: Source): Prose[] {
  const found: Prose[] = []
  walk(body, (node) => {
    if (isAside(node)) return false
    const text = textOf(node)
    if (text !== undefined && isProse(text)) found.push({ file, text: withoutQuotes(text) })
    return true
  })
  return found
}

/** @param enter says whether what is inside is looked at too */
function walk(value: unknown, enter: (node: Node) => boolean): void {
  if (Array.isArray(value)) for (const each of value) walk(each, enter)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const node = value as Node
  if (enter(node)) for (const [name, inner] of Object.entries(node)) if (name !== 'span') walk(inner, enter)
}

const named = (value: unknown): string => {
  const { value: name, property } = (value ?? {}) as { value?: unknown; property?: { value?: unknown } }
  return String(name ?? property?.value ?? '')
}

function isAside(node: Node): boolean {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TsLiteralType':
      return true
    case 'TaggedTemplateExpression':
      return CODE_TAGS.has(named(node.tag))
    case 'KeyValueProperty':
      return QUOTING.has(named(node.key))
    case 'JSXAttribute':
      return ATTRIBUTES.has(named(node.name))
    case 'NewExpression':
      return named(node.callee) === 'RegExp'
    default:
      return false
  }
}

type Quasi = { cooked?: string; raw: string }

function textOf(node: Node): string | undefined {
  if (node.type === 'StringLiteral' || node.type === 'JSXText') return String(node.value)
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return undefined
  return (node.quasis as Quasi[]).map(({ cooked, raw }) => cooked ?? raw).join('X')
}

/** Two words beside each other; lists of names, configurations and lines of a log have signs that no sentence has. */
const isProse = (text: string): boolean =>
  /[a-z] [a-z]/i.test(text) &&
  !/(?:\w_\w.*){3}/s.test(text) &&
  !/[{}]|\(\?|=>|^\d{4}[/-]/.test(text) &&
  (!text.trim().includes('\n') || /[.!?:,](?:\s|$)|\n {4}/.test(text))

const withoutQuotes = (text: string): string => text.replace(/`[^`]*`|“[^”]*”|"[^"\n]*"/g, 'Q')

/** Sentences of a text; in a usage, whose options are a table, those of its paragraphs alone. */
export function sentencesOf(text: string): string[] {
  const paragraphs = text.split(/\n\s*\n|\n(?= )/).filter((each) => !/^\s*(?:-|Usage:|why1006 )/.test(each))
  return paragraphs.flatMap((each) =>
    each
      .replace(/\s+/g, ' ')
      .trim()
      .split(/(?<=[.!?]) (?=[A-Z“])|(?<=[\w)’”]{2}[.!?]) /),
  )
}
