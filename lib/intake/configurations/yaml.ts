/** Configurations in YAML, and whose they are. */
import { type Finder, whileFits } from '#lib/intake/configurations/block.ts'
import { isConfigurationLine } from '#lib/intake/configurations/nginx.ts'
import type { Lines } from '#lib/intake/lines.ts'

const YAML =
  /^\s{0,80}(?:- )?["']?[\w./@-]{1,120}["']?:(?:\s.*)?$|^\s{0,80}- \S.*$|^\s{0,80}#.*$|^---\s{0,10}$|^\s{2,80}\S.*$/
const YAML_PROGRAMS: readonly { program: string; starts: RegExp; sure: RegExp }[] = [
  {
    program: 'kubernetes',
    starts:
      /^(?:apiVersion: (?:networking\.k8s\.io|networking\.gke\.io|cloud\.google\.com|extensions|v1|gateway\.networking|projectcontour\.io)|kind: (?:Ingress|ConfigMap|Service|HTTPRoute|HTTPProxy|BackendConfig|GCPBackendPolicy))/,
    sure: /nginx\.ingress\.kubernetes\.io|kind: (?:Ingress|ConfigMap|Service|HTTPRoute|HTTPProxy|BackendConfig|GCPBackendPolicy)|haproxy\.org\//,
  },
  {
    program: 'kubernetes',
    starts: /^\s{0,20}(?:metadata:|annotations:|nginx\.ingress\.kubernetes\.io\/[\w-]{1,80}:)/,
    sure: /nginx\.ingress\.kubernetes\.io|nginx\.org\/|haproxy\.org\/|alb\.ingress\.kubernetes\.io|traefik\.ingress/,
  },
  {
    program: 'traefik',
    starts: /^(?:entryPoints|http|providers|log|accessLog|api|certificatesResolvers|global|tcp):\s{0,10}$/,
    sure: /entryPoints|routers:|respondingTimeouts|loadBalancer:|middlewares:|providers:/,
  },
  {
    program: 'envoy',
    starts:
      /^\s{0,20}(?:static_resources|listeners|clusters|filter_chains|admin|node|- name: envoy\.|upgrade_configs|http_filters|route_config):/,
    sure: /envoy\.|upgrade_configs|virtual_hosts|stream_idle_timeout|filter_chains/,
  },
  {
    program: 'apisix',
    starts:
      /^(?:apiVersion: apisix\.apache\.org\/|kind: Apisix|routes:|upstreams:|upstream:|uri:|enable_websocket:)/,
    sure: /^kind: Apisix|\benable_websocket:|\btype: ["']?(?:roundrobin|chash|least_conn|ewma)\b/,
  },
  {
    program: 'kong',
    starts: /^(?:_format_version:|services:|apiVersion: configuration\.konghq\.com|kind: Kong)/,
    sure: /^_format_version:|^\s{0,40}(?:- )?read_timeout:|configuration\.konghq\.com/,
  },
  { program: 'compose', starts: /^(?:services|version|networks|volumes):/, sure: /^services:/ },
]

/** How far behind its beginning the line may be that shows whose the text is. */
const MOST_LINES_TO_BE_SURE = 400

/** Each line is looked at once, however many lines look like a beginning. */
export function createYamlFinder(all: Lines): Finder {
  /** Where the lines end that may be YAML, and where what is to be read as such does. */
  let last = 0
  let until = 0
  const sureAt = YAML_PROGRAMS.map(() => 0)
  return (lines, at) => {
    const first = lines.at(at)
    for (const [index, { program, starts, sure }] of YAML_PROGRAMS.entries()) {
      if (!starts.test(first)) continue
      // Within a run of such lines every beginning has the same end.
      if (last <= at) last = whileFits(all, at, (text) => YAML.test(text))
      if (until <= at) until = beforeOtherConfiguration(all, at, last)
      const surely = Math.min(until, at + MOST_LINES_TO_BE_SURE)
      let next = Math.max(at, sureAt[index] ?? 0)
      while (next < surely && !sure.test(lines.at(next))) next++
      sureAt[index] = next
      if (next < surely) return { program, end: until }
    }
    return undefined
  }
}

/** `default.conf: |` */
const BLOCK_TEXT = /^\s{0,80}["']?[\w.-]{1,120}["']?:\s{1,10}[|>][-+\d]{0,3}\s{0,10}$/

/** A configuration of nginx in a text of YAML begins behind the line that has its name. */
function beforeOtherConfiguration(lines: Lines, from: number, until: number): number {
  for (let at = from; at < until; at++) {
    if (!BLOCK_TEXT.test(lines.at(at))) continue
    if (lines.some(at + 1, at + 8, isConfigurationLine)) return at + 1
  }
  return until
}
