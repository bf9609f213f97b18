/**
 * What one log line says, whatever wrote it.
 *
 * Times are milliseconds since the Unix epoch. A line whose stamp names no time zone is read as UTC and says
 * so with `zoneless`; one without a year is given the year of the reader's options.
 */
import type { EventKind } from '#lib/protocol/events.ts'

export type LineFormat =
  | 'why1006-text'
  | 'why1006-json'
  | 'why1006-original'
  | 'nginx-access'
  | 'nginx-error'
  | 'haproxy'
  | 'apache-access'
  | 'apache-error'
  | 'combined'
  | 'caddy'
  | 'traefik'
  | 'envoy'
  | 'django'
  | 'asgi'
  | 'aws-alb'
  | 'aws-nlb'
  | 'aws-api-gateway'
  | 'azure'
  | 'cloudflare'
  | 'cloudfront'
  | 'google-cloud'
  | 'heroku'
  | 'fly'
  | 'vercel'
  | 'iis'
  | 'ingress-nginx'
  | 'squid'
  | 'rails'
  | 'phoenix'
  | 'framework'

export const formatNames = {
  'why1006-text': 'Why1006 server, text',
  'why1006-json': 'Why1006 server, JSON',
  'why1006-original': 'diagnostic lines of the original server',
  'nginx-access': 'nginx access log',
  'nginx-error': 'nginx error log',
  haproxy: 'HAProxy',
  'apache-access': 'Apache access log',
  'apache-error': 'Apache error log',
  combined: 'common or combined access log (nginx or Apache)',
  caddy: 'Caddy',
  traefik: 'Traefik',
  envoy: 'Envoy or Istio',
  django: 'Django or daphne',
  asgi: 'uvicorn, hypercorn or gunicorn',
  'aws-alb': 'AWS Application Load Balancer',
  'aws-nlb': 'AWS Network Load Balancer',
  'aws-api-gateway': 'AWS API Gateway, WebSocket API',
  azure: 'Azure Application Gateway or Front Door',
  cloudflare: 'Cloudflare Logpush',
  cloudfront: 'Amazon CloudFront',
  'google-cloud': 'Google Cloud load balancer or Cloud Run',
  heroku: 'Heroku router',
  fly: 'Fly.io proxy',
  vercel: 'Vercel log drain',
  iis: 'IIS or another W3C extended log',
  'ingress-nginx': 'ingress-nginx controller',
  squid: 'Squid',
  rails: 'Rails, Action Cable',
  phoenix: 'Phoenix',
  framework: 'access log of a web framework',
} satisfies Record<LineFormat, string>

type Common = {
  format: LineFormat
  atMs?: number
  /** What the stamp resolves: 1000 for seconds. */
  resolutionMs: number
  zoneless?: boolean
}

/** One request in a proxy's access log, written when it ended: for a tunnel, when the tunnel did. */
export type AccessRecord = Common & {
  kind: 'access'
  /** From the request's beginning to its end. */
  durationMs?: number
  /** Offset from UTC of the stamp's own zone, where it names one. */
  zoneMs?: number
  /** Only where the log itself has the beginning (HAProxy). */
  startedMs?: number
  client?: string
  clientPort?: number
  method?: string
  /** With its query, as written. Absent in TCP logs. */
  path?: string
  /** 101 for an upgraded connection, also where the log writes 0 (Caddy). Absent in TCP logs. */
  status?: number
  bytes?: number
  userAgent?: string
  /** The client asked for an upgrade. Absent where the line does not tell. */
  upgrade?: boolean
  /** Status of the backend's answer; null: the log has the field, and the backend did not answer. */
  upstreamStatus?: number | null
  /** Null: the log has the field, and the backend was not reached. */
  upstreamConnectMs?: number | null
  /** nginx `$request_completion`: false is an end that nginx itself did not count as complete. */
  complete?: boolean
  /** Envoy's response flags, such as `UF,URX`. */
  responseFlags?: string
  /** Envoy's response code details where it answered itself, such as `upgrade_failed`. */
  detail?: string
  /** HAProxy termination state, such as `cD--`. */
  flags?: string
  /** HAProxy: the client's version of HTTP, as the line has it, where that is not 1. */
  overHttp2?: true
  /** nginx `$connection`, to match the error log's `*n`. */
  connection?: string
  backend?: string
  /** What the line says of an error, in the program's own words. */
  error?: string
  /** The line further up that names the columns of this one. */
  header?: string
  /** Of a tunnel that its client did not end: the program's own word for why, such as `H15` or `SI`. */
  cut?: string
}

