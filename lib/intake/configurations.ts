/**
 * Finds configurations between other lines: where one begins, which program's it is and where it ends. What is in it
 * is read by `lib/configs`.
 */
import { headingOf } from '#lib/configs/nginx/syntax/dump.ts'
import type { Lines } from '#lib/intake/lines.ts'

export type ConfigBlock = {
  /** `nginx`, `apache`, `haproxy`, `caddy`, `traefik`, `envoy`, `kubernetes`, `compose`, `varnish`, `apisix`, `kong`, `iis`, `squid`. */
  program: string
  /** First index after the block. */
  end: number
}

const NAMES: Readonly<Record<string, string>> = {
  apache: 'Apache httpd',
  haproxy: 'HAProxy',
  caddy: 'Caddy',
  traefik: 'Traefik',
  envoy: 'Envoy',
  kubernetes: 'Kubernetes',
  compose: 'Docker Compose',
  varnish: 'Varnish',
  apisix: 'APISIX',
  kong: 'Kong',
  iis: 'IIS',
  squid: 'Squid',
}

/** As its makers write it. */
export const nameOfProgram = (program: string): string => NAMES[program] ?? program

type Finder = (lines: Lines, at: number) => ConfigBlock | undefined

/**
 * The configuration that begins at a line of these; undefined where none does. Asked from the first line to the last:
 * what was looked at for one line is known for those behind it.
 */
export function configurationsIn(lines: Lines): (at: number) => ConfigBlock | undefined {
  const finders: readonly Finder[] = [
    createJsonFinder(lines),
    webConfig,
    vcl,
    nginx,
    apache,
    haproxy,
    squid,
    createYamlFinder(lines),
    traefikToml,
    caddy,
  ]
  return (at) => {
    for (const find of finders) {
      const block = find(lines, at)
      if (block !== undefined) return block
    }
    return undefined
  }
}

// ---------------------------------------------------------------- JSON and its programs

/** What stands in the same object, and in no other program’s. */
const JSON_PROGRAMS: readonly { program: string; sure: readonly RegExp[] }[] = [
  {
    program: 'apisix',
    sure: [
      /"(?:enable_websocket|upstream(?:_id)?|nodes)"\s{0,8}:/,
      /"(?:enable_websocket|roundrobin|chash|least_conn|ewma)"|"type"\s{0,8}:\s{0,8}"(?:roundrobin|chash|least_conn|ewma)"/,
    ],
  },
  {
    program: 'kong',
    sure: [
      /"(?:read_timeout|_format_version)"\s{0,8}:/,
      /"(?:write_timeout|connect_timeout|strip_path|_format_version)"\s{0,8}:/,
    ],
  },
  {
    program: 'envoy',
    sure: [
      /"(?:static_resources|filter_chains|http_filters|virtual_hosts|upgrade_configs)"\s{0,8}:/,
      /http_connection_manager|HttpConnectionManager|"upgrade_configs"|"virtual_hosts"/,
    ],
  },
  {
    program: 'caddy',
    sure: [
      /"handler"\s{0,8}:\s{0,8}"(?:reverse_proxy|subroute)"/,
      /"(?:upstreams|handle|routes|apps)"\s{0,8}:/,
    ],
  },
  {
    program: 'traefik',
    sure: [
      /"(?:routers|entryPoints)"\s{0,8}:/,
      /"(?:loadBalancer|middlewares|respondingTimeouts|entryPoints|service)"\s{0,8}:/,
    ],
  },
]

/** A line of a log in JSON has what it is about beside its time: Kong’s have the whole service. */
const OF_LOG = /"(?:latencies|started_at|@timestamp|timestamp|level|msg|logger|severity)"\s{0,8}:/
const MOST_JSON_LINES = 20_000
const LONGEST_JSON_LINE = 200_000

