/** What the proxy's configuration says of time limits and of the handshake, whichever program's it is. */

import { isOfProxyManager } from '#lib/configs/nginx/syntax/proxy-manager.ts'
import { checkOther } from '#lib/configs/others/check.ts'
import { apisixTimers, type GatewayTimer, kongTimers } from '#lib/configs/others/gateways.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { envoyHttp2 } from '#lib/facts/envoy-http2.ts'
import { kubernetesSettings } from '#lib/facts/kubernetes-settings.ts'
import { nginxSettings } from '#lib/facts/nginx-settings.ts'
import type { ProbeView } from '#lib/facts/probe.ts'
import {
  type ConfigFinding,
  type Limit,
  NO_SETTINGS,
  type Passing,
  type ProxySettings,
} from '#lib/facts/settings.ts'
import type { Target } from '#lib/facts/target.ts'
import { varnishSettings } from '#lib/facts/varnish-settings.ts'
import { nameOfProgram } from '#lib/intake/configurations/names.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

/** A fetch or a condition on the Origin header, in HAProxy, Apache and Caddy. */
const READS_ORIGIN =
  /hdr(_\w{1,10})?\(\s*origin|HTTP:Origin|req\(['"]?Origin|header(_regexp)?\s+(\w+\s+)?Origin\b/i

/** @param originPort of the page, where only a server's refusal tells it */
export function readSettings(
  evidence: Evidence,
  target: Target,
  probe: ProbeView | undefined,
  originPort?: number,
): ProxySettings {
  const config = evidence.proxy?.config
  if (!config) return NO_SETTINGS
  const kind = evidence.proxy?.kind?.toLowerCase() ?? guessKind(config)
  if (kind.includes('nginx') || kind === 'openresty')
    return nginxSettings(config, evidence, target, probe, originPort)
  const findings = findingsOf(kind, config)
  if (kind === 'kubernetes') return { ...kubernetesSettings(config, target), findings }
  const settings = settingsOf(kind, config)
  const passing = settings.passing ?? droppedBy(findings)
  return { ...settings, findings, passing, checksOrigin: READS_ORIGIN.test(config) }
}

/** A line of the configuration takes the headers of an upgrade away. */
function droppedBy(findings: readonly ConfigFinding[]): Passing | undefined {
  const found = findings.find(
    ({ severity, cause }) => severity === 'error' && cause === 'upgrade-headers-stripped',
  )
  if (found === undefined) return undefined
  const { from, other } = found
  return {
    upgrade: false,
    connection: false,
    httpVersion: '1.1',
    from: { place: from, httpVersion: from },
    who: `This configuration of ${other?.name ?? 'the proxy'}`,
  }
}

/** What the rules for its program find; what is only worth knowing is left out. */
const findingsOf = (kind: string, config: string): ConfigFinding[] =>
  checkOther(kind, config).flatMap(({ rule, severity, cause, says, line, change }): ConfigFinding[] =>
    severity === 'info'
      ? []
      : [
          {
            rule: `${kind}-${rule}`,
            severity,
            cause,
            says,
            from: `${FROM}:${line}`,
            other: { name: nameOfProgram(kind), change },
          },
        ],
  )

function settingsOf(kind: string, config: string): ProxySettings {
  if (kind === 'haproxy') return haproxy(config)
  if (kind === 'apache' || kind === 'httpd' || kind === 'apache2') return apache(config)
  if (kind === 'varnish') return varnishSettings(config)
  if (kind === 'envoy') return envoy(config)
  if (kind === 'apisix') return gateway(apisixTimers(config.split('\n')), 'timeout.read')
  if (kind === 'kong') return gateway(kongTimers(config.split('\n')), 'read_timeout')
  return kind === 'caddy' ? caddy(config) : NO_SETTINGS
}

function guessKind(config: string): string {
  if (/proxy_(?:pass|set_header)\s/.test(config) || isOfProxyManager(config)) return 'nginx'
  if (/^[ \t]*(frontend|backend|listen)\s/m.test(config)) return 'haproxy'
  if (/^[ \t]*ProxyPass/im.test(config)) return 'apache'
  return /reverse_proxy\s/.test(config) ? 'caddy' : ''
}

const FROM = 'proxy.config'

const limit = (seconds: number | undefined, setting: string, isDefault = false): Limit[] =>
  seconds === undefined || seconds === 0 ? [] : [{ seconds, setting, isDefault, from: FROM }]

/** Both wait 60 s for data from the backend where nothing is set, as the nginx below them. */
function gateway(timers: readonly GatewayTimer[], name: string): ProxySettings {
  const set = timers.flatMap(({ seconds, setting, line }) =>
    limit(seconds, setting).map((each) => ({ ...each, from: `${FROM}:${line}` })),
  )
  return { ...NO_SETTINGS, idle: set.length > 0 ? set : limit(60, `${name} 60 s`, true) }
}

/** `timeout tunnel` replaces client and server once the connection is upgraded (configuration.txt, 4.2). */
function haproxy(config: string): ProxySettings {
  const values = new Map<string, string>()
  for (const [, name, value] of config.matchAll(/^[ \t]*timeout[ \t]+(tunnel|client|server)[ \t]+(\S+)/gm)) {
    if (name && value) values.set(name, value)
  }
  const of = (name: string) =>
    limit(durationSeconds(values.get(name), 'ms'), `timeout ${name} ${values.get(name)}`)
  const grace = /^[ \t]*hard-stop-after[ \t]+(\S+)/m.exec(config)?.[1]
  const tunnel = of('tunnel')
  // In TCP mode, and without a tunnel timeout, the shorter of the two strikes first.
  const either = [...of('client'), ...of('server')].sort((a, b) => a.seconds - b.seconds).slice(0, 1)
  return {
    ...NO_SETTINGS,
    idle: tunnel.length > 0 ? tunnel : either,
    grace: limit(durationSeconds(grace, 'ms'), `hard-stop-after ${grace}`),
  }
}

const APACHE_TIMEOUTS =
  /^[ \t]*(Timeout|ProxyTimeout|ProxyWebsocketIdleTimeout|GracefulShutdownTimeout)[ \t]+(\S+)/gim

/** Measured on 2.4: the idle limit behaves as the greater of Timeout and ProxyTimeout; Timeout defaults to 60 s. */
function apache(config: string): ProxySettings {
  const values = new Map<string, string>()
  for (const [, name = '', value = ''] of config.matchAll(APACHE_TIMEOUTS)) {
    const key = name.toLowerCase()
    if (!values.has(key)) values.set(key, value)
  }
  const own = values.get('timeout')
  const proxy = values.get('proxytimeout')
  const tunnel = values.get('proxywebsocketidletimeout')
  const all = [
    ...limit(durationSeconds(own ?? '60', 's'), `Timeout ${own ?? '60'}`, own === undefined),
    ...limit(durationSeconds(proxy, 's'), `ProxyTimeout ${proxy}`),
  ].sort((a, b) => b.seconds - a.seconds)
  const idle = limit(durationSeconds(tunnel, 's'), `ProxyWebsocketIdleTimeout ${tunnel}`)
  const passing = passedByApache(config)
  const rewritten = /^[ \t]*RequestHeader[ \t]+(set|unset)[ \t]+Origin[ \t]*(?:"([^"\n]*)"|(\S+))?/im.exec(
    config,
  )
  return {
    ...NO_SETTINGS,
    idle: idle.length > 0 ? idle : all.slice(0, 1),
    grace: limit(durationSeconds(values.get('gracefulshutdowntimeout'), 's'), 'GracefulShutdownTimeout'),
    ...(passing && { passing }),
    origin: rewritten ? { value: rewritten[2] ?? rewritten[3] ?? '', from: FROM } : undefined,
  }
}

const APACHE_HTTP = /^[ \t]*(?:ProxyPass|ProxyPassMatch|RewriteRule)[ \t][^\n]{0,2000}?\bhttps?:\/\//i
const APACHE_SOCKET =
  /^[ \t]*(?:ProxyPass|ProxyPassMatch|RewriteRule|SetHandler|ProxyRemote)[ \t][^\n]{0,2000}?(?:\bwss?:\/\/|\bupgrade=)/i

/**
 * mod_proxy_http passes an upgrade on where `upgrade=` says so, mod_proxy_wstunnel where the backend is ws://
 * (httpd 2.4, mod_proxy). Where one of them is there, it depends on the path.
 */
function passedByApache(config: string): Passing | undefined {
  const lines = config.split('\n')
  const at = lines.findIndex((line) => APACHE_HTTP.test(line))
  if (at === -1 || lines.some((line) => APACHE_SOCKET.test(line))) return undefined
  const place = `${FROM}:${at + 1}`
  return {
    upgrade: false,
    connection: false,
    httpVersion: '1.1',
    from: { place, httpVersion: place },
    who: 'ProxyPass without upgrade=websocket, and without a backend with ws://,',
  }
}

/** stream_timeout limits the age of an upgraded connection; there is no idle limit by default. */
function caddy(config: string): ProxySettings {
  const json = /"stream_timeout"[ \t]{0,8}:[ \t]{0,8}(?:"([^"\n]{1,40})"|(\d{1,18}))/.exec(config)
  const timeout =
    /^[ \t]*stream_timeout[ \t]+(\S+)/m.exec(config)?.[1] ??
    (json ? (json[1] ?? `${Number(json[2]) / 1e9}s`) : undefined)
  const delay = /^[ \t]*stream_close_delay[ \t]+(\S+)/m.exec(config)?.[1]
  const origin = /^[ \t]*header_up[ \t]+(-?)Origin(?:[ \t]+"?([^"\n]*)"?)?/im.exec(config)
  return {
    ...NO_SETTINGS,
    lifetime: limit(durationSeconds(timeout, 's'), `stream_timeout ${timeout}`),
    grace: limit(durationSeconds(delay, 's'), `stream_close_delay ${delay}`),
    origin: origin ? { value: origin[1] ? '' : (origin[2] ?? ''), from: FROM } : undefined,
  }
}

