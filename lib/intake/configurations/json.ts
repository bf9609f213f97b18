/** Configurations in JSON, and whose they are. */
import { count, type Finder } from '#lib/intake/configurations/block.ts'
import type { Lines } from '#lib/intake/lines.ts'

/** What stands in the same object, and in no other program’s. */
const JSON_PROGRAMS: readonly { program: string; sure: readonly RegExp[] }[] = [
  {
    program: 'apisix',
    sure: [
      /"(?:enable_websocket|upstream(?:_id)?|nodes)"\s{0,8}:/,
      /"(?:enable_websocket|roundrobin|chash|least_conn|ewma)"|"type"\s{0,8}:\s{0,8}"(?:roundrobin|chash|least_conn|ewma)"/,
    ],
  },
  {
    program: 'kong',
    sure: [
      /"(?:read_timeout|_format_version)"\s{0,8}:/,
      /"(?:write_timeout|connect_timeout|strip_path|_format_version)"\s{0,8}:/,
    ],
  },
  {
    program: 'envoy',
    sure: [
      /"(?:static_resources|filter_chains|http_filters|virtual_hosts|upgrade_configs)"\s{0,8}:/,
      /http_connection_manager|HttpConnectionManager|"upgrade_configs"|"virtual_hosts"/,
    ],
  },
  {
    program: 'caddy',
    sure: [
      /"handler"\s{0,8}:\s{0,8}"(?:reverse_proxy|subroute)"/,
      /"(?:upstreams|handle|routes|apps)"\s{0,8}:/,
    ],
  },
  {
    program: 'traefik',
    sure: [
      /"(?:routers|entryPoints)"\s{0,8}:/,
      /"(?:loadBalancer|middlewares|respondingTimeouts|entryPoints|service)"\s{0,8}:/,
    ],
  },
]

/** A line of a log in JSON has what it is about beside its time: Kong’s have the whole service. */
const OF_LOG = /"(?:latencies|started_at|@timestamp|timestamp|level|msg|logger|severity)"\s{0,8}:/
const MOST_JSON_LINES = 20_000
const LONGEST_JSON_LINE = 200_000

/** An object of JSON that begins with its line: each run of lines is looked through once. */
export function createJsonFinder(all: Lines): Finder {
  let searched = 0
  return (lines, at) => {
    if (at < searched || !/^\s{0,40}\{/.test(lines.at(at))) return undefined
    const { end, isClosed } = endOfJson(all, at)
    searched = end
    if (!isClosed || OF_LOG.test(lines.at(at).slice(0, LONGEST_JSON_LINE))) return undefined
    const missing = new Map(JSON_PROGRAMS.map(({ program, sure }) => [program, [...sure]]))
    for (let index = at; index < end; index++) {
      const text = lines.at(index).slice(0, LONGEST_JSON_LINE)
      for (const [program, left] of missing) {
        const still = left.filter((pattern) => !pattern.test(text))
        if (still.length === 0) return { program, end }
        missing.set(program, still)
      }
    }
    return undefined
  }
}

/** The index behind the line that closes the object, or up to which there is none. Braces within texts come in pairs. */
function endOfJson(lines: Lines, at: number): { end: number; isClosed: boolean } {
  let depth = 0
  let index = at
  for (; index < lines.length && index - at < MOST_JSON_LINES; index++) {
    const text = lines.at(index)
    if (index > at && !/^\s{0,400}(?:["{}[\]\d-]|true\b|false\b|null\b|$)/.test(text)) break
    depth += count(text, '{') - count(text, '}')
    if (depth <= 0) return { end: index + 1, isClosed: true }
  }
  return { end: index, isClosed: false }
}
