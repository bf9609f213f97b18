/**
 * Formats of nginx that come with a product, written as its configuration has them: ingress-nginx's `log-format-upstream`
 * (docs/user-guide/nginx-configuration/log-format.md) and Nginx Proxy Manager's `proxy` and `standard` (its log.conf).
 */
import { parserOfFormat } from '#lib/logs/log-format.ts'
import type { LineParser } from '#lib/logs/record.ts'

const INGRESS =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id'
const MANAGER_PROXY =
  '[$time_local] $upstream_cache_status $upstream_status $status - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] [Sent-to $server] "$http_user_agent" "$http_referer"'
const MANAGER_STANDARD =
  '[$time_local] $status - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] "$http_user_agent" "$http_referer"'

/** What no other line has, and the forms that have it. */
const FORMS: readonly (readonly [mark: string, parsers: readonly LineParser[]])[] = [
  ['] [] ', parsersOf(INGRESS)],
  ['" [Client ', parsersOf(MANAGER_PROXY, MANAGER_STANDARD)],
]

function parsersOf(...formats: string[]): LineParser[] {
  return formats.flatMap((format) => parserOfFormat(format) ?? [])
}

export const parseNginxForms: LineParser = (line, options) => {
  const parsers = FORMS.find(([mark]) => line.includes(mark))?.[1] ?? []
  for (const parse of parsers) {
    const record = parse(line, options)
    // What does not fit as a whole may still begin like it.
    if (record?.kind === 'access' && record.atMs !== undefined) return record
  }
  return undefined
}
