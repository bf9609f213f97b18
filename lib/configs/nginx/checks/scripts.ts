/** Values in which nginx looks for variables. */
import type { Check } from '#lib/configs/nginx/checks/check.ts'
import { conditionWords } from '#lib/configs/nginx/checks/routing.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

/** Directives whose values are compiled as scripts, from which argument on. */
const SCRIPTS: Readonly<Record<string, number>> = {
  proxy_set_header: 1,
  proxy_pass: 0,
  proxy_method: 0,
  proxy_redirect: 0,
  proxy_cache_key: 0,
  proxy_cache_bypass: 0,
  proxy_no_cache: 0,
  return: 0,
  set: 1,
  add_header: 1,
  log_format: 1,
  try_files: 0,
  root: 0,
  alias: 0,
  map: 0,
  limit_req_zone: 0,
  limit_conn_zone: 0,
  fastcgi_param: 1,
  fastcgi_pass: 0,
  grpc_set_header: 1,
  auth_request_set: 1,
  access_log: 0,
  hash: 0,
}

/** The arguments of a directive in which `$` begins a variable. */
export function scriptsOf({ name, args, block }: Directive): string[] {
  if (name === 'map') return [args[0] ?? '', ...(block ?? []).flatMap(mapValues)]
  if (name === 'rewrite') return [args[1] ?? '']
  if (name === 'if') {
    const [subject = '', comparison, value = ''] = conditionWords(args) ?? []
    return comparison === '=' || comparison === '!=' ? [subject, value] : [subject]
  }
  const from = Object.hasOwn(SCRIPTS, name) ? SCRIPTS[name] : undefined
  return from === undefined ? [] : args.slice(from)
}

const mapValues = ({ args }: Directive): readonly string[] => (args.length === 1 ? args : [])

/** `$` alone is no variable, and nginx knows no way to escape it. */
export const checkScripts: Check = (directive) => {
  if (directive.name === 'log_format' || directive.name === 'map') return undefined
  for (const script of scriptsOf(directive)) {
    const open = /\$\{\w*(?![\w}])/.exec(script)
    if (open) return `the closing bracket in "${open[0].slice(2)}" variable is missing`
    if (/\$(?![\w{])|\$\{\}/.test(script)) return 'invalid variable name'
  }
  return undefined
}
