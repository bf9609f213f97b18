/** Checks of the directives that pass requests on, limit them or log them. */
import type { Check } from '#lib/configs/nginx/checks/check.ts'
import { refuseRegex } from '#lib/configs/nginx/checks/routing.ts'
import { refuseScript } from '#lib/configs/nginx/checks/scripts.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { parseNumber, parseSize, parseTime } from '#lib/configs/nginx/syntax/values.ts'

const URI_PART =
  '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block'

const proxyPass: Check = ({ args: [url = ''] }, { around, context }) => {
  if (url.includes('$')) return undefined
  const match = /^https?:\/\/(unix:[^:]*(?::|$)|[^/?#]*)(.*)$/i.exec(url)
  if (!match) return 'invalid URL prefix'
  const [, authority = '', uri = ''] = match
  const problem = refuseAddress(authority, uri)
  if (problem) return problem
  if (uri === '') return undefined
  const outer = around.at(-1)
  const name = outer?.name === 'location' ? locationName(outer.args) : undefined
  const noUri = context !== 'location' || name?.kind === 'regex' || name?.kind === 'named'
  return noUri ? URI_PART : undefined
}

/** Whether a name resolves is not asked: it may do so only where nginx runs. */
function refuseAddress(authority: string, uri = ''): string | undefined {
  if (authority.startsWith('unix:')) return undefined
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? []
  if (host === '') return `no host in upstream "${authority}${uri}"`
  const valid = port === undefined || (/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)
  if (!valid) return `invalid port in upstream "${authority}${uri}"`
  if (host.startsWith('[') || /^[\w.-]+$/.test(host)) return undefined
  return `host not found in upstream "${authority}${uri}"`
}

const SERVER_NUMBER = /^(weight|max_conns|max_fails)=(.*)$/
/** Methods of balancing that leave backup servers out. */
const NO_BACKUP = ['ip_hash', 'hash', 'random']

const upstreamServer: Check = ({ args: [address = '', ...options] }, { before, version }) => {
  const problem = refuseAddress(address)
  if (problem) return problem
  for (const option of options) {
    const number = SERVER_NUMBER.exec(option)
    if (number) {
      const value = parseNumber(number[2] ?? '')
      if (value === undefined || (number[1] === 'weight' && value === 0))
        return `invalid parameter "${option}"`
    } else if (option.startsWith('fail_timeout=')) {
      if (parseTime(option.slice(13), 's') === undefined) return `invalid parameter "${option}"`
    } else if (option === 'backup') {
      if (before.some(({ name }) => NO_BACKUP.includes(name))) {
        return 'balancing method does not support parameter "backup"'
      }
    } else if (option !== 'down' && (version !== undefined || !LATER_OPTION.test(option))) {
      return `invalid parameter "${option}"`
    }
  }
  return undefined
}

/** Of the commercial nginx, or since 1.27.3. */
const LATER_OPTION = /^(resolve|drain|(route|service|slow_start|id)=.+)$/

const server: Check = (directive, place) =>
  place.context === 'upstream' ? upstreamServer(directive, place) : undefined

const upstream: Check = ({ args: [name = ''] }, { declared }) => {
  if (declared.upstreams.has(name.toLowerCase())) return `duplicate upstream "${name}"`
  declared.upstreams.add(name.toLowerCase())
  return undefined
}

const keepalive: Check = ({ args: [value = ''] }) =>
  (parseNumber(value) ?? 0) > 0 ? undefined : `invalid value "${value}" in "keepalive" directive`

const map: Check = ({ args: [, name = ''] }) =>
  /^\$./.test(name) ? undefined : `invalid variable name "${name}"`

/** Smallest shared memory zone: eight pages of 4 KiB. */
const SMALLEST_ZONE = 8 * 4096

function refuseZone(option: string): string | undefined {
  const match = /^zone=([^:]*):(.*)$/.exec(option)
  if (!match) return `invalid zone size "${option}"`
  const size = parseSize(match[2] ?? '', 'm')
  if (size === undefined) return `invalid zone size "${option}"`
  return size < SMALLEST_ZONE ? `zone "${option.slice(5)}" is too small` : undefined
}

const zone: Check = ({ name, args: [key, ...options] }, { earlier }) => {
  for (const option of options) {
    const problem = option.startsWith('zone=')
      ? refuseZone(option)
      : option.startsWith('rate=')
        ? /^rate=[1-9]\d*(r\/[sm])?$/.test(option)
          ? undefined
          : `invalid rate "${option}"`
        : `invalid parameter "${option}"`
    if (problem) return problem
  }
  const named = zoneName(options)
  const other = earlier(`${name} ${named}`)
  return other
    ? `${name} "${named}" is already bound to key "${key === other.args[0] ? key : other.args[0]}"`
    : undefined
}

const zoneName = (options: readonly string[]): string | undefined =>
  options
    .find((option) => option.startsWith('zone='))
    ?.slice(5)
    .split(':')[0]

const limitReq: Check = ({ args }, { earlier }) => {
  const zoneOf = (options: readonly string[]) => options.find((option) => option.startsWith('zone='))
  for (const option of args) {
    const [, name, value = ''] = /^(burst|delay)=(.*)$/.exec(option) ?? []
    if (name !== undefined) {
      if ((parseNumber(value) ?? 0) <= 0) return `invalid ${name} value "${option}"`
    } else if (option !== 'nodelay' && !option.startsWith('zone=')) return `invalid parameter "${option}"`
  }
  const own = zoneOf(args)
  if (own === undefined) return '"limit_req" must have "zone" parameter'
  return earlier(`limit_req ${own}`) ? '"limit_req" directive is duplicate' : undefined
}

const limitConn: Check = ({ args: [zoneName = '', count = ''] }, { earlier }) => {
  if (earlier(`limit_conn ${zoneName}`)) return '"limit_conn" directive is duplicate'
  const number = parseNumber(count)
  if (!number) return `invalid number of connections "${count}"`
  return number > 65_535 ? 'connection limit must be less 65536' : undefined
}

const logFormat: Check = ({ args: [name = ''] }, { declared }) => {
  if (declared.logFormats.has(name)) return `duplicate "log_format" name "${name}"`
  declared.logFormats.add(name)
  return undefined
}

const LOG_OPTION = /^(?:buffer=\d+[kKmM]?|flush=.+|gzip|gzip=\d|if=.+)$/

const accessLog: Check = ({ args: [file, format, ...options] }, { declared, complete }) => {
  if (format === undefined) return undefined
  if (file === 'off') return `invalid parameter "${format}"`
  if (complete && !declared.logFormats.has(format)) return `unknown log format "${format}"`
  const unknown = options.find((option) => !LOG_OPTION.test(option))
  return unknown === undefined ? undefined : `invalid parameter "${unknown}"`
}

const addHeader: Check = ({ args: [, , always] }) =>
  always === undefined || always === 'always' ? undefined : `invalid parameter "${always}"`

const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

const errorLog: Check = ({ args: [, ...levels] }) => {
  const unknown = levels.find((level) => !LEVELS.includes(level) && !level.startsWith('debug_'))
  return unknown === undefined ? undefined : `invalid log level "${unknown}"`
}

const workerProcesses: Check = ({ args: [value = ''] }) =>
  value === 'auto' || (parseNumber(value) ?? 0) > 0 ? undefined : '"worker_processes" directive invalid value'

const workerConnections: Check = ({ args: [value = ''] }) =>
  parseNumber(value) === undefined ? `invalid number "${value}"` : undefined

const keepaliveTimeout: Check = ({ args }, { context }) => {
  if (context === 'upstream') return undefined
  const bad = args.find((value, index) => parseTime(value, index === 0 ? 'ms' : 's') === undefined)
  return bad === undefined ? undefined : '"keepalive_timeout" directive invalid value'
}

const cachePath: Check = ({ args: [folder, ...options] }, { earlier }) => {
  const known =
    /^(levels=[12](:[12]){0,2}|use_temp_path=(on|off)|keys_zone=.+|(inactive|max_size|min_free|manager_(files|sleep|threshold)|loader_(files|sleep|threshold)|purger|purger_(files|sleep|threshold))=.+)$/
  const unknown = options.find((option) => !known.test(option))
  if (unknown?.startsWith('levels=')) return `invalid "levels" "${unknown}"`
  if (unknown !== undefined) return `invalid parameter "${unknown}"`
  if (!options.some((option) => option.startsWith('keys_zone='))) {
    return '"proxy_cache_path" must have "keys_zone" parameter'
  }
  const twice = earlier(`proxy_cache_path ${folder}`)
  return twice && `the same path name "${folder}" used in ${twice.file}:${twice.endLine} and`
}

const expires: Check = ({ args }) => {
  const [value = '', more] = args
  if (more !== undefined && value !== 'modified') return '"expires" directive invalid value'
  const time = (more ?? value).replace(/^[-+@]/, '')
  const fits = /^(epoch|max|off)$/.test(value) || time.startsWith('$') || value.startsWith('@')
  return fits || parseTime(time, 's') !== undefined ? undefined : '"expires" directive invalid value'
}

const redirect: Check = ({ args: [first, second] }, { earlier }) => {
  const plain = (value: string | undefined) => value === 'off' || value === 'default'
  if (plain(first) && earlier('proxy_redirect')) return '"proxy_redirect" directive is duplicate'
  return second === undefined && !plain(first) ? `invalid parameter "${first}"` : undefined
}

/** A line of `map`, whose left side is a pattern and whose right side is a value. */
export const mapEntry: Check = ({ name, args, block }, { before }) => {
  if (block) return 'unexpected "{"'
  if (args.length === 0 && (name === 'hostnames' || name === 'volatile')) return undefined
  if (args.length !== 1) return 'invalid number of the map parameters'
  if (name === 'include') return undefined
  const problem = refuseScript(args[0] ?? '')
  if (problem) return problem
  if (name.startsWith('~')) {
    const ignoreCase = name.startsWith('~*')
    return refuseRegex(name.slice(ignoreCase ? 2 : 1), ignoreCase)
  }
  if (before.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    return name === 'default' ? 'duplicate default map parameter' : `conflicting parameter "${name}"`
  }
  return undefined
}

export const passingChecks: Readonly<Record<string, Check>> = {
  proxy_pass: proxyPass,
  server,
  upstream,
  keepalive,
  map,
  limit_req_zone: zone,
  limit_conn_zone: zone,
  limit_req: limitReq,
  limit_conn: limitConn,
  log_format: logFormat,
  access_log: accessLog,
  add_header: addHeader,
  add_trailer: addHeader,
  error_log: errorLog,
  worker_processes: workerProcesses,
  worker_connections: workerConnections,
  keepalive_timeout: keepaliveTimeout,
  proxy_cache_path: cachePath,
  proxy_redirect: redirect,
  expires,
}
