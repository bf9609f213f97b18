/** Changes that rules ask for: a setting of a place, a header of its list, a map. */
import type { Edit, Lines } from '#lib/configs/nginx/edits/edit.ts'
import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import { type Site, written } from '#lib/configs/nginx/rule.ts'
import { children, inheritedList, nearest, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import type { Code } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'

/** One setting of a block, in place of its own, or beside what it inherits. */
export function setting(block: Directive, name: string, line: Code<'nginx'>): Edit[] {
  const own = children(block, name).at(-1)
  return [
    own ? { kind: 'replace', directive: own, lines: [line] } : { kind: 'add', into: block, lines: [line] },
  ]
}

export interface Header {
  readonly name: string
  /** Undefined takes it away. */
  readonly line: Code<'nginx'> | undefined
}

type HeaderLine = Header & { readonly line: Code<'nginx'> }

/**
 * Headers that a place sends to its backend. A level with any `proxy_set_header` inherits none: where the place has none
 * of its own, those that it inherits are written again.
 */
export function headers(place: Directive, scope: Scope, wanted: readonly Header[]): Edit[] {
  const own = children(place, 'proxy_set_header')
  if (own.length > 0) return wanted.flatMap((header) => ownHeader(place, own, header))
  const inherited = inheritedList(scope, 'proxy_set_header')
  const kept = inherited.filter((each) => !wanted.some(({ name }) => isNamed(each, name)))
  const lines = [...kept.map(written), ...wanted.flatMap(({ line }) => line ?? [])]
  return lines.length > 0 ? [{ kind: 'add', into: place, lines }] : []
}

function ownHeader(place: Directive, own: readonly Directive[], { name, line }: Header): Edit[] {
  const [first, ...others] = own.filter((each) => isNamed(each, name))
  const removed = others.map((directive): Edit => ({ kind: 'replace', directive, lines: [] }))
  if (first) return [{ kind: 'replace', directive: first, lines: line ? [line] : [] }, ...removed]
  return line ? [{ kind: 'add', into: place, lines: [line] }] : []
}

const isNamed = ({ args }: Directive, name: string): boolean => args[0]?.toLowerCase() === name.toLowerCase()

export const UPGRADE: HeaderLine = { name: 'Upgrade', line: nginx`proxy_set_header Upgrade $http_upgrade;` }

/** With the map that the configuration has for it, else for every request. */
export const connectionOf = (site: Site): HeaderLine => ({
  name: 'Connection',
  line: nginx`proxy_set_header Connection ${connectionValue(site)};`,
})

/** An upgrade needs HTTP/1.1, which older versions of nginx do not speak by themselves. */
export function versionFor({ place, effective }: Site): { lines: Lines; edits: readonly Edit[] } {
  if (effective.httpVersion !== '1.0') return { lines: [], edits: [] }
  const line = nginx`proxy_http_version 1.1;`
  return { lines: [line], edits: setting(place, 'proxy_http_version', line) }
}

function connectionValue({ scope, handshake }: Site): Code<'nginx'> {
  const http = nearest(scope, 'http')?.block
  const maps = http ? children(http, 'map') : []
  const own = maps.find(({ args: [source = '', name = ''] }) => {
    return /upgrade/i.test(source) && /^upgrade$/i.test(evaluate(name, handshake, scope) ?? '')
  })
  return own ? nginx.argument(own.args[1] ?? '') : nginx`"upgrade"`
}

/** Before the first server that is written out; a part that has none is no place for it. */
export function inHttp(http: Directive, lines: Lines): Edit[] {
  const server = children(http, 'server').find((each) => each.span)
  if (server) return [{ kind: 'before', directive: server, lines }]
  return http.implied ? [] : [{ kind: 'add', into: http, lines }]
}

/** `Connection: upgrade` where the client asks for one, and none where it does not, so that keepalive works. */
export const connectionMap = (variable: Code<'nginx'>): Code<'nginx'> =>
  nginx`map $http_upgrade ${variable} {\n    default upgrade;\n    ''      '';\n}`
