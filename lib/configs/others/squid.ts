/** Squid: whether it passes an upgrade on where clients do not know that it is there. */
import { linesWith, type OtherCheck } from '#lib/configs/others/finding.ts'
import { squid as squidText } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

/** A client that knows its proxy asks it for a tunnel (CONNECT), which Squid passes on as it is. */
const UNKNOWN_TO_CLIENTS =
  /^\s{0,20}https?_port\s{1,20}\S{1,80}(?:\s{1,20}\S{1,200}){0,20}?\s{1,20}(intercept|transparent|tproxy|accel|vhost)\b/
const PASSES = /^\s{0,20}http_upgrade_request_protocols\s{1,20}(?:websocket|OTHER)\b.{0,400}\ballow\b/i

export const squid: OtherCheck = (lines) => {
  if (lines.some((text) => PASSES.test(text))) return []
  const [port] = linesWith(lines, UNKNOWN_TO_CLIENTS)
  if (port === undefined) return []
  return [
    {
      rule: 'upgrade',
      severity: 'error',
      line: port.line,
      cause: 'upgrade-headers-stripped',
      says: sentence`This port takes requests of clients that do not know the proxy (${port.groups[1] ?? ''}), and no http_upgrade_request_protocols allows websocket: Squid removes Upgrade from each request.`,
      change: {
        program: 'squid',
        where: sentence`Squid 5 or later, squid.conf`,
        text: squidText`http_upgrade_request_protocols websocket allow all`,
      },
    },
  ]
}
