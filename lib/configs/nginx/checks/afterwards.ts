/** What nginx checks when the `http` block is complete: things that refer to one another. */

import { scriptsOf } from '#lib/configs/nginx/checks/scripts.ts'
import { isBuiltInVariable, variablesIn } from '#lib/configs/nginx/directives/variables.ts'
import { ConfigError } from '#lib/configs/nginx/syntax/config-error.ts'
import { parseListen } from '#lib/configs/nginx/syntax/listen.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { environmentIn } from '#lib/configs/nginx/syntax/placeholders.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** Throws a ConfigError. `complete` is false where a missing file may declare what seems undeclared. */
export function checkDeclared(http: Directive, complete: boolean): void {
  const all = flatten(http)
  if (complete) checkCacheZones(http, all)
  for (const server of children(http, 'server')) checkLocations(server)
  if (complete) {
    checkCertificates(http)
    const [unknown] = undeclaredIn(all)
    if (unknown) throw new ConfigError(`unknown "${unknown.name}" variable`, unknown.by.file, unknown.by.line)
    checkLimitZones(all)
  }
}

/** Every directive below a block, in its order. */
export function flatten(block: Directive): Directive[] {
  const found: Directive[] = []
  const visit = (directives: readonly Directive[]) => {
    for (const directive of directives) {
      found.push(directive)
      if (directive.block) visit(directive.block)
    }
  }
  visit(block.block ?? [])
  return found
}

const zoneName = (option: string, key: string): string | undefined =>
  option.startsWith(`${key}=`) ? option.slice(key.length + 1).split(':')[0] : undefined

function checkCacheZones(http: Directive, all: readonly Directive[]): void {
  for (const module of ['proxy', 'fastcgi', 'uwsgi', 'scgi']) {
    const paths = all.filter(({ name }) => name === `${module}_cache_path`)
    const zones = new Set(paths.flatMap(({ args }) => args.map((arg) => zoneName(arg, 'keys_zone'))))
    for (const { name, args } of all) {
      const zone = args[0] ?? ''
      if (name !== `${module}_cache` || zone === 'off' || zone.includes('$') || zones.has(zone)) continue
      throw new ConfigError(`"${name}" zone "${zone}" is unknown`, http.file, http.closeLine ?? null)
    }
  }
}

function checkLocations(block: Directive): void {
  const seen = new Set<string>()
  for (const location of children(block, 'location')) {
    const name = locationName(location.args)
    if (!name) continue
    const plain = name.kind === 'final-prefix' ? 'prefix' : name.kind
    const key = `${plain} ${name.text}`
    if (plain !== 'regex') {
      if (seen.has(key)) {
        const message = `duplicate location "${name.text}"`
        throw new ConfigError(message, location.file, location.endLine)
      }
      seen.add(key)
    }
    checkLocations(location)
  }
}

function checkCertificates(http: Directive): void {
  const effective = (server: Directive, name: string) => {
    const inner = children(server, name)
    return inner.length > 0 ? inner : children(http, name)
  }
  const servers = children(http, 'server')
  for (const server of servers) {
    const [certificates, keys] = [
      effective(server, 'ssl_certificate'),
      effective(server, 'ssl_certificate_key'),
    ]
    const unmatched = certificates[keys.length]
    if (unmatched) {
      const message = `no "ssl_certificate_key" is defined for certificate "${unmatched.args[0] ?? ''}"`
      throw new ConfigError(message)
    }
  }
  const defaults = new Map<string, { server: Directive; isDefault: boolean; ssl: boolean }>()
  for (const server of servers) {
    for (const { args } of children(server, 'listen')) {
      const listen = parseListen(args)
      if (!listen) continue
      const address = `${listen.host}:${listen.port}`
      const known = defaults.get(address)
      const ssl = listen.ssl || known?.ssl === true
      if (!known || (listen.isDefault && !known.isDefault)) {
        defaults.set(address, { server, isDefault: listen.isDefault, ssl })
      } else known.ssl = ssl
    }
  }
  for (const { server, ssl } of defaults.values()) {
    if (!ssl || effective(server, 'ssl_certificate').length > 0) continue
    if (effective(server, 'ssl_reject_handshake')[0]?.args[0] === 'on') continue
    const message = 'no "ssl_certificate" is defined for the "listen ... ssl" directive'
    throw new ConfigError(message, server.file, server.endLine)
  }
}

function checkLimitZones(all: readonly Directive[]): void {
  const declared = (directive: string) => {
    const zones = all.filter(({ name }) => name === directive)
    return new Set(zones.flatMap(({ args }) => args.map((arg) => zoneName(arg, 'zone'))))
  }
  const conn = declared('limit_conn_zone')
  const req = declared('limit_req_zone')
  for (const { name, args } of all) {
    const used = name === 'limit_conn' ? args[0] : args.map((arg) => zoneName(arg, 'zone')).find(Boolean)
    const known = name === 'limit_conn' ? conn : name === 'limit_req' ? req : undefined
    if (known && used !== undefined && !known.has(used)) {
      throw new ConfigError(`zero size shared memory zone "${used}"`)
    }
  }
}

/** Directives that define variables: which arguments name them. */
const DEFINES: Readonly<Record<string, (args: readonly string[]) => readonly (string | undefined)[]>> = {
  set: ([name]) => [name],
  map: ([, name]) => [name],
  geo: (args) => [args.at(-1)],
  split_clients: ([, name]) => [name],
  auth_request_set: ([name]) => [name],
  perl_set: ([name]) => [name],
  js_set: ([name]) => [name],
  js_var: ([name]) => [name],
  userid: () => [],
}
const DEFINES_ELSEWHERE = /^(set_|geoip|opentelemetry|auth_jwt|echo_|keyval|array_)/

/** Names of the variables that these directives define, in lower case. */
export function definedIn(all: readonly Directive[]): ReadonlySet<string> {
  const defined = new Set<string>()
  for (const { name, args } of all) {
    for (const variable of (Object.hasOwn(DEFINES, name) ? DEFINES[name]?.(args) : undefined) ?? []) {
      defined.add((variable ?? '').replace(/^\$/, '').toLowerCase())
    }
    // The expressions of a map stand where other directives have their names.
    for (const text of [name, ...args]) {
      for (const match of text.matchAll(/\(\?P?[<'](\w+)[>']/g)) defined.add((match[1] ?? '').toLowerCase())
    }
  }
  return defined
}

/** Variables that nothing defines, and each directive that uses one. nginx names the first of them, without a place. */
export function undeclaredIn(all: readonly Directive[]): { name: string; by: Directive }[] {
  // Modules from outside define variables in ways of their own.
  if (all.some(({ name }) => DEFINES_ELSEWHERE.test(name))) return []
  const defined = definedIn(all)
  const found: { name: string; by: Directive }[] = []
  for (const directive of all) {
    const environment = environmentIn([directive.name, ...directive.args].join(' '))
    for (const variable of used(directive)) {
      if (environment.some((each) => each.replace(/[${}]/g, '') === variable)) continue
      const name = variable.toLowerCase()
      if (!defined.has(name) && !isBuiltInVariable(name)) found.push({ name, by: directive })
    }
  }
  return found
}

const used = (directive: Directive): string[] => scriptsOf(directive).flatMap(variablesIn)
