/** Envoy: which upgrades it allows, and when it ends them (HTTP upgrades, and the FAQ about timeouts). */
import { linesWith, type OtherCheck, type OtherFinding, severityOfIdle } from '#lib/configs/others/finding.ts'
import { yaml } from '#lib/text/configurations.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

const MANAGER = /http_connection_manager|HttpConnectionManager/
const ALLOWED = /\bupgrade_type["']?:\s{0,20}["']?websocket\b/i
const IDLE = /(?:^\s{0,200}(?:- )?|[{,]\s{0,20})["']?stream_idle_timeout["']?:\s{0,20}["']?(\d[\d.]{0,12}s)\b/
const AGE = /(?:^\s{0,200}(?:- )?|[{,]\s{0,20})["']?max_stream_duration["']?:\s{0,20}["']?(\d[\d.]{0,12}s)\b/

/** Five minutes, where the connection manager sets none. */
const DEFAULT_SECONDS = 300

export const envoy: OtherCheck = (lines) => {
  const [manager] = linesWith(lines, MANAGER)
  if (manager === undefined) return []
  return [...notAllowed(lines, manager.line), ...idle(lines, manager.line), ...age(lines)]
}

function notAllowed(lines: readonly string[], line: number): OtherFinding[] {
  if (lines.some((text) => ALLOWED.test(text))) return []
  return [
    {
      rule: 'upgrade-not-allowed',
      severity: 'error',
      line,
      cause: 'proxy-misconfigured',
      says: sentence`Nothing here allows an upgrade to websocket: Envoy answers 403 to each handshake by itself.`,
      change: {
        program: 'envoy',
        where: sentence`Envoy, http_connection_manager`,
        text: yaml`upgrade_configs:\n- upgrade_type: websocket`,
      },
    },
  ]
}

function idle(lines: readonly string[], manager: number): OtherFinding[] {
  const [set] = linesWith(lines, IDLE)
  const seconds = set ? durationSeconds(set.groups[1], 's') : DEFAULT_SECONDS
  const severity = seconds === undefined || seconds === 0 ? undefined : severityOfIdle(seconds)
  if (severity === undefined || seconds === undefined) return []
  const how = set ? `stream_idle_timeout ${set.groups[1] ?? ''}` : 'the default of stream_idle_timeout'
  return [
    {
      rule: 'stream-idle-timeout',
      severity,
      line: set?.line ?? manager,
      cause: 'idle-timeout',
      says: sentence`Envoy ends a WebSocket after ${seconds} s of silence (${how}), without a Close frame: both sides see 1006.`,
      change: {
        program: 'envoy',
        where: sentence`Envoy, http_connection_manager`,
        text: yaml`stream_idle_timeout: 3600s`,
      },
    },
  ]
}

const age = (lines: readonly string[]): OtherFinding[] =>
  linesWith(lines, AGE).map(({ line, groups: [, value = ''] }) => ({
    rule: 'max-stream-duration',
    severity: 'warning',
    line,
    cause: 'max-lifetime',
    says: sentence`Envoy ends every WebSocket at this age (max_stream_duration ${value}), whatever moves on it.`,
    change: {
      program: 'envoy',
      where: sentence`Envoy, the route of the WebSocket: no limit`,
      text: yaml`max_stream_duration:\n  max_stream_duration: 0s`,
    },
  }))
