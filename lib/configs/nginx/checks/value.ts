/** What nginx says against the value of a directive that its common code reads. */

import type { Check } from '#lib/configs/nginx/checks/check.ts'
import { PROXY_HTTP2_SINCE } from '#lib/configs/nginx/directives/since.ts'
import { type DirectiveSpec, specsOf } from '#lib/configs/nginx/directives/table.ts'
import { compareVersions, parseNumber, parseSize, parseTime } from '#lib/configs/nginx/syntax/values.ts'

/** Directives whose own code refuses a second one in the same block. */
const ONCE = new Set(
  `proxy_pass fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass root alias keepalive_timeout keepalive events http
  worker_processes worker_connections user use proxy_cache fastcgi_cache auth_basic auth_request expires limit_rate
  try_files resolver ssl_session_cache open_file_cache directio aio proxy_cache_key proxy_method proxy_store mirror
  proxy_bind`.split(/\s+/),
)

/** Kinds whose common code refuses a second one in the same block. */
const ONCE_KINDS = new Set(['flag', 'msec', 'sec', 'number', 'size', 'offset', 'string', 'enum', 'buffers'])

export const checkValue = (spec: DirectiveSpec): Check => {
  return ({ name, args }, { before, version }) => {
    const once = ONCE_KINDS.has(spec.kind) || ONCE.has(name)
    if (once && before.some((other) => other.name === name)) return `"${name}" directive is duplicate`
    const [value = ''] = args
    switch (spec.kind) {
      case 'flag':
        return /^(on|off)$/i.test(value)
          ? undefined
          : `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`
      case 'msec':
        return parseTime(value, 'ms') === undefined ? `"${name}" directive invalid value` : undefined
      case 'sec':
        return parseTime(value, 's') === undefined ? `"${name}" directive invalid value` : undefined
      case 'number':
        return parseNumber(value) === undefined ? `"${name}" directive invalid number` : undefined
      case 'size':
        return parseSize(value, 'm') === undefined ? `"${name}" directive invalid value` : undefined
      case 'offset':
        return parseSize(value, 'g') === undefined ? `"${name}" directive invalid value` : undefined
      case 'buffers': {
        const fits = (parseNumber(value) ?? 0) > 0 && (parseSize(args[1] ?? '', 'm') ?? 0) > 0
        return fits ? undefined : `"${name}" directive invalid value`
      }
      case 'enum':
      case 'mask':
        return args
          .map((arg) => refuseWord(name, arg, spec, version))
          .find((problem) => problem !== undefined)
      default:
        return undefined
    }
  }
}

function refuseWord(name: string, word: string, spec: DirectiveSpec, version?: string): string | undefined {
  if (spec.words.some((each) => each.toLowerCase() === word.toLowerCase())) return undefined
  if (name === 'proxy_http_version' && word === '2') {
    // Without a version, what any nginx takes is valid.
    if (version === undefined || compareVersions(version, PROXY_HTTP2_SINCE) >= 0) return undefined
  }
  return `invalid value "${word}"`
}

/** The meaning that a directive has in a context, for a version. */
export const specIn = (name: string, context: string, version?: string): DirectiveSpec | undefined =>
  specsOf(name)?.find(
    ({ contexts, since }) =>
      contexts.some((each) => each === context) &&
      (since === undefined || version === undefined || compareVersions(version, since) >= 0),
  )
