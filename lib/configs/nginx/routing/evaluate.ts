/** Values with variables, for one request. What can't be known before the request comes is undefined. */

import { type HttpRequest, hostName } from '#lib/configs/nginx/routing/request.ts'
import { marksIn } from '#lib/configs/nginx/syntax/placeholders.ts'
import { compileRegex, MORE_THAN_WORTH } from '#lib/configs/nginx/syntax/regex.ts'
import { children, inherited, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** Where maps refer to maps without end. */
const DEEPEST_MAP = 20
/** Longer values say nothing about WebSockets, and doubling variables would fill the memory. */
const LONGEST_VALUE = 8192

const VARIABLE = /\$(?:\{(\w+)\}|([1-9]|\w+))/g

/** The value of a text with variables; undefined where one of them is unknown. */
export function evaluate(text: string, request: HttpRequest, scope: Scope, depth = 0): string | undefined {
  if (marksIn(text).length > 0) return undefined
  let known = true
  const value = text.replace(VARIABLE, (_, braced?: string, bare?: string) => {
    if (!known) return ''
    const part = variableValue((braced ?? bare ?? '').toLowerCase(), request, scope, depth)
    if (part === undefined) known = false
    return part ?? ''
  })
  return known && value.length <= LONGEST_VALUE ? value : undefined
}

type Read = (request: HttpRequest, scope: Scope) => string | undefined

const scheme: Read = ({ tls }) => (tls ? 'https' : 'http')
const uri: Read = (request) => request.uri
const query: Read = (request) => request.args
const client: Read = () => undefined

const BUILT_IN: Readonly<Record<string, Read>> = {
  host: (request, scope) => hostName(request) || serverName(scope),
  hostname: client,
  scheme,
  https: ({ tls }) => (tls ? 'on' : ''),
  uri,
  document_uri: uri,
  request_uri: ({ requestUri }) => requestUri,
  args: query,
  query_string: query,
  is_args: ({ args }) => (args === '' ? '' : '?'),
  request_method: () => 'GET',
  server_protocol: () => 'HTTP/1.1',
  http2: () => '',
  http3: () => '',
  server_port: ({ port }) => String(port),
  server_name: (_, scope) => serverName(scope),
  remote_user: () => '',
  content_length: () => '',
  content_type: () => '',
  document_root: (_, scope) => inherited(scope, 'root')?.args[0],
  request_filename: (request, scope) => {
    const root = inherited(scope, 'root')?.args[0]
    return root === undefined ? undefined : `${root}${request.uri}`
  },
  limit_rate: () => '0',
  // A handshake has no Referer, which is valid where `none` is.
  invalid_referer: (_, scope) => {
    const valid = inherited(scope, 'valid_referers')
    return valid && !valid.args.includes('none') ? '1' : ''
  },
}

/** Headers that come with a handshake, whatever is in them, and those that something in front may add. */
const MAY_COME =
  /^(?:cookie|authorization|user_agent|accept\w*|cache_control|pragma|dnt|sec_fetch_\w+|sec_gpc|sec_websocket_(?:protocol|extensions)|forwarded|via|true_client_ip|client_ip|traceparent|x_\w+|(?:cf|cdn|fastly|cloudfront|akamai|fly|ali)_\w+)$/

const headerValue = (name: string, { headers }: HttpRequest): string | undefined =>
  headers[name] ?? (MAY_COME.test(name) ? undefined : '')

const serverName = (scope: Scope): string => {
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    if (level.block.name === 'server') return children(level.block, 'server_name')[0]?.args[0] ?? ''
  }
  return ''
}

function variableValue(name: string, request: HttpRequest, scope: Scope, depth: number): string | undefined {
  request.lookups -= 1
  if (request.lookups < 0) return undefined
  if (request.variables.has(name)) return request.variables.get(name)
  if (/^\d$/.test(name)) return request.captures[Number(name)] ?? ''
  if (name.startsWith('http_')) return headerValue(name.slice(5), request)
  if (name.startsWith('arg_')) return new URLSearchParams(request.args).get(name.slice(4)) ?? ''
  if (name.startsWith('cookie_')) return undefined
  const map = mapOf(name, scope)
  if (map) return depth < DEEPEST_MAP ? mapValue(map, request, scope, depth + 1) : undefined
  return Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name]?.(request, scope) : undefined
}

function mapOf(name: string, scope: Scope): Directive | undefined {
  let http = scope
  while (http.parent) http = http.parent
  return children(http.block, 'map').find(({ args }) => args[1]?.toLowerCase() === `$${name}`)
}

