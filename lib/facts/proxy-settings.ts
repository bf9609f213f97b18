/** What the proxy's configuration says about time limits and about the handshake's headers. */

import type { Evidence } from '#lib/evidence/schema.ts'
import { inForce, parseNginx, proxyHeaders, scopesFor } from '#lib/facts/nginx-scope.ts'
import type { Target } from '#lib/facts/target.ts'
import { durationSeconds } from '#lib/text/duration.ts'

export type Limit = {
  seconds: number
  setting: string /** Nothing was set: the software's default. */
  isDefault: boolean
}

export type ProxySettings = {
  /** Ends a tunnel after this much silence. */
  idle: readonly Limit[]
  /** Ends a tunnel at this age. */
  lifetime: readonly Limit[]
  /** How long old connections survive a reload or a graceful stop. */
  grace: readonly Limit[]
  /** nginx only: what the location sends to the backend; undefined where there is no such location. */
  upgrade: { upgrade: boolean; connection: boolean; httpVersion: string } | undefined
  /** The proxy sets Origin to this (empty: removes it). */
  origin: string | undefined
  /** A condition of the proxy reads the Origin header. */
  checksOrigin: boolean
}

const NONE: ProxySettings = {
  idle: [],
  lifetime: [],
  grace: [],
  upgrade: undefined,
  origin: undefined,
  checksOrigin: false,
}

/** A variable, a fetch or a condition on the Origin header, in nginx, HAProxy, Apache and Caddy. */
const READS_ORIGIN =
  /\$http_origin\b|hdr\w*\(\s*origin|HTTP:Origin|req\(['"]?Origin|header(_regexp)?\s+(\w+\s+)?Origin\b/i

export function readSettings(evidence: Evidence, target: Target): ProxySettings {
  const config = evidence.proxy?.config
  if (!config) return NONE
  const kind = evidence.proxy?.kind?.toLowerCase() ?? guessKind(config)
  return { ...settingsOf(kind, config, target), checksOrigin: READS_ORIGIN.test(config) }
}

type Settings = Omit<ProxySettings, 'checksOrigin'>

function settingsOf(kind: string, config: string, target: Target): Settings {
  if (kind.includes('nginx') || kind === 'openresty') return nginx(config, target)
  if (kind === 'haproxy') return haproxy(config)
  if (kind === 'apache' || kind === 'httpd' || kind === 'apache2') return apache(config)
  return kind === 'caddy' ? caddy(config) : NONE
}

function guessKind(config: string): string {
  if (/proxy_pass\s/.test(config)) return 'nginx'
  if (/^\s*(frontend|backend|listen)\s/m.test(config)) return 'haproxy'
  if (/^\s*ProxyPass/im.test(config)) return 'apache'
  return /reverse_proxy\s/.test(config) ? 'caddy' : ''
}

const limit = (seconds: number | undefined, setting: string, isDefault = false): Limit[] =>
  seconds === undefined || seconds === 0 ? [] : [{ seconds, setting, isDefault }]

/** proxy_read_timeout defaults to 60 s, and traffic of either side restarts it on an upgraded connection. */
function nginx(config: string, target: Target): Settings {
  const scopes = scopesFor(parseNginx(config), target.port, target.pathname || '/')
  const read = inForce(scopes, 'proxy_read_timeout')?.join(' ')
  const grace = inForce(scopes, 'worker_shutdown_timeout')?.[0]
  const passes = inForce(scopes, 'proxy_pass') !== undefined
  const headers = proxyHeaders(scopes)
  return {
    idle: passes
      ? limit(durationSeconds(read ?? '60s', 's'), `proxy_read_timeout ${read ?? '60s'}`, read === undefined)
      : [],
    lifetime: [],
    grace: limit(durationSeconds(grace, 's'), `worker_shutdown_timeout ${grace}`),
    upgrade: passes
      ? {
          upgrade: (headers.get('upgrade') ?? '') !== '',
          connection: /upgrade/i.test(headers.get('connection') ?? ''),
          httpVersion: inForce(scopes, 'proxy_http_version')?.[0] ?? 'default',
        }
      : undefined,
    origin: headers.get('origin'),
  }
}

/** `timeout tunnel` replaces client and server once the connection is upgraded (configuration.txt, 4.2). */
function haproxy(config: string): Settings {
  const values = new Map<string, string>()
  for (const [, name, value] of config.matchAll(/^\s*timeout\s+(tunnel|client|server)\s+(\S+)/gm)) {
    if (name && value) values.set(name, value)
  }
  const of = (name: string) =>
    limit(durationSeconds(values.get(name), 'ms'), `timeout ${name} ${values.get(name)}`)
  const grace = /^\s*hard-stop-after\s+(\S+)/m.exec(config)?.[1]
  const tunnel = of('tunnel')
  // In TCP mode, and without a tunnel timeout, the shorter of the two strikes first.
  const either = [...of('client'), ...of('server')].sort((a, b) => a.seconds - b.seconds).slice(0, 1)
  return {
    ...NONE,
    idle: tunnel.length > 0 ? tunnel : either,
    grace: limit(durationSeconds(grace, 'ms'), `hard-stop-after ${grace}`),
  }
}

/** Measured on 2.4: the idle limit behaves as the greater of Timeout and ProxyTimeout; Timeout defaults to 60 s. */
function apache(config: string): Settings {
  const value = (name: string) => new RegExp(`^\\s*${name}\\s+(\\S+)`, 'im').exec(config)?.[1]
  const own = value('Timeout')
  const proxy = value('ProxyTimeout')
  const tunnel = value('ProxyWebsocketIdleTimeout')
  const all = [
    ...limit(durationSeconds(own ?? '60', 's'), `Timeout ${own ?? '60'}`, own === undefined),
    ...limit(durationSeconds(proxy, 's'), `ProxyTimeout ${proxy}`),
  ].sort((a, b) => b.seconds - a.seconds)
  const idle = limit(durationSeconds(tunnel, 's'), `ProxyWebsocketIdleTimeout ${tunnel}`)
  const rewritten = /^\s*RequestHeader\s+(set|unset)\s+Origin\s*(?:"([^"]*)"|(\S+))?/im.exec(config)
  return {
    ...NONE,
    idle: idle.length > 0 ? idle : all.slice(0, 1),
    grace: limit(durationSeconds(value('GracefulShutdownTimeout'), 's'), 'GracefulShutdownTimeout'),
    origin: rewritten ? (rewritten[2] ?? rewritten[3] ?? '') : undefined,
  }
}

/** stream_timeout limits the age of an upgraded connection; there is no idle limit by default. */
function caddy(config: string): Settings {
  const timeout = /^\s*stream_timeout\s+(\S+)/m.exec(config)?.[1]
  const delay = /^\s*stream_close_delay\s+(\S+)/m.exec(config)?.[1]
  const origin = /^\s*header_up\s+(-?)Origin(?:\s+"?([^"\n]*)"?)?/im.exec(config)
  return {
    ...NONE,
    lifetime: limit(durationSeconds(timeout, 's'), `stream_timeout ${timeout}`),
    grace: limit(durationSeconds(delay, 's'), `stream_close_delay ${delay}`),
    origin: origin ? (origin[1] ? '' : (origin[2] ?? '')) : undefined,
  }
}
