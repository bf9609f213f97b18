/** Caddy: it passes upgrades on by itself, unless it is told otherwise (Caddyfile, reverse_proxy). */
import { LONGEST_LINE, linesWith, type OtherCheck, type OtherFinding } from '#lib/configs/others/finding.ts'
import { caddy as code } from '#lib/text/configurations.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

const HEADER =
  /^\s{0,80}header_up\s{1,40}(-?)(Upgrade|Connection)(?:\s{1,40}"?([^"\n]{0,300}?)"?)?\s{0,40}(?:#.*)?$/i
/** Version 1 had such placeholders; version 2 sends them as they are written (measured on 2.6). */
const OLD_PLACEHOLDER = /\{[>~?](\w{1,40})\}/
const ITSELF = /\{(?:header|http\.request\.header)\.(?:Upgrade|Connection)\}|^(?:websocket|upgrade)$/i
const LIFETIME = /^\s{0,80}stream_timeout\s{1,40}(\S{1,40})/
/** The same in JSON: nanoseconds, or a text with its unit. */
const LIFETIME_JSON = /"stream_timeout"\s{0,8}:\s{0,8}(?:"([^"\n]{1,40})"|(\d{1,18}))/
const DELETED_JSON = /"delete"\s{0,8}:\s{0,8}\[[^\]\n]{0,200}"(Upgrade|Connection)"/i
const OVER_HTTP2 =
  /^\s{0,80}(?:reverse_proxy\s.{0,500}\bh2c:\/\/|versions\s{1,40}(?:h2c|2)(?:\s{1,40}(?:h2c|2)){0,2}\s{0,40}$)/
const FIRST_VERSION = /^\s{0,80}proxy\s{1,40}(\/\S{0,300})\s{1,40}(\S{1,300})/
const WEBSOCKET = /^\s{0,80}websocket\s{0,40}$/

export const caddy: OtherCheck = (lines) => [
  ...linesWith(lines, HEADER).flatMap(({ line, groups: [, minus = '', header = '', value = ''] }) =>
    headerFinding(line, minus === '-', header, value),
  ),
  ...linesWith(lines, LIFETIME).flatMap(({ line, groups: [, value = ''] }) => lifetime(line, value)),
  ...linesWith(lines, LIFETIME_JSON).flatMap(({ line, groups: [, text, nanoseconds] }) =>
    lifetime(line, text ?? `${Number(nanoseconds) / 1e9}s`),
  ),
  ...linesWith(lines, DELETED_JSON).flatMap(({ line, groups: [, header = ''] }) =>
    headerFinding(line, true, header, ''),
  ),
  ...linesWith(lines, OVER_HTTP2).map(
    ({ line }): OtherFinding => ({
      rule: 'http2-backend',
      severity: 'error',
      line,
      cause: 'http2-websocket',
      says: sentence`The backend is asked over HTTP/2, where an upgrade does not exist: Caddy answers 502. WebSockets need HTTP/1.1.`,
      change: {
        program: 'caddy',
        where: sentence`Caddy, a reverse_proxy of its own for WebSockets`,
        text: code`@websocket header Connection *Upgrade*\nreverse_proxy @websocket http://YOUR_BACKEND`,
      },
    }),
  ),
  ...firstVersion(lines),
  ...exactMatchers(lines),
]

function headerFinding(line: number, isRemoved: boolean, header: string, value: string): OtherFinding[] {
  const old = OLD_PLACEHOLDER.exec(value)
  if (!isRemoved && !old && (value === '' || ITSELF.test(value.trim()))) return []
  const says = old
    ? sentence`header_up ${header} has a placeholder of Caddy 1, which Caddy 2 sends as it is written: the backend gets no valid ${header}. Caddy 2 passes upgrades on by itself, so the line can go.`
    : sentence`header_up takes ${header} away from every request or changes it: no upgrade arrives at the backend. Caddy 2 passes upgrades on by itself, so the line can go.`
  return [
    {
      rule: old ? 'old-placeholder' : 'header-dropped',
      severity: 'error',
      line,
      cause: 'upgrade-headers-stripped',
      says,
      change: {
        program: 'caddy',
        where: sentence`Caddy 2, without the header_up lines for Connection and Upgrade`,
        text: code`reverse_proxy YOUR_BACKEND`,
      },
    },
  ]
}

/** `header Connection Upgrade` of a matcher, on its line or within its block; outside of one it sets a header of the answer. */
const MATCHER = /^\s{0,80}@\S{1,100}\s{1,40}(?:\{\s{0,40}$|header\s)/
const CONNECTION =
  /^\s{0,80}(?:@\S{1,100}\s{1,40})?header\s{1,40}Connection\s{1,40}"?([\w-]{1,40})"?\s{0,40}(?:#.*)?$/i

/** A value without `*` must be all of the header (Caddyfile, request matchers, header). */
function exactMatchers(lines: readonly string[]): OtherFinding[] {
  let isMatcher = false
  return lines.flatMap((text, at): OtherFinding[] => {
    const begins = text.length <= LONGEST_LINE && MATCHER.test(text)
    isMatcher = begins || (isMatcher && !text.includes('}'))
    const value = isMatcher && text.length <= LONGEST_LINE ? CONNECTION.exec(text)?.[1] : undefined
    if (begins && !text.trimEnd().endsWith('{')) isMatcher = false
    if (value === undefined) return []
    return [
      {
        rule: 'exact-connection',
        severity: 'warning',
        line: at + 1,
        cause: 'proxy-misconfigured',
        says: sentence`The matcher wants a Connection header that is ${value} and nothing else. Firefox sends “keep-alive, Upgrade”, so its handshakes do not match and go where pages go; *${value}* matches both.`,
        change: {
          program: 'caddy',
          where: sentence`Caddy, the matcher: anywhere in the header`,
          text: code`header Connection *Upgrade*`,
        },
      },
    ]
  })
}

const LONG_SECONDS = 3600

function lifetime(line: number, value: string): OtherFinding[] {
  const seconds = durationSeconds(value, 's')
  if (seconds === undefined || seconds === 0 || seconds >= LONG_SECONDS) return []
  return [
    {
      rule: 'stream-timeout',
      severity: 'warning',
      line,
      cause: 'max-lifetime',
      says: sentence`Caddy ends every WebSocket at the age of ${seconds} s (stream_timeout ${value}), whatever moves on it.`,
      change: {
        program: 'caddy',
        where: sentence`Caddy 2.7 or later, reverse_proxy: no limit`,
        text: code`stream_timeout 0`,
      },
    },
  ]
}

/** `proxy` of Caddy 1 passes an upgrade on only with `websocket`. */
function firstVersion(lines: readonly string[]): OtherFinding[] {
  const [first] = linesWith(lines, FIRST_VERSION)
  if (first === undefined || lines.some((text) => WEBSOCKET.test(text))) return []
  return [
    {
      rule: 'first-version-websocket',
      severity: 'error',
      line: first.line,
      cause: 'upgrade-headers-stripped',
      says: sentence`proxy of Caddy 1 passes no upgrade on without the line websocket. Caddy 2 does so with reverse_proxy.`,
      change: {
        program: 'caddy',
        where: sentence`Caddy 2, in place of line ${first.line}`,
        text: code`reverse_proxy YOUR_BACKEND`,
      },
    },
  ]
}
