/**
 * The directives that are in force for one request in a pasted nginx configuration: enough to read a timeout or
 * a header, far from a linter. Anything unbalanced or unknown is skipped.
 */
import { compilePattern } from '#lib/text/pattern/pattern.ts'

export type Directive = { name: string; args: string[]; block: Directive[] | undefined }

const MOST_CHARACTERS = 500_000
const TOKEN =
  /#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|[{};]|(?:\$\{[^}]*\}|[^\s{};"'#])(?:\$\{[^}]*\}|[^\s{};])*/g

export function parseNginx(config: string): Directive[] {
  const root: Directive[] = []
  const stack: Directive[][] = [root]
  let words: string[] = []
  const finish = (block: Directive[] | undefined) => {
    const [name, ...args] = words
    words = []
    if (name !== undefined) stack.at(-1)?.push({ name, args, block })
  }
  for (const match of config.slice(0, MOST_CHARACTERS).matchAll(TOKEN)) {
    const [whole, double, single] = match
    if (whole.startsWith('#')) continue
    if (whole === ';') finish(undefined)
    else if (whole === '{') {
      const block: Directive[] = []
      finish(block)
      if (stack.length < 50) stack.push(block)
    } else if (whole === '}') {
      finish(undefined)
      if (stack.length > 1) stack.pop()
    } else words.push(double ?? single ?? whole)
  }
  finish(undefined)
  return root
}

/** Blocks from the outside in that handle the path: http, server, location. */
export function scopesFor(root: readonly Directive[], port: number, path: string): (readonly Directive[])[] {
  const http = root.find(({ name }) => name === 'http')?.block ?? root
  const servers = http.filter(({ name }) => name === 'server')
  const server = servers.find((candidate) => listensOn(candidate, port)) ?? servers[0]
  // People paste what they think matters: often a location alone.
  const alone = server === undefined ? locationFor(http, path) : undefined
  const scopes: (readonly Directive[])[] = [root.filter(({ name }) => name !== 'http'), http]
  if (!server?.block) return alone?.block ? [...scopes, alone.block] : scopes
  scopes.push(server.block)
  const location = locationFor(server.block, path)
  if (location?.block) scopes.push(location.block)
  return scopes
}

const listensOn = (server: Directive, port: number): boolean =>
  (server.block ?? []).some(
    ({ name, args }) => name === 'listen' && (args[0] ?? '').split(':').at(-1) === String(port),
  )

/** Exact, then ^~, then the first regex, then the longest prefix (ngx_http_core_module, "location"). */
function locationFor(block: readonly Directive[], path: string): Directive | undefined {
  const locations = block.filter(({ name }) => name === 'location')
  const exact = locations.find(({ args }) => args[0] === '=' && args[1] === path)
  if (exact) return exact
  const prefixOf = ({ args }: Directive) => (args[0] === '^~' ? args[1] : args[0]) ?? ''
  const prefixed = locations
    .filter(({ args }) => args.length === 1 || args[0] === '^~')
    .filter((location) => path.startsWith(prefixOf(location)))
    .sort((a, b) => prefixOf(b).length - prefixOf(a).length)[0]
  if (prefixed?.args[0] === '^~') return prefixed
  const matching = locations.find(
    ({ args }) => args[0]?.startsWith('~') && fits(args[1], path, args[0] === '~*'),
  )
  return matching ?? prefixed
}

function fits(pattern: string | undefined, path: string, caseInsensitive: boolean): boolean {
  const compiled = compilePattern(pattern ?? '', { caseInsensitive })
  if (!pattern || !compiled.ok) return false
  const match = compiled.match(path)
  return match !== null && match !== 'gave-up'
}

/** Arguments of the innermost occurrence. */
export function inForce(scopes: readonly (readonly Directive[])[], name: string): string[] | undefined {
  for (const scope of scopes.toReversed()) {
    const found = scope.filter((directive) => directive.name === name).at(-1)
    if (found) return found.args
  }
  return undefined
}

/** Headers that nginx sets towards the backend: a level with any of its own forgets those outside. */
export function proxyHeaders(scopes: readonly (readonly Directive[])[]): Map<string, string> {
  for (const scope of scopes.toReversed()) {
    const own = scope.filter(({ name }) => name === 'proxy_set_header')
    if (own.length > 0) return new Map(own.map(({ args }) => [(args[0] ?? '').toLowerCase(), args[1] ?? '']))
  }
  return new Map()
}
