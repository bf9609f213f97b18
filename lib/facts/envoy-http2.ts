/** Whether a cluster of Envoy's configuration speaks HTTP/2 to its backends, where an upgrade is an extended CONNECT (RFC 8441). */
import type { ProxySettings } from '#lib/facts/settings.ts'

/** HTTP/2 to the backends: said under a cluster, or under the options of a cluster's protocol. */
const TO_BACKENDS =
  /^\s{0,200}(?:- )?(?:explicit_http_config|protocol_selection|load_assignment|lb_policy|connect_timeout):/
const HTTP2_OPTIONS = /^(\s{0,200})(?:- )?http2_protocol_options:/

/** A listener takes HTTP/2 with options of the same name: those of a connection manager are not about backends. */
export function envoyHttp2(config: string): ProxySettings['http2'] {
  const lines = config.split('\n')
  if (!OF_CLUSTERS.test(config) && !lines.some((line) => TO_BACKENDS.test(line))) return undefined
  const set = lines.flatMap((line, at) => (HTTP2_OPTIONS.test(line) ? [at] : [])).slice(0, MOST_HTTP2)
  const at = set.find((each) => !isOfListener(lines, each))
  if (at === undefined) return undefined
  return {
    setting: 'http2_protocol_options',
    allowsConnect: ALLOWS_CONNECT.test(config),
    from: `proxy.config:${at + 1}`,
  }
}

const MOST_HTTP2 = 50
const OF_CLUSTERS = /^\s{0,200}(?:- )?clusters:|\bHttpProtocolOptions\b/m
const ALLOWS_CONNECT = /\ballow_connect["']?:\s{0,20}true\b/

/** The nearest line above that is less indented and names one. */
function isOfListener(lines: readonly string[], at: number): boolean {
  let indent = indentOf(lines[at] ?? '')
  for (let above = at - 1; above >= 0 && indent > 0; above--) {
    const line = lines[above] ?? ''
    if (line.trim() === '' || indentOf(line) >= indent) continue
    indent = indentOf(line)
    if (/http_connection_manager|HttpConnectionManager|\blisteners:|filter_chains:/.test(line)) return true
    if (/\bclusters:|HttpProtocolOptions/.test(line)) return false
  }
  return false
}

const indentOf = (line: string): number => /^\s{0,200}/.exec(line)?.[0].length ?? 0
