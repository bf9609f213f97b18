/** Programs whose configurations have a directive on each line: a block goes on as long as its lines fit. */
import { type ConfigBlock, type Finder, whileFits } from '#lib/intake/configurations/block.ts'
import type { Lines } from '#lib/intake/lines.ts'

interface Form {
  readonly begins: (line: string, lines: Lines, at: number) => boolean
  readonly fits: (line: string) => boolean
  /** What only this program has, and within how many lines it must stand. */
  readonly sure?: { readonly pattern: RegExp; readonly within: number }
  /** Fewer are anybody's. */
  readonly leastLines?: number
}

const COMMENT = /^\s{0,40}#/

const XML = /^\s{0,400}(?:<[?!/]?[\w.:-]|<!--|[\w.:-]{1,80}="|\/?>|-->)/

const APACHE =
  /^\s{0,40}(?:<\/?(?:VirtualHost|Location|LocationMatch|Directory|Proxy|IfModule|IfDefine|Files|FilesMatch|If|ElseIf|Else|RequireAny|RequireAll)\b[^>]{0,400}>|(?:ProxyPass(?:Match|Reverse)?|ProxyPreserveHost|ProxyRequests|ProxyTimeout|ProxyWebsocketFallbackToProxyHttp|RewriteEngine|RewriteCond|RewriteRule|RewriteBase|ServerName|ServerAlias|ServerRoot|LoadModule|DocumentRoot|SSLEngine|SSLProxyEngine|SSLCertificate(?:Key)?File|RequestHeader|ErrorLog|CustomLog|LogLevel|Listen|Timeout|KeepAlive|AllowOverride|Require|Order|Allow|Deny|Options|Header|Include(?:Optional)?)\s{1,40}\S.{0,2000})$/i
const APACHE_SURE =
  /^\s{0,40}(?:<(?:VirtualHost|Location|LocationMatch|Directory|Proxy|IfModule)\b[^>]{0,400}>|(?:ProxyPass(?:Match|Reverse)?|ProxyPreserveHost|RewriteEngine|RewriteCond|RewriteRule|LoadModule|SSLProxyEngine)\s{1,40}\S)/i

const HAPROXY_SECTION =
  /^(?:global|defaults|(?:frontend|backend|listen|resolvers|peers|userlist)\s\S{1,200})\s{0,40}(?:#.*)?$/
const HAPROXY_DIRECTIVE =
  /^\s{1,40}(?:acl|balance|bind|cookie|default_backend|default-server|errorfile|http-request|http-response|http-reuse|http-check|log|log-format|maxconn|mode|option|redirect|reqadd|retries|server|stats|stick-table|stick|tcp-request|tcp-response|timeout|use_backend|use-server|user|group|daemon|chroot|nbthread|tune\.\S{1,60}|ssl-default-\S{1,60}|hash-type|compression|monitor-uri|rate-limit|description|no option|filter|capture|source)\b/
/** Of a part without its section. */
const HAPROXY_SURE =
  /^\s{1,40}(?:timeout (?:client|server|tunnel|connect|queue|http-request|http-keep-alive|client-fin|server-fin|check) \d|use_backend \S{1,200} if |http-request set-header )/

const SQUID =
  /^\s{0,10}(?:acl\s{1,20}\S{1,80}\s{1,20}(?:src|dst|srcdomain|dstdomain|port|method|proto|url_regex|urlpath_regex|proxy_auth|myportname|localport|time|ssl::\S{1,40}|at_step|req_header|dstdom_regex|maxconn|browser|random|note)\b.{0,2000}|(?:https?_port|http_access|http_reply_access|icp_access|cache_peer|cache_peer_access|cache_dir|cache_mem|cache|cache_log|access_log|logformat|logfile_rotate|coredump_dir|refresh_pattern|http_upgrade_request_protocols|ssl_bump|sslcrtd_program|sslproxy_\w{1,40}|tls_outgoing_options|visible_hostname|forwarded_for|via|never_direct|always_direct|request_header_access|reply_header_access|request_header_add|auth_param|dns_nameservers|maximum_object_size|client_lifetime|read_timeout|request_timeout|connect_timeout|pconn_timeout|half_closed_clients|shutdown_lifetime|delay_pools|url_rewrite_program|icap_\w{1,40}|adaptation_\w{1,40})\s{1,20}\S.{0,2000})$/

/** Traefik's static configuration or one of its files, from a table of its own or the line above it. */
const TOML_TABLE =
  /^\s{0,80}\[\[?(?:entryPoints|http|tcp|providers|respondingTimeouts|serversTransport|accessLog|log|api|global|certificatesResolvers|frontends|backends|file|docker)(?:\.[^\]\n]{1,300})?\]\]?\s{0,8}(?:#.*)?$/
const ABOVE_TOML = /^(?:defaultEntryPoints|logLevel|debug)\s{0,8}=/
const TOML =
  /^\s{0,80}(?:\[.{1,400}\]|["\]}[{].{0,400}|["']?[\w.-]{1,120}["']?\s{0,20}=.{0,2000}|#.*)\s{0,8}$/

const FORMS = {
  iis: {
    begins: (line) =>
      /^\s{0,40}<(?:\?xml\b|configuration\b|system\.webServer\b|location\b|rewrite>|webSocket\b)/i.test(line),
    fits: (line) => XML.test(line),
    sure: { pattern: /<system\.webServer\b|<rewrite>|<webSocket\b/i, within: 200 },
  },
  apache: {
    begins: (line) => APACHE_SURE.test(line),
    fits: (line) => APACHE.test(line) || COMMENT.test(line),
  },
  haproxy: {
    begins: (line, lines, at) =>
      HAPROXY_SURE.test(line) ||
      (HAPROXY_SECTION.test(line) && lines.some(at + 1, at + 4, (below) => HAPROXY_DIRECTIVE.test(below))),
    fits: (line) => HAPROXY_SECTION.test(line) || HAPROXY_DIRECTIVE.test(line) || COMMENT.test(line),
  },
  squid: {
    begins: (line) => SQUID.test(line),
    fits: (line) => SQUID.test(line) || COMMENT.test(line),
    sure: {
      pattern:
        /^\s{0,10}(?:https?_port\s{1,20}(?:\S{1,60}:)?\d{1,5}\b|http_access\s{1,20}(?:allow|deny)\b|http_upgrade_request_protocols\s)/,
      within: 200,
    },
  },
  traefik: {
    begins: (line) => TOML_TABLE.test(line) || ABOVE_TOML.test(line),
    fits: (line) => TOML.test(line),
    sure: {
      pattern:
        /^\s{0,80}\[\[?(?:entryPoints|respondingTimeouts|http\.(?:routers|services|middlewares|serversTransports)|providers|frontends|backends)\b/,
      within: 60,
    },
    leastLines: 2,
  },
} satisfies Record<string, Form>

const finderOf =
  (program: string, { begins, fits, sure, leastLines = 1 }: Form): Finder =>
  (lines, at): ConfigBlock | undefined => {
    if (!begins(lines.at(at), lines, at)) return undefined
    const end = whileFits(lines, at, fits)
    const isSure =
      sure === undefined || lines.some(at, Math.min(end, at + sure.within), (line) => sure.pattern.test(line))
    return isSure && end - at >= leastLines ? { program, end } : undefined
  }

export const lineByLine = Object.fromEntries(
  Object.entries(FORMS).map(([program, form]) => [program, finderOf(program, form)]),
) as Record<keyof typeof FORMS, Finder>
