import { setting } from '#lib/configs/nginx/edits/changes.ts'
import { defineRule, describePlace, type Severity } from '#lib/configs/nginx/rule.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'

/** Nobody's silence is shorter without a heartbeat: an hour is long enough for what people leave open. */
const LONG_SECONDS = 3600
/** nginx's default, and what most proxies cut at. */
const SHORT_SECONDS = 60

const LONG = nginx`proxy_read_timeout 1h;`

/** How bad it is that a connection ends after so much silence; undefined where that is long enough. */
export function severityOfSilence(
  seconds: number,
  heartbeatSeconds: number | undefined,
): Severity | undefined {
  if (heartbeatSeconds !== undefined) return seconds < 2 * heartbeatSeconds ? 'warning' : undefined
  if (seconds >= LONG_SECONDS) return undefined
  return seconds <= SHORT_SECONDS ? 'warning' : 'info'
}

export default defineRule({
  id: 'read-timeout-short',
  cause: 'idle-timeout',
  site: ({ place, effective }, { heartbeatSeconds }) => {
    const seconds = effective.readTimeoutSeconds
    if (seconds === undefined) return undefined
    const at = effective.by.readTimeout ?? place
    const where = describePlace(place)
    const edits = setting(place, 'proxy_read_timeout', LONG)
    if (seconds === 0) {
      const says = sentence`proxy_read_timeout 0 does not mean "never": nginx returns 504 immediately.`
      return { severity: 'error', at, says, fix: LONG, edits }
    }
    const severity = severityOfSilence(seconds, heartbeatSeconds)
    if (severity === undefined) return undefined
    const from = at === place ? ', which is the default,' : ''
    const says = sentence`nginx ends a WebSocket in ${where} after ${seconds} s without data in either direction${from} without a Close frame: both sides see 1006.`
    if (heartbeatSeconds !== undefined) {
      const late = sentences(
        says,
        sentence`A heartbeat every ${heartbeatSeconds} s is too close to that limit.`,
      )
      return { severity, at, says: late, fix: LONG, edits }
    }
    const fix = nginx`${LONG}\n# or a heartbeat at least every ${Math.max(1, Math.floor(seconds / 2))} s`
    return { severity, at, says, fix, edits }
  },
})
