/** nginx's configuration, asked for the address of this connection. */

import { type Asked, type PathSettings, settingsOfPath } from '#lib/configs/nginx/settings-of-path.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { ProbeView } from '#lib/facts/probe.ts'
import { type ConfigFinding, type Limit, NO_SETTINGS, type ProxySettings } from '#lib/facts/settings.ts'
import type { Target } from '#lib/facts/target.ts'
import { sentence } from '#lib/text/foreign.ts'

/** A line of the configuration as a place in the evidence; the file is named where the text holds several. */
type PlaceOf = (at: { file: string | null; line: number | null }) => string

export function nginxSettings(
  config: string,
  evidence: Evidence,
  target: Target,
  probe: ProbeView | undefined,
  originPort?: number,
): ProxySettings {
  const asked = askedFor(evidence, target, probe)
  const path = settingsOfPath(config, {
    ...(asked.port === undefined && originPort !== undefined && { port: originPort }),
    ...asked,
  })
  const from: PlaceOf = ({ file, line }) => {
    if (file === null || line === null) return 'proxy.config'
    return `proxy.config:${file === path.main ? '' : `${fileName(file)}:`}${line}`
  }
  const { effective, shutdownTimeout: shutdown } = path
  return {
    ...NO_SETTINGS,
    ...passed(path, from),
    own: ownAnswer(path, target, from),
    grace: shutdown
      ? limit(shutdown.seconds, `worker_shutdown_timeout ${shutdown.by.args[0]}`, from(shutdown.by))
      : [],
    origin: effective?.origin && {
      value: effective.origin.value ?? effective.origin.text,
      from: from(effective.origin.by),
    },
    tls: path.tls && { isSpoken: path.tls.isSpoken, from: from(path.tls.by) },
    checksOrigin: path.checksOrigin,
    findings: findingsOf(path, from),
    unread: isLeftOpen(path) ? path.missing.map(({ name }) => name) : [],
  }
}

/** A place in the evidence is a word of ours, and names of files are anybody's. */
const fileName = (file: string): string => file.replace(/[^\w./@+-]/g, '_').slice(-120)

function askedFor(evidence: Evidence, target: Target, probe: ProbeView | undefined): Asked {
  const { url, pageOrigin } = target
  const nginxVersion = /(?<!\d)\d+\.\d+(\.\d+)?/.exec(evidence.proxy?.version ?? '')?.[0]
  const heartbeatSeconds = pingSeconds(probe)
  return {
    ...(url && { path: target.requestTarget, host: url.host, port: target.port, tls: target.secure }),
    ...(pageOrigin !== undefined && { origin: pageOrigin }),
    ...(nginxVersion !== undefined && { nginxVersion }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
  }
}

const PING = 9

/** The longest time from one ping of the server to the next, in seconds; undefined where fewer than two came. */
function pingSeconds(probe: ProbeView | undefined): number | undefined {
  const times = (probe?.frames ?? []).flatMap(({ opcode, ms }) =>
    opcode === PING && ms !== undefined ? [ms] : [],
  )
  const gaps = times.slice(1).map((ms, at) => ms - (times[at] ?? 0))
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0)
  return longest > 0 ? longest / 1000 : undefined
}

function passed(
  { answer, effective }: PathSettings,
  from: PlaceOf,
): Partial<Pick<ProxySettings, 'idle' | 'send' | 'passing'>> {
  if (!answer || !effective) return {}
  const { readTimeoutSeconds, sendTimeoutSeconds, upgradeHeader, connectionHeader, httpVersion, by } =
    effective
  const place = from(answer.place)
  const timeout = (name: string, seconds: number | undefined, set: Directive | undefined) =>
    limit(seconds, `${name} ${set?.args[0] ?? `${seconds}s`}`, set ? from(set) : place, set === undefined)
  return {
    idle: timeout('proxy_read_timeout', readTimeoutSeconds, by.readTimeout),
    send: timeout('proxy_send_timeout', sendTimeoutSeconds, by.sendTimeout)[0],
    passing: {
      upgrade: upgradeHeader.arrives,
      connection: connectionHeader.arrives,
      httpVersion,
      from: { place, httpVersion: by.httpVersion ? from(by.httpVersion) : place },
    },
  }
}

/** A limit of 0 is none of this kind: nginx answers 504 at once. */
const limit = (seconds: number | undefined, setting: string, from: string, isDefault = false): Limit[] =>
  seconds === undefined || seconds === 0 ? [] : [{ seconds, setting, isDefault, from }]

function ownAnswer({ answer }: PathSettings, target: Target, from: PlaceOf): ProxySettings['own'] {
  if (!answer || answer.kind === 'proxied') return undefined
  const path = target.pathname || '/'
  const does = answer.kind === 'redirect' ? `answered with ${answer.status}` : answer.what
  const says = sentence`nginx passes ${path} to no WebSocket server: the request is ${does}`
  return { status: answer.status, says, from: from(answer.by) }
}

function findingsOf(path: PathSettings, from: PlaceOf): ConfigFinding[] {
  const all = [...path.findings, ...path.undefinedVariables.filter(({ severity }) => severity === 'error')]
  const found = all.flatMap((finding): ConfigFinding[] => {
    const { rule, severity, cause, says, file, line } = finding
    if (severity === 'info') return []
    const own = finding.diff === undefined ? undefined : { fix: finding.fix, diff: finding.lines }
    return [{ rule, severity, cause, says, from: from({ file, line }), ...own }]
  })
  if (!path.refused) return found
  const says = sentence`nginx refuses this configuration: ${path.refused.message}`
  const refusal = { rule: 'refused', cause: MISCONFIGURED, says, from: from(path.refused) }
  return [{ ...refusal, severity: 'error' }, ...found]
}

const MISCONFIGURED = 'proxy-misconfigured'

/** Files that are not there may hold what was asked for. */
function isLeftOpen({ answer, effective, refused }: PathSettings): boolean {
  if (refused) return false
  if (!answer) return true
  return effective?.upgradeHeader.arrives === undefined && answer.kind === 'proxied'
}