/** An object of JSON that begins with its line: each run of lines is looked through once. */
function createJsonFinder(all: Lines): Finder {
  let searched = 0
  return (lines, at) => {
    if (at < searched || !/^\s{0,40}\{/.test(lines.at(at))) return undefined
    const { end, isClosed } = endOfJson(all, at)
    searched = end
    if (!isClosed || OF_LOG.test(lines.at(at).slice(0, LONGEST_JSON_LINE))) return undefined
    const missing = new Map(JSON_PROGRAMS.map(({ program, sure }) => [program, [...sure]]))
    for (let index = at; index < end; index++) {
      const text = lines.at(index).slice(0, LONGEST_JSON_LINE)
      for (const [program, left] of missing) {
        const still = left.filter((pattern) => !pattern.test(text))
        if (still.length === 0) return { program, end }
        missing.set(program, still)
      }
    }
    return undefined
  }
}

/** The index behind the line that closes the object, or up to which there is none. Braces within texts come in pairs. */
function endOfJson(lines: Lines, at: number): { end: number; isClosed: boolean } {
  let depth = 0
  let index = at
  for (; index < lines.length && index - at < MOST_JSON_LINES; index++) {
    const text = lines.at(index)
    if (index > at && !/^\s{0,400}(?:["{}[\]\d-]|true\b|false\b|null\b|$)/.test(text)) break
    depth += count(text, '{') - count(text, '}')
    if (depth <= 0) return { end: index + 1, isClosed: true }
  }
  return { end: index, isClosed: false }
}

// ---------------------------------------------------------------- IIS

const XML = /^\s{0,400}(?:<[?!/]?[\w.:-]|<!--|[\w.:-]{1,80}="|\/?>|-->)/
const WEB_CONFIG = /<system\.webServer\b|<rewrite>|<webSocket\b/i

/** web.config, or a part of it. */
function webConfig(lines: Lines, at: number): ConfigBlock | undefined {
  if (
    !/^\s{0,40}<(?:\?xml\b|configuration\b|system\.webServer\b|location\b|rewrite>|webSocket\b)/i.test(
      lines.at(at),
    )
  )
    return undefined
  const end = whileFits(lines, at, (text) => XML.test(text))
  return lines.some(at, Math.min(end, at + 200), (text) => WEB_CONFIG.test(text))
    ? { program: 'iis', end }
    : undefined
}

// ---------------------------------------------------------------- nginx

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

function nginx(lines: Lines, at: number): ConfigBlock | undefined {
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

const count = (text: string, character: string): number => text.split(character).length - 1

// ---------------------------------------------------------------- Varnish

const VCL =
  /^\s{0,10}(?:vcl \d\.\d;|sub vcl_\w{1,40}\b|(?:backend|probe|acl|director) \w{1,100} \{|import \w{1,60};)/
const VCL_SURE = /^\s{0,10}(?:vcl \d\.\d;|sub vcl_\w{1,40}\b)/

function vcl(lines: Lines, at: number): ConfigBlock | undefined {
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

// ---------------------------------------------------------------- Apache

const APACHE =
  /^\s{0,40}(?:<\/?(?:VirtualHost|Location|LocationMatch|Directory|Proxy|IfModule|IfDefine|Files|FilesMatch|If|ElseIf|Else|RequireAny|RequireAll)\b[^>]{0,400}>|(?:ProxyPass(?:Match|Reverse)?|ProxyPreserveHost|ProxyRequests|ProxyTimeout|ProxyWebsocketFallbackToProxyHttp|RewriteEngine|RewriteCond|RewriteRule|RewriteBase|ServerName|ServerAlias|ServerRoot|LoadModule|DocumentRoot|SSLEngine|SSLProxyEngine|SSLCertificate(?:Key)?File|RequestHeader|ErrorLog|CustomLog|LogLevel|Listen|Timeout|KeepAlive|AllowOverride|Require|Order|Allow|Deny|Options|Header|Include(?:Optional)?)\s{1,40}\S.{0,2000})$/i
const APACHE_SURE =
  /^\s{0,40}(?:<(?:VirtualHost|Location|LocationMatch|Directory|Proxy|IfModule)\b[^>]{0,400}>|(?:ProxyPass(?:Match|Reverse)?|ProxyPreserveHost|RewriteEngine|RewriteCond|RewriteRule|LoadModule|SSLProxyEngine)\s{1,40}\S)/i

function apache(lines: Lines, at: number): ConfigBlock | undefined {
  if (!APACHE_SURE.test(lines.at(at))) return undefined
  return {
    program: 'apache',
    end: whileFits(lines, at, (text) => APACHE.test(text) || /^\s{0,40}#/.test(text)),
  }
}

// ---------------------------------------------------------------- HAProxy

const HAPROXY_SECTION =
  /^(?:global|defaults|(?:frontend|backend|listen|resolvers|peers|userlist)\s\S{1,200})\s{0,40}(?:#.*)?$/
const HAPROXY_DIRECTIVE =
  /^\s{1,40}(?:acl|balance|bind|cookie|default_backend|default-server|errorfile|http-request|http-response|http-reuse|http-check|log|log-format|maxconn|mode|option|redirect|reqadd|retries|server|stats|stick-table|stick|tcp-request|tcp-response|timeout|use_backend|use-server|user|group|daemon|chroot|nbthread|tune\.\S{1,60}|ssl-default-\S{1,60}|hash-type|compression|monitor-uri|rate-limit|description|no option|filter|capture|source)\b/

function haproxy(lines: Lines, at: number): ConfigBlock | undefined {
  const first = lines.at(at)
  const below = lines.some(at + 1, at + 4, (text) => HAPROXY_DIRECTIVE.test(text))
  const isBare =
    /^\s{1,40}(?:timeout (?:client|server|tunnel|connect|queue|http-request|http-keep-alive|client-fin|server-fin|check) \d|use_backend \S{1,200} if |http-request set-header )/.test(
      first,
    )
  if (!(HAPROXY_SECTION.test(first) && below) && !isBare) return undefined
  return {
    program: 'haproxy',
    end: whileFits(
      lines,
      at,
      (text) => HAPROXY_SECTION.test(text) || HAPROXY_DIRECTIVE.test(text) || /^\s{0,40}#/.test(text),
    ),
  }
}

// ---------------------------------------------------------------- Squid

const SQUID =
  /^\s{0,10}(?:acl\s{1,20}\S{1,80}\s{1,20}(?:src|dst|srcdomain|dstdomain|port|method|proto|url_regex|urlpath_regex|proxy_auth|myportname|localport|time|ssl::\S{1,40}|at_step|req_header|dstdom_regex|maxconn|browser|random|note)\b.{0,2000}|(?:https?_port|http_access|http_reply_access|icp_access|cache_peer|cache_peer_access|cache_dir|cache_mem|cache|cache_log|access_log|logformat|logfile_rotate|coredump_dir|refresh_pattern|http_upgrade_request_protocols|ssl_bump|sslcrtd_program|sslproxy_\w{1,40}|tls_outgoing_options|visible_hostname|forwarded_for|via|never_direct|always_direct|request_header_access|reply_header_access|request_header_add|auth_param|dns_nameservers|maximum_object_size|client_lifetime|read_timeout|request_timeout|connect_timeout|pconn_timeout|half_closed_clients|shutdown_lifetime|delay_pools|url_rewrite_program|icap_\w{1,40}|adaptation_\w{1,40})\s{1,20}\S.{0,2000})$/
const SQUID_SURE =
  /^\s{0,10}(?:https?_port\s{1,20}(?:\S{1,60}:)?\d{1,5}\b|http_access\s{1,20}(?:allow|deny)\b|http_upgrade_request_protocols\s)/

function squid(lines: Lines, at: number): ConfigBlock | undefined {
  if (!SQUID.test(lines.at(at))) return undefined
  const end = whileFits(lines, at, (text) => SQUID.test(text) || /^\s{0,40}#/.test(text))
  return lines.some(at, Math.min(end, at + 200), (text) => SQUID_SURE.test(text))
    ? { program: 'squid', end }
    : undefined
}

// ---------------------------------------------------------------- Caddy

const CADDY_SITE =
  /^\s{0,10}(?:(?:https?:\/\/)?[\w.*:{}$/-]{1,200}(?:, ?[\w.*:{}$/-]{1,200}){0,20}) \{\s{0,10}$/
const CADDY_DIRECTIVE =
  /^\s{0,40}(?:reverse_proxy|proxy \/|handle(?:_path|_errors)?|route|file_server|header(?:_up|_down)?|encode|tls|log|respond|rewrite|redir|root|try_files|basic_?auth|import|php_fastcgi|flush_interval|transport|lb_policy|health_\w{1,20}|stream_(?:timeout|close_delay)|@\w{1,60})\b/

function caddy(lines: Lines, at: number): ConfigBlock | undefined {
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

// ---------------------------------------------------------------- Traefik in TOML

const TOML_TABLE =
  /^\s{0,80}\[\[?(?:entryPoints|http|tcp|providers|respondingTimeouts|serversTransport|accessLog|log|api|global|certificatesResolvers|frontends|backends|file|docker)(?:\.[^\]\n]{1,300})?\]\]?\s{0,8}(?:#.*)?$/
const TOML =
  /^\s{0,80}(?:\[.{1,400}\]|["\]}[{].{0,400}|["']?[\w.-]{1,120}["']?\s{0,20}=.{0,2000}|#.*)\s{0,8}$/
const TOML_SURE =
  /^\s{0,80}\[\[?(?:entryPoints|respondingTimeouts|http\.(?:routers|services|middlewares|serversTransports)|providers|frontends|backends)\b/

/** Its static configuration or one of its files, from a table of its own or the line above it. */
function traefikToml(lines: Lines, at: number): ConfigBlock | undefined {
  const first = lines.at(at)
  const isAbove = /^(?:defaultEntryPoints|logLevel|debug)\s{0,8}=/.test(first)
  if (!TOML_TABLE.test(first) && !isAbove) return undefined
  const end = whileFits(lines, at, (text) => TOML.test(text))
  return end > at + 1 && lines.some(at, Math.min(end, at + 60), (text) => TOML_SURE.test(text))
    ? { program: 'traefik', end }
    : undefined
}

// ---------------------------------------------------------------- YAML and its programs

const YAML =
  /^\s{0,80}(?:- )?["']?[\w./@-]{1,120}["']?:(?:\s.*)?$|^\s{0,80}- \S.*$|^\s{0,80}#.*$|^---\s{0,10}$|^\s{2,80}\S.*$/
const YAML_PROGRAMS: readonly { program: string; starts: RegExp; sure: RegExp }[] = [
  {
    program: 'kubernetes',
    starts:
      /^(?:apiVersion: (?:networking\.k8s\.io|networking\.gke\.io|cloud\.google\.com|extensions|v1|gateway\.networking|projectcontour\.io)|kind: (?:Ingress|ConfigMap|Service|HTTPRoute|HTTPProxy|BackendConfig|GCPBackendPolicy))/,
    sure: /nginx\.ingress\.kubernetes\.io|kind: (?:Ingress|ConfigMap|Service|HTTPRoute|HTTPProxy|BackendConfig|GCPBackendPolicy)|haproxy\.org\//,
  },
  {
    program: 'kubernetes',
    starts: /^\s{0,20}(?:metadata:|annotations:|nginx\.ingress\.kubernetes\.io\/[\w-]{1,80}:)/,
    sure: /nginx\.ingress\.kubernetes\.io|nginx\.org\/|haproxy\.org\/|alb\.ingress\.kubernetes\.io|traefik\.ingress/,
  },
  {
    program: 'traefik',
    starts: /^(?:entryPoints|http|providers|log|accessLog|api|certificatesResolvers|global|tcp):\s{0,10}$/,
    sure: /entryPoints|routers:|respondingTimeouts|loadBalancer:|middlewares:|providers:/,
  },
  {
    program: 'envoy',
    starts:
      /^\s{0,20}(?:static_resources|listeners|clusters|filter_chains|admin|node|- name: envoy\.|upgrade_configs|http_filters|route_config):/,
    sure: /envoy\.|upgrade_configs|virtual_hosts|stream_idle_timeout|filter_chains/,
  },
  {
    program: 'apisix',
    starts:
      /^(?:apiVersion: apisix\.apache\.org\/|kind: Apisix|routes:|upstreams:|upstream:|uri:|enable_websocket:)/,
    sure: /^kind: Apisix|\benable_websocket:|\btype: ["']?(?:roundrobin|chash|least_conn|ewma)\b/,
  },
  {
    program: 'kong',
    starts: /^(?:_format_version:|services:|apiVersion: configuration\.konghq\.com|kind: Kong)/,
    sure: /^_format_version:|^\s{0,40}(?:- )?read_timeout:|configuration\.konghq\.com/,
  },
  { program: 'compose', starts: /^(?:services|version|networks|volumes):/, sure: /^services:/ },
]

/** How far behind its beginning the line may be that shows whose the text is. */
const MOST_LINES_TO_BE_SURE = 400

/** Each line is looked at once, however many lines look like a beginning. */
function createYamlFinder(all: Lines): Finder {
  /** Where the lines end that may be YAML, and where what is to be read as such does. */
  let last = 0
  let until = 0
  const sureAt = YAML_PROGRAMS.map(() => 0)
  return (lines, at) => {
    const first = lines.at(at)
    for (const [index, { program, starts, sure }] of YAML_PROGRAMS.entries()) {
      if (!starts.test(first)) continue
      // Within a run of such lines every beginning has the same end.
      if (last <= at) last = whileFits(all, at, (text) => YAML.test(text))
      if (until <= at) until = beforeOtherConfiguration(all, at, last)
      const surely = Math.min(until, at + MOST_LINES_TO_BE_SURE)
      let next = Math.max(at, sureAt[index] ?? 0)
      while (next < surely && !sure.test(lines.at(next))) next++
      sureAt[index] = next
      if (next < surely) return { program, end: until }
    }
    return undefined
  }
}

/** `default.conf: |` */
const BLOCK_TEXT = /^\s{0,80}["']?[\w.-]{1,120}["']?:\s{1,10}[|>][-+\d]{0,3}\s{0,10}$/

/** A configuration of nginx in a text of YAML begins behind the line that has its name. */
function beforeOtherConfiguration(lines: Lines, from: number, until: number): number {
  for (let at = from; at < until; at++) {
    if (!BLOCK_TEXT.test(lines.at(at))) continue
    if (lines.some(at + 1, at + 8, isConfigurationLine)) return at + 1
  }
  return until
}

/** The first index whose line does not fit; blank lines in between belong to it, those at the end do not. */
function whileFits(lines: Lines, at: number, fits: (text: string) => boolean): number {
  let last = at
  for (let index = at + 1; index < lines.length; index++) {
    const text = lines.at(index)
    if (text.trim() === '') continue
    if (!fits(text)) break
    last = index
  }
  return last + 1
}
