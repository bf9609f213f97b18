import { headingOf } from '#lib/configs/nginx/syntax/dump.ts'
import { type ConfigBlock, count } from '#lib/intake/configurations/block.ts'
import type { Lines } from '#lib/intake/lines.ts'

const NGINX_BLOCK =
  /^\s{0,40}(?:http|events|server|upstream \S{1,200}|location (?:(?:=|~\*?|\^~) ?)?\S{1,400}|map \S{1,200} \S{1,200}|stream|types|geo \S{1,200}(?: \S{1,200})?|if \(.{1,400}\)|limit_except [A-Z ]{1,80}|split_clients \S{1,200} \S{1,200})\s{0,40}\{/
const NGINX_DUMP = /^# configuration file \S{1,400}:$/
/**
 * Enough of the directives to know a fragment by; any directive continues one. A `#` is a directive's only within a word:
 * elsewhere a comment begins, and the directive has ended.
 */
const NGINX_DIRECTIVE =
  /^\s{0,40}(?:proxy_(?:pass|set_header|http_version|read_timeout|send_timeout|connect_timeout|buffering|redirect|cache|cache_bypass|ssl_\w{1,30}|socket_keepalive|next_upstream|hide_header|pass_header|intercept_errors)|fastcgi_\w{1,40}|uwsgi_\w{1,40}|grpc_\w{1,40}|listen|server_name|ssl_certificate(?:_key)?|try_files|rewrite|return \d{3}|add_header|worker_processes|worker_connections|worker_shutdown_timeout|keepalive_timeout|access_log|error_log|client_max_body_size|include \S{1,300}|upstream|root|index|auth_\w{1,20}|limit_(?:req|conn)\w{0,10}|error_page|resolver|set \$\w{1,60}|send_timeout|map_hash_\w{1,20}|user|pid|daemon)\b(?:[^{}#]|(?<=[^\s;])#){0,2000};\s{0,40}(?:#.*)?$/
const ANY_DIRECTIVE = /^\s{0,40}[a-z_$][\w$]{0,60}(?:\s(?:[^{}#]|(?<=[^\s;])#){0,4000})?;\s{0,40}(?:#.*)?$/i
const BETWEEN =
  /^\s{0,200}(?:#.*|\}.{0,40}|\{|[.…]{1,10}.{0,20}|\[\.\.\.\]|<%.{0,200}%>|\{[%#].{0,200}[%#]\}|)$/

/** Whether a line is one of nginx's configurations, by itself. */
export const isConfigurationLine = (text: string): boolean =>
  NGINX_BLOCK.test(text) || NGINX_DIRECTIVE.test(text)

export function nginx(lines: Lines, at: number): ConfigBlock | undefined {
  const first = lines.at(at)
  if (NGINX_DUMP.test(first)) return { program: 'nginx', end: lines.length }
  const next = lines.at(at + 1)
  // Who writes the brace on a line of its own.
  const opensBelow = /^\s{0,40}\{\s{0,40}$/.test(next) && NGINX_BLOCK.test(`${first} {`)
  if (!NGINX_BLOCK.test(first) && !NGINX_DIRECTIVE.test(first) && !opensBelow) return undefined
  // A Caddyfile, a JavaScript object and an HCL file have braces, too: a directive must be near.
  const near = lines.some(
    at,
    at + 12,
    (text) => ANY_DIRECTIVE.test(text) || /[{;]\s{0,4}[a-z_]{2,40} [^;{}]{1,400};/.test(text),
  )
  if (!near) return undefined
  let depth = 0
  let end = at
  let lastOwn = at
  for (; end < lines.length; end++) {
    const text = lines.at(end)
    const [bare = ''] = text.split('#', 1)
    const change = count(bare, '{') - count(bare, '}')
    const isOwn =
      depth > 0 ||
      change > 0 ||
      ANY_DIRECTIVE.test(text) ||
      NGINX_BLOCK.test(text) ||
      (end === at && opensBelow)
    if (!isOwn && !BETWEEN.test(text) && headingOf(text) === undefined) break
    depth = Math.max(0, depth + change)
    if (isOwn || text.trim() !== '') lastOwn = end
  }
  return { program: 'nginx', end: lastOwn + 1 }
}