/** Plain values first, then host names with stars where asked for, then expressions in their order, then the default. */
function mapValue(map: Directive, request: HttpRequest, scope: Scope, depth: number): string | undefined {
  const source = evaluate(map.args[0] ?? '', request, scope, depth)
  if (source === undefined) return undefined
  const index = entriesOf(map)
  const subject = source.toLowerCase()
  const named = index.plain.get(subject) ?? (index.hosts && hostEntry(index.hosts, subject))
  const matched = named ? undefined : firstMatching(index.expressions, source, request)
  if (matched === 'unknown') return undefined
  const found = named ?? matched ?? index.byDefault
  return found ? evaluate(found.args[0] ?? '', request, scope, depth) : ''
}

/** The entries of a map by what they are compared with; of equal ones the first. */
interface Entries {
  readonly plain: ReadonlyMap<string, Directive>
  /** By all names, where the map has host names with stars. */
  readonly hosts: ReadonlyMap<string, Directive> | undefined
  readonly expressions: readonly Directive[]
  readonly byDefault: Directive | undefined
}

const known = new WeakMap<Directive, Entries>()

/** A map is asked again and again, and may be long. */
function entriesOf(map: Directive): Entries {
  const found = known.get(map) ?? indexOf(map)
  known.set(map, found)
  return found
}

function indexOf({ block = [] }: Directive): Entries {
  const entries = block.filter(({ args }) => args.length === 1)
  const plain = new Map<string, Directive>()
  const hosts = new Map<string, Directive>()
  for (const entry of entries) {
    const { name } = entry
    const host = name.toLowerCase()
    if (!hosts.has(host)) hosts.set(host, entry)
    if (name.startsWith('~') || /^(default|hostnames|volatile|include)$/.test(name)) continue
    const key = keyOf(name)
    if (!plain.has(key)) plain.set(key, entry)
  }
  const hasHosts = block.some(({ name, args }) => name === 'hostnames' && args.length === 0)
  return {
    plain,
    hosts: hasHosts ? hosts : undefined,
    expressions: entries.filter(({ name }) => name.startsWith('~')),
    byDefault: entries.find(({ name }) => name === 'default'),
  }
}

/** A backslash before `default` or another keyword makes a plain value of it. */
const keyOf = (name: string): string => name.replace(/^\\(?=[~a-z])/, '').toLowerCase()

/** No name has more: it has 253 characters. */
const MOST_LABELS = 127

/**
 * The entry whose `.name`, `*.name` or `name.*` a host is: the longest with the star before it, else the longest with the
 * star behind (`ngx_hash_find_combined`).
 */
function hostEntry(hosts: ReadonlyMap<string, Directive>, host: string): Directive | undefined {
  const dots: number[] = []
  for (let dot = host.indexOf('.'); dot !== -1 && dots.length < MOST_LABELS; dot = host.indexOf('.', dot + 1))
    dots.push(dot)
  const ends = dots.map((dot) => host.slice(dot)).flatMap((end) => [`*${end}`, end])
  const starts = dots.toReversed().map((dot) => `${host.slice(0, dot + 1)}*`)
  const written = [`.${host}`, ...ends, ...starts].find((name) => hosts.has(name))
  return written === undefined ? undefined : hosts.get(written)
}

/** Of the expressions, in their order; unknown where one before it can't be tried. */
function firstMatching(entries: readonly Directive[], source: string, request: HttpRequest) {
  for (const entry of entries) {
    const { name } = entry
    if (!name.startsWith('~')) continue
    const ignoreCase = name.startsWith('~*')
    const matches = matchRegex(name.slice(ignoreCase ? 2 : 1), ignoreCase, source, request, entry)
    if (matches === undefined) return 'unknown'
    if (matches) return entry
  }
  return undefined
}

/**
 * Tries an expression, and keeps its captures where it matches. Undefined where it can't be tried, which the request
 * then tells of the directive that it is `by`.
 */
export function matchRegex(
  pattern: string,
  ignoreCase: boolean,
  subject: string,
  request: HttpRequest,
  by: Directive,
): boolean | undefined {
  const regex = compileRegex(pattern, ignoreCase, request.patience)
  if (regex.status === 'invalid') return false
  const match = regex.status === 'ready' ? regex.match(subject, request.patience) : 'untried'
  if (match === 'untried') {
    request.untried.set(by, regex.status === 'untried' ? regex.what : MORE_THAN_WORTH)
    return undefined
  }
  if (!match) return false
  request.captures = match.groups
  for (const [name, value] of match.named) request.variables.set(name.toLowerCase(), value ?? '')
  return true
}
