/**
 * What a template has in place of values: `{{ domain }}` (Jinja, Go, Mustache), `<%= port %>` (ERB, EJS), `${PORT}` and
 * `$PORT` (envsubst), `%ip%`, `|IP|`, `__PATH__`, `@PORT@` and `<tmpl_var name='ip'>` (panels of hosters), and
 * `<your-host>`, which people write for each other. Each is a value that is not known yet.
 */
import { specsOf } from '#lib/configs/nginx/directives/table.ts'
import { isBuiltInVariable } from '#lib/configs/nginx/directives/variables.ts'

interface Directive {
  readonly name: string
  readonly args: readonly string[]
}

const MARKED =
  /\{\{(?:[^{}]|\{(?!\{)|\}(?!\})){0,300}\}\}|\{%(?:[^%{]|%(?!\})|\{(?!%)){0,300}%\}|<%(?:[^%<]|%(?!>)|<(?!%)){0,300}%>|<\/?tmpl_[^<>]{0,300}>|%[A-Za-z]\w{1,60}%|(?<![\w)\]*+?])\|[A-Z][A-Z0-9_]{1,60}\||__[A-Z][A-Z0-9_]{0,60}__|@[A-Z][A-Z0-9_]{1,60}@/gs
/** Left for the reader to fill in. Elsewhere it is HTML, or the name of a group. */
const LEFT_TO_YOU = /(?<![?PKk])<[A-Za-z][\w-]{1,30}>/g
const MAY_BE_LEFT = /^(?:proxy_pass|server|upstream|ssl_certificate(?:_key)?|root|alias|proxy_set_header)$/
const BRACED = /\$\{\w{1,60}\}/g
/** As people write the names of the environment: nginx's own variables are lower case, whatever it makes of others. */
const ENVIRONMENT = /\$(?:\{([A-Z][A-Z0-9_]{0,60})\}|([A-Z][A-Z0-9_]{0,60})(?![a-z0-9_]))/g

/** Kinds of values that no variable can stand for. */
const PLAIN_KINDS: ReadonlySet<string> = new Set('flag msec sec number size offset enum buffers'.split(' '))

const isPlain = (name: string): boolean =>
  name === 'listen' ||
  name === 'server_name' ||
  specsOf(name)?.some(({ kind }) => PLAIN_KINDS.has(kind)) === true

/** Names of the environment in a value that no variable of nginx has. */
export const environmentIn = (text: string): string[] =>
  [...text.matchAll(ENVIRONMENT)].flatMap(([whole, braced = '', bare = '']) =>
    isBuiltInVariable((braced || bare).toLowerCase()) ? [] : whole,
  )

/** What a template engine has yet to fill in; variables of any kind are none of it. */
export const marksIn = (text: string): string[] => (/[<{%|@]|__/.test(text) ? (text.match(MARKED) ?? []) : [])

const known = new WeakMap<Directive, readonly string[]>()
const NONE: readonly string[] = []

/** As written, in the order of the words. */
export function placeholdersIn(directive: Directive): readonly string[] {
  const found = known.get(directive) ?? find(directive)
  known.set(directive, found)
  return found
}

function find({ name, args }: Directive): readonly string[] {
  const words = [name, ...args].filter((word) => /[<{$%|@]|__/.test(word))
  if (words.length === 0) return NONE
  const plain = isPlain(name)
  return words.flatMap((word) => [
    ...marksIn(word),
    ...(plain || MAY_BE_LEFT.test(name) ? (word.match(LEFT_TO_YOU) ?? []) : []),
    ...(plain ? (word.match(BRACED) ?? []) : []),
    ...environmentIn(word).filter((each) => !(plain && each.startsWith('${'))),
  ])
}

export const isOpen = (directive: Directive | undefined): boolean =>
  directive !== undefined && placeholdersIn(directive).length > 0
