/** HAProxy: timers of tunnels, and headers that are taken away (configuration.txt, 4.2). */
import { linesWith, type OtherCheck, type OtherFinding, severityOfIdle } from '#lib/configs/others/finding.ts'
import { haproxy as code } from '#lib/text/configurations.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

const TIMEOUT = /^\s{0,40}timeout\s{1,20}(tunnel|client|server)\s{1,20}(\S{1,40})/
const DROPS =
  /^\s{0,40}(?:http-request\s{1,20}(?:del-header|set-header|replace-header)|reqi?del|reqi?rep)\s{1,20}\^?(Upgrade|Connection)\b(?!.{0,200}\bupgrade\b)/i
const OVER_HTTP2 =
  /^\s{0,40}server\s{1,20}\S{1,200}\s{1,20}\S{1,300}\s.{0,300}?\b(?:proto\s{1,20}h2\b|alpn\s{1,20}[\w,/.]{0,40}\bh2\b)/
/** WebSockets go over HTTP/1.1 all the same (HAProxy 2.5). */
const WITHOUT_HTTP2 = /\bws\s{1,20}h1\b/
const HTTP = /^\s{0,40}(?:mode\s{1,20}http\b|option\s{1,20}httplog\b)/

const LONG = code`timeout tunnel 1h`

export const haproxy: OtherCheck = (lines) => [
  ...idle(lines),
  ...linesWith(lines, DROPS).map(
    ({ line, groups: [, header = ''] }): OtherFinding => ({
      rule: 'header-dropped',
      severity: 'error',
      line,
      cause: 'upgrade-headers-stripped',
      says: sentence`HAProxy passes upgrades on by itself, and this line takes the header ${header} away from them.`,
      change: {
        program: 'haproxy',
        context: 'backend',
        where: sentence`HAProxy, in place of line ${line}: upgrades are let through`,
        text: code`http-request del-header ${code.word(header)} unless { hdr(Upgrade) -i websocket }`,
      },
    }),
  ),
  ...linesWith(lines, OVER_HTTP2)
    .filter(({ groups: { input } }) => !WITHOUT_HTTP2.test(input))
    .map(
      ({ line }): OtherFinding => ({
        rule: 'http2-backend',
        severity: 'warning',
        line,
        cause: 'http2-websocket',
        says: sentence`The server is asked over HTTP/2, where a WebSocket is an extended CONNECT (RFC 8441). Few servers take one.`,
        change: {
          program: 'haproxy',
          context: 'backend',
          where: sentence`HAProxy 2.5 or later, at the end of line ${line}: HTTP/1.1 for WebSockets. Before, take h2 out of alpn`,
          text: code`ws h1`,
        },
      }),
    ),
]

type Timer = {
  readonly name: string
  readonly value: string
  readonly seconds: number
  readonly line: number
}

/** `timeout tunnel` replaces client and server once a connection is upgraded; without it the shorter of the two strikes. */
function idle(lines: readonly string[]): OtherFinding[] {
  const timers = linesWith(lines, TIMEOUT).flatMap(({ line, groups: [, name = '', value = ''] }): Timer[] => {
    const seconds = durationSeconds(value, 'ms')
    return seconds === undefined || seconds === 0 ? [] : [{ name, value, seconds, line }]
  })
  const tunnels = timers.filter(({ name }) => name === 'tunnel')
  if (tunnels.length > 0)
    return tunnels.flatMap((timer) =>
      found(
        timer,
        sentence`HAProxy ends a WebSocket after ${timer.seconds} s of silence (timeout tunnel ${timer.value}), without a Close frame: both sides see 1006.`,
      ),
    )
  const [shorter] = timers.toSorted((a, b) => a.seconds - b.seconds)
  if (shorter === undefined || !lines.some((text) => HTTP.test(text))) return []
  return found(
    shorter,
    sentence`No timeout tunnel is set, so HAProxy ends a WebSocket after ${shorter.seconds} s of silence (timeout ${shorter.name} ${shorter.value}), without a Close frame.`,
  )
}

function found({ seconds, line }: Timer, says: OtherFinding['says']): OtherFinding[] {
  const severity = severityOfIdle(seconds)
  if (severity === undefined) return []
  return [
    {
      rule: 'tunnel-timeout-short',
      severity,
      line,
      cause: 'idle-timeout',
      says,
      change: {
        program: 'haproxy',
        context: 'defaults',
        where: sentence`HAProxy, defaults or backend: longer than your longest silence, such as 1 h`,
        text: LONG,
      },
    },
  ]
}