/** What a proxy's error or notice line is about; `other` is understood but says nothing of connections. */
export type Sign =
  | 'tunnel-timed-out'
  | 'tunnel-client-timed-out'
  | 'tunnel-reset'
  /** The backend’s machine, or the way to it, was gone. */
  | 'tunnel-lost'
  | 'connect-refused'
  | 'connect-timed-out'
  | 'connect-failed'
  | 'response-timed-out'
  | 'closed-before-response'
  | 'reset-before-response'
  | 'response-header-too-big'
  | 'response-invalid'
  /** No HTTP at all, which the proxy hands to its client as it came. */
  | 'response-not-http'
  | 'no-live-upstream'
  | 'unknown-upstream-host'
  /** A name that is looked up at each request, and nothing that looks it up. */
  | 'no-resolver'
  /** A setting of the proxy makes an address that is none, or sends a request in a circle. */
  | 'setting-wrong'
  /** The backend's address is one of TLS, and the proxy has TLS to backends switched off. */
  | 'upstream-tls-off'
  | 'no-protocol-handler'
  /** The client went away before there was an answer. */
  | 'client-left'
  | 'connection-limit'
  | 'request-limit'
  | 'forbidden'
  | 'credentials-missing'
  | 'file-not-found'
  | 'tls-failed'
  /** The proxy speaks TLS to a backend that does not, or the other way round; or their TLS failed for another reason. */
  | 'upstream-not-tls'
  | 'upstream-is-tls'
  | 'upstream-tls-failed'
  | 'request-too-large'
  | 'plain-http-to-tls-port'
  | 'tls-to-plain-http-port'
  | 'reload'
  | 'stop'
  | 'worker-ending'
  | 'worker-crashed'
  /** The proxy refuses its configuration, or cannot listen. */
  | 'refuses-to-start'
  | 'other'

export type NoticeRecord = Common & {
  kind: 'notice'
  sign: Sign
  level: string
  text: string
  client?: string
  clientPort?: number
  path?: string
  connection?: string
  upstream?: string
  pid?: number
}

/** `detail`: a line about a connection that is no event of its own. */
export type AppEvent = EventKind | 'detail'

/** One event of the WebSocket server itself. */
export type AppRecord = Common & {
  kind: 'app'
  event: AppEvent
  clientId?: string
  /** Who connected, as far as the server can tell: the first forwarded address, else the peer's. */
  client?: string
  path?: string
  code?: number
  reason?: string
  durationMs?: number
  /** From the last byte in either direction to the end. */
  silenceMs?: number
  initiator?: 'client' | 'server' | 'network'
  /** Told by another process: the one that had the connection ended, or gave no sign of life. */
  process?: 'ended' | 'silent'
  /** Of a refusal. */
  status?: number
  origin?: string
  pings?: number
  pongs?: number
  /** `started` or `draining`, of a server event; `open` where a line says that one is open and not which. */
  state?: string
  /** The line names no connection, and several were open: how old this one was nobody knows. */
  isOneOfSeveral?: true
}

export type LogRecord = AccessRecord | NoticeRecord | AppRecord

/** What lines further up say of those below. */
export type LineMemory = {
  /** Of the last `#Fields` line: the names of the columns, and the line itself. */
  fields?: { names: readonly string[]; line: string } | undefined
  /** The least number at the end of an access line about a page: some servers count milliseconds there, others microseconds. */
  leastTaken?: number
}

/** What a parser is given of the world around the line. */
export type LineOptions = {
  /** For stamps without a year (BSD syslog). */
  year: number
  /** One for all lines of a file, in their order; without it each line stands for itself. */
  memory?: LineMemory | undefined
}

/** A line of one format as a record; undefined when it is not one of them. Never throws, linear in the line's length. */
export type LineParser = (line: string, options: LineOptions) => LogRecord | undefined
