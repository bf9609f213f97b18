/**
 * What the annotations of an Ingress say: each controller has its own, and its own defaults. The controllers are told
 * apart by the prefixes of their annotations, and by the class.
 */
import { type Limit, NO_SETTINGS, type Passing, type ProxySettings } from '#lib/facts/settings.ts'
import type { Target } from '#lib/facts/target.ts'
import { durationSeconds } from '#lib/text/duration.ts'

type Annotation = { value: string; line: number }

export function kubernetesSettings(config: string, target: Target): ProxySettings {
  const lines = config.split('\n')
  const annotations = annotationsIn(lines)
  const passing = passedByF5(annotations, lines, target)
  return {
    ...NO_SETTINGS,
    idle: idleOf(annotations, config),
    lifetime: lifetimeOf(lines),
    ...(passing && { passing }),
  }
}

const ANNOTATION =
  /^\s{0,80}["']?((?:[\w-]{1,63}\.){1,8}[\w-]{1,63}\/[\w.-]{1,80})["']?:\s{1,20}(\S.{0,4000})$/

function annotationsIn(lines: readonly string[]): ReadonlyMap<string, Annotation> {
  const found = new Map<string, Annotation>()
  for (const [at, text] of lines.entries()) {
    const [, name, value = ''] = ANNOTATION.exec(text) ?? []
    if (name !== undefined && !found.has(name)) found.set(name, { value: unquoted(value), line: at + 1 })
  }
  return found
}

/** Without quotes, and without a comment behind it. */
function unquoted(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value)
  return quoted?.[2] ?? (value.split(' #', 1)[0] ?? '').trim()
}

/** A value without a unit is in seconds, as ingress-nginx and F5’s controller read it. */
function limitOf(name: string, annotation: Annotation | undefined): Limit[] {
  // ingress-nginx takes whole seconds alone, and ignores what is something else.
  if (annotation && name.startsWith('nginx.ingress.') && !/^\d{1,9}$/.test(annotation.value)) return []
  const seconds = durationSeconds(annotation?.value, 's')
  if (annotation === undefined || seconds === undefined || seconds === 0) return []
  return [
    {
      seconds,
      setting: `${name}: ${annotation.value}`,
      isDefault: false,
      from: `proxy.config:${annotation.line}`,
    },
  ]
}

/** In order: the annotation, and what holds where the controller is at work and nothing is set. */
const IDLE = [
  {
    name: 'nginx.ingress.kubernetes.io/proxy-read-timeout',
    sign: /nginx\.ingress\.kubernetes\.io\//,
    default: { seconds: 60, setting: 'proxy-read-timeout' },
  },
  {
    name: 'nginx.org/proxy-read-timeout',
    sign: /\bnginx\.org\//,
    default: { seconds: 60, setting: 'proxy-read-timeout' },
  },
  {
    name: 'haproxy.org/timeout-tunnel',
    sign: /\bhaproxy\.org\//,
    default: { seconds: 3600, setting: 'timeout-tunnel' },
  },
] as const

/** `load-balancer-attributes: idle_timeout.timeout_seconds=600,…` */
const ALB_IDLE = /idle_timeout\.timeout_seconds=(\d{1,6})/

function idleOf(annotations: ReadonlyMap<string, Annotation>, config: string): Limit[] {
  const alb = annotations.get('alb.ingress.kubernetes.io/load-balancer-attributes')
  const albSeconds = ALB_IDLE.exec(alb?.value ?? '')?.[1]
  if (alb && albSeconds !== undefined)
    return [
      {
        seconds: Number(albSeconds),
        setting: `idle_timeout.timeout_seconds=${albSeconds}`,
        isDefault: false,
        from: `proxy.config:${alb.line}`,
      },
    ]
  if (/\balb\.ingress\.kubernetes\.io\//.test(config))
    return [{ seconds: 60, setting: 'idle_timeout.timeout_seconds', isDefault: true, from: 'proxy.config' }]
  for (const { name, sign, default: unset } of IDLE) {
    const set = limitOf(name, annotations.get(name))
    if (set.length > 0) return set
    if (sign.test(config)) return [{ ...unset, isDefault: true, from: 'proxy.config' }]
  }
  return []
}

/** Google’s load balancer ends a WebSocket at the age that the BackendConfig gives, whatever moves on it. */
function lifetimeOf(lines: readonly string[]): Limit[] {
  if (!lines.some((text) => /^kind: (?:BackendConfig|GCPBackendPolicy)\b/.test(text))) return []
  const at = lines.findIndex((text) => /^\s{1,40}timeoutSec: \d/.test(text))
  const seconds = Number(/\d{1,7}/.exec(lines[at] ?? '')?.[0] ?? 0)
  if (seconds === 0) return []
  return [{ seconds, setting: `timeoutSec: ${seconds}`, isDefault: false, from: `proxy.config:${at + 1}` }]
}

const F5 = 'nginx.org/websocket-services'

/** F5’s controller sends the headers of an upgrade only to services that the annotation names. */
function passedByF5(
  annotations: ReadonlyMap<string, Annotation>,
  lines: readonly string[],
  target: Target,
): Passing | undefined {
  const [first] = [...annotations].filter(([name]) => /^(?:nginx\.org|nginx\.com)\//.test(name))
  const named = annotations.get(F5)
  if (first === undefined) return undefined
  const services = new Set(named?.value.split(',').map((name) => name.trim()))
  const used = servicesIn(lines).filter(
    ({ host }) => host === undefined || !target.url || host === target.host,
  )
  if (used.length === 0) return undefined
  const passed = used.map(({ name }) => services.has(name))
  const isPassed = passed.every(Boolean) ? true : passed.some(Boolean) ? undefined : false
  const place = `proxy.config:${named?.line ?? first[1].line}`
  return {
    upgrade: isPassed,
    connection: isPassed,
    httpVersion: '1.1',
    from: { place, httpVersion: place },
    who: named
      ? `nginx.org/websocket-services names ${[...services].join(', ')}, and the backend is ${used.map(({ name }) => name).join(', ')}: the controller`
      : 'Without nginx.org/websocket-services the controller',
  }
}

/** Of `networking.k8s.io/v1` (service: name:) and of what was before it (serviceName:), each with the host of its rule. */
function servicesIn(lines: readonly string[]): { name: string; host: string | undefined }[] {
  const found: { name: string; host: string | undefined }[] = []
  let host: string | undefined
  for (const [at, text] of lines.entries()) {
    host = /^\s{0,80}(?:- )?host: ["']?([\w.*-]{1,253})/.exec(text)?.[1] ?? host
    const older = /^\s{0,80}serviceName: ["']?([\w.-]{1,253})/.exec(text)?.[1]
    const name = /^\s{0,80}service:\s{0,10}$/.test(text)
      ? /^\s{0,80}name: ["']?([\w.-]{1,253})/.exec(lines[at + 1] ?? '')?.[1]
      : older
    if (name !== undefined) found.push({ name, host })
  }
  return found
}
