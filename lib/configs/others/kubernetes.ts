/** Annotations of an Ingress: each controller has its own (ingress-nginx, F5’s for nginx, Google’s), and Contour a kind. */
import { contour } from '#lib/configs/others/contour.ts'
import { linesWith, type OtherCheck, type OtherFinding, severityOfIdle } from '#lib/configs/others/finding.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

const READ_TIMEOUT =
  /^\s{0,80}["']?nginx\.(?:ingress\.kubernetes\.io|org)\/proxy-read-timeout["']?:\s{1,20}(["']?)([^"'\s#]{1,40})/
const OF_COMMUNITY = /nginx\.ingress\.kubernetes\.io\//
const SERVICES =
  /^\s{0,80}["']?nginx\.org\/websocket-services["']?:\s{1,20}["']?([\w., -]{1,1000}?)["']?\s{0,20}$/
const OF_F5 = /^\s{0,80}["']?nginx\.(?:org|com)\/[\w-]{1,80}["']?:/
const TIMEOUT_SEC = /^\s{1,40}timeoutSec: (\d{1,7})\b/
const BACKEND_CONFIG = /^kind: (?:BackendConfig|GCPBackendPolicy)\b/

export const kubernetes: OtherCheck = (lines) => [
  ...readTimeouts(lines),
  ...services(lines),
  ...ages(lines),
  ...contour(lines),
]

function readTimeouts(lines: readonly string[]): OtherFinding[] {
  return linesWith(lines, READ_TIMEOUT).flatMap(({ line, groups: [text, quote = '', value = ''] }) => {
    const isNumber = /^\d{1,9}$/.test(value)
    if (quote === '' && isNumber) return [unquoted(line, value)]
    // ingress-nginx takes whole seconds alone, and goes on with its default where there is something else.
    if (OF_COMMUNITY.test(text) && !isNumber && !/[{$]/.test(value)) return [notANumber(line, value)]
    const seconds = durationSeconds(value, 's')
    const severity = seconds === undefined || seconds === 0 ? undefined : severityOfIdle(seconds)
    if (seconds === undefined || severity === undefined) return []
    const says = sentence`The controller ends a WebSocket after ${seconds} s of silence, without a Close frame: both sides see 1006.`
    return [{ rule: 'read-timeout-short', severity, line, cause: 'idle-timeout', says, change: LONGER }]
  })
}

const LONGER: OtherFinding['change'] = {
  program: 'shell',
  where: sentence`On the Ingress: longer than your longest silence, such as 1 h`,
  text: shell`kubectl annotate ingress YOUR_INGRESS --overwrite nginx.ingress.kubernetes.io/proxy-read-timeout="3600"`,
}

const notANumber = (line: number, value: string): OtherFinding => ({
  rule: 'timeout-not-a-number',
  severity: 'warning',
  line,
  cause: 'idle-timeout',
  says: sentence`ingress-nginx takes whole seconds without a unit. With ${value} it ignores the annotation, and ends a WebSocket after 60 s of silence.`,
  change: LONGER,
})

const unquoted = (line: number, value: string): OtherFinding => ({
  rule: 'annotation-not-a-text',
  severity: 'error',
  line,
  cause: 'proxy-misconfigured',
  says: sentence`Values of annotations are texts: without quotes around ${value} Kubernetes refuses the whole manifest.`,
  change: LONGER,
})

/** F5’s controller sends the headers of an upgrade only to services that the annotation names. */
function services(lines: readonly string[]): OtherFinding[] {
  const [set] = linesWith(lines, SERVICES)
  const [first] = linesWith(lines, OF_F5)
  const used = servicesIn(lines)
  if (first === undefined || used.length === 0) return []
  const named = set?.groups[1]?.split(',').map((name) => name.trim()) ?? []
  const unknown = named.filter((name) => !used.includes(name))
  if (set && unknown.length === 0) return []
  const says = set
    ? sentence`nginx.org/websocket-services names ${unknown.join(', ')}, which no path here uses (${used.join(', ')}): the controller passes no upgrade on.`
    : sentence`Without nginx.org/websocket-services the controller of F5 passes no upgrade on to ${used.join(', ')}.`
  return [
    {
      rule: 'websocket-services',
      severity: set ? 'error' : 'warning',
      line: set?.line ?? first.line,
      cause: 'upgrade-headers-stripped',
      says,
      change: {
        program: 'shell',
        where: sentence`On the Ingress, with the name of the service behind the path`,
        text: shell`kubectl annotate ingress YOUR_INGRESS --overwrite nginx.org/websocket-services=YOUR_SERVICE`,
      },
    },
  ]
}

/** Of `networking.k8s.io/v1` (service: name:) and of what was before it (serviceName:). */
function servicesIn(lines: readonly string[]): string[] {
  return lines.flatMap((text, at) => {
    const older = /^\s{0,80}serviceName: ["']?([\w.-]{1,253})/.exec(text)?.[1]
    if (older !== undefined) return [older]
    if (!/^\s{0,80}service:\s{0,10}$/.test(text)) return []
    return /^\s{0,80}name: ["']?([\w.-]{1,253})/.exec(lines[at + 1] ?? '')?.[1] ?? []
  })
}

const LONG_SECONDS = 3600

/** Google’s load balancer ends a WebSocket at this age, whatever moves on it. */
function ages(lines: readonly string[]): OtherFinding[] {
  if (!lines.some((text) => BACKEND_CONFIG.test(text))) return []
  return linesWith(lines, TIMEOUT_SEC)
    .filter(({ groups: [, seconds] }) => Number(seconds) < LONG_SECONDS)
    .map(({ line, groups: [, seconds] }) => ({
      rule: 'timeout-sec',
      severity: 'warning',
      line,
      cause: 'max-lifetime',
      says: sentence`Google’s load balancer ends every WebSocket at the age of ${Number(seconds)} s (timeoutSec), whatever moves on it.`,
      change: {
        program: 'shell',
        where: sentence`On the BackendConfig: one day`,
        text: shell`kubectl patch backendconfig YOUR_BACKEND_CONFIG --type merge -p '{"spec":{"timeoutSec":86400}}'`,
      },
    }))
}
