/** Values in which nginx looks for variables. */
import type { Check } from '#lib/configs/nginx/checks/check.ts'
import { conditionWords } from '#lib/configs/nginx/checks/routing.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** Directives whose values are compiled as scripts, from which argument on. */
const SCRIPTS: Readonly<Record<string, number>> = {
  ...from(
    0,
    'return try_files root alias map limit_req_zone limit_conn_zone access_log hash error_page expires auth_basic auth_basic_user_file limit_rate limit_rate_after sub_filter index charset source_charset secure_link secure_link_md5 split_clients memcached_pass ssl_certificate ssl_certificate_key',
  ),
  ...from(1, 'set add_header add_trailer log_format auth_request_set'),
  ...from(
    0,
    'proxy_pass proxy_method proxy_redirect proxy_cache proxy_cache_key proxy_cache_bypass proxy_no_cache proxy_bind proxy_cookie_domain proxy_cookie_path proxy_cookie_flags proxy_ssl_name proxy_ssl_certificate proxy_ssl_certificate_key proxy_store proxy_set_body',
  ),
  ...from(1, 'proxy_set_header fastcgi_param uwsgi_param scgi_param grpc_set_header'),
  ...from(
    0,
    'fastcgi_pass fastcgi_index fastcgi_cache fastcgi_cache_key fastcgi_cache_bypass fastcgi_no_cache fastcgi_store uwsgi_pass uwsgi_cache uwsgi_cache_key scgi_pass scgi_cache scgi_cache_key grpc_pass grpc_ssl_name',
  ),
}

/** Of these the first may be an expression, in which `$` is its end. */
const EXPRESSION_FIRST = /^proxy_(?:redirect|cookie_(?:domain|path|flags))$/

function from(first: number, names: string): Readonly<Record<string, number>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, first]))
}

/** The arguments of a directive in which `$` begins a variable. */
export function scriptsOf({ name, args, block }: Directive): string[] {
  if (name === 'map') return [args[0] ?? '', ...(block ?? []).flatMap(mapValues)]
  if (name === 'rewrite') return [args[1] ?? '']
  if (name === 'if') {
    const [subject = '', comparison, value = ''] = conditionWords(args) ?? []
    return comparison === '=' || comparison === '!=' ? [subject, value] : [subject]
  }
  const first = Object.hasOwn(SCRIPTS, name) ? SCRIPTS[name] : undefined
  if (first === undefined) return []
  const isExpression = EXPRESSION_FIRST.test(name) && args[0]?.startsWith('~')
  return args.slice(isExpression ? 1 : first)
}

const mapValues = ({ args }: Directive): readonly string[] => (args.length === 1 ? args : [])

/** `$` alone is no variable, and nginx knows no way to escape it. */
export const checkScripts: Check = (directive) => {
  if (directive.name === 'log_format' || directive.name === 'map') return undefined
  for (const script of scriptsOf(directive)) {
    const problem = refuseScript(script)
    if (problem) return problem
  }
  return undefined
}

export function refuseScript(script: string): string | undefined {
  const open = /\$\{\w*(?![\w}])/.exec(script)
  if (open) return `the closing bracket in "${open[0].slice(2)}" variable is missing`
  return /\$(?![\w{])|\$\{\}/.test(script) ? 'invalid variable name' : undefined
}
