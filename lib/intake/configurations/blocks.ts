/** Varnish and Caddy: configurations that end with their last brace. */
import { type ConfigBlock, count } from '#lib/intake/configurations/block.ts'
import type { Lines } from '#lib/intake/lines.ts'

const VCL =
  /^\s{0,10}(?:vcl \d\.\d;|sub vcl_\w{1,40}\b|(?:backend|probe|acl|director) \w{1,100} \{|import \w{1,60};)/
const VCL_SURE = /^\s{0,10}(?:vcl \d\.\d;|sub vcl_\w{1,40}\b)/

export function vcl(lines: Lines, at: number): ConfigBlock | undefined {
  if (!VCL.test(lines.at(at))) return undefined
  if (!lines.some(at, at + 40, (text) => VCL_SURE.test(text))) return undefined
  let depth = 0
  let end = at
  for (let index = at; index < lines.length; index++) {
    const text = lines.at(index)
    const [bare = ''] = text.split('#', 1)
    const isOwn = depth > 0 || VCL.test(text) || /^\s{0,40}(?:#|\/\/|\/?\*|\{|\}|include ")/.test(text)
    if (!isOwn && text.trim() !== '') break
    depth = Math.max(0, depth + count(bare, '{') - count(bare, '}'))
    if (text.trim() !== '') end = index
  }
  return { program: 'varnish', end: end + 1 }
}

const CADDY_SITE =
  /^\s{0,10}(?:(?:https?:\/\/)?[\w.*:{}$/-]{1,200}(?:, ?[\w.*:{}$/-]{1,200}){0,20}) \{\s{0,10}$/
const CADDY_DIRECTIVE =
  /^\s{0,40}(?:reverse_proxy|proxy \/|handle(?:_path|_errors)?|route|file_server|header(?:_up|_down)?|encode|tls|log|respond|rewrite|redir|root|try_files|basic_?auth|import|php_fastcgi|flush_interval|transport|lb_policy|health_\w{1,20}|stream_(?:timeout|close_delay)|@\w{1,60})\b/

export function caddy(lines: Lines, at: number): ConfigBlock | undefined {
  const first = lines.at(at)
  const isSite = CADDY_SITE.test(first) && lines.some(at + 1, at + 8, (text) => CADDY_DIRECTIVE.test(text))
  const isBare = /^\s{0,40}(?:reverse_proxy\s\S|proxy\s\/\S{0,300}\s\S)/.test(first)
  if (!isSite && !isBare) return undefined
  let depth = 0
  for (let end = at; end < lines.length; end++) {
    const text = lines.at(end)
    depth += count(text, '{') - count(text, '}')
    if (depth <= 0 && !(CADDY_DIRECTIVE.test(text) && count(text, '{') === 0 && isBare))
      return { program: 'caddy', end: end + 1 }
  }
  return { program: 'caddy', end: lines.length }
}