/** Five minutes, if the connection manager sets none (stream_idle_timeout). */
const ENVOY_IDLE = '300s'

const ENVOY_TIMERS =
  /(?:^[ \t]{0,200}(?:- )?|[{,][ \t]{0,20})["']?(stream_idle_timeout|idle_timeout|max_stream_duration)["']?:[ \t]{0,20}["']?(\d[\d.]{0,12}s)\b/gm

/** A stream that is silent for stream_idle_timeout is ended; max_stream_duration ends one whatever moves on it. */
function envoy(config: string): ProxySettings {
  const values = new Map<string, string>()
  for (const [, name = '', value = ''] of config.matchAll(ENVOY_TIMERS))
    if (!values.has(name)) values.set(name, value)
  const idle = values.get('stream_idle_timeout') ?? values.get('idle_timeout')
  const age = values.get('max_stream_duration')
  return {
    ...NO_SETTINGS,
    idle: limit(
      durationSeconds(idle ?? ENVOY_IDLE, 's'),
      `stream_idle_timeout: ${idle ?? ENVOY_IDLE}`,
      idle === undefined,
    ),
    lifetime: limit(durationSeconds(age, 's'), `max_stream_duration: ${age}`),
    own: refusedByEnvoy(config),
    http2: envoyHttp2(config),
  }
}

/** Envoy answers 403 by itself to an upgrade that no upgrade_configs of the listener or route allows. */
function refusedByEnvoy(config: string): ProxySettings['own'] {
  const at = config.indexOf('http_connection_manager')
  if (at === -1 || /\bupgrade_type["']?:[ \t]{0,20}["']?websocket/i.test(config)) return undefined
  const says = sentence`Envoy’s configuration has no upgrade_configs for websocket`
  return { status: 403, says, from: `${FROM}:${config.slice(0, at).split('\n').length}` }
}
