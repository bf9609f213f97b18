/** Checks of the directives that choose a server and a location. */
import type { Check } from '#lib/configs/nginx/checks/check.ts'
import { parseListen } from '#lib/configs/nginx/syntax/listen.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { compileRegex } from '#lib/configs/nginx/syntax/regex.ts'

export function refuseRegex(pattern: string, ignoreCase = false): string | undefined {
  const regex = compileRegex(pattern, ignoreCase)
  return regex.status === 'invalid' ? `pcre2_compile() failed: ${regex.problem}` : undefined
}

const location: Check = ({ args }, { around }) => {
  const name = locationName(args)
  if (!name) return `invalid location modifier "${args[0]}"`
  const outer = around.at(-1)
  const parent = outer?.name === 'location' ? locationName(outer.args) : undefined
  if (parent) {
    if (parent.kind === 'exact' || parent.kind === 'named') {
      return `location "${name.text}" cannot be inside the ${parent.kind} location "${parent.text}"`
    }
    if (name.kind === 'named') return `named location "${name.text}" can be on the server level only`
    if (name.kind !== 'regex' && !name.text.startsWith(parent.text)) {
      return `location "${name.text}" is outside location "${parent.text}"`
    }
  }
  return name.kind === 'regex' ? refuseRegex(name.text, name.ignoreCase) : undefined
}

const COMPARISONS = ['=', '!=', '~', '~*', '!~', '!~*']

/** The words of a condition without its parentheses, or undefined where one of them is missing. */
export function conditionWords(args: readonly string[]): string[] | undefined {
  const words = [...args]
  const first = words[0] ?? ''
  const last = words.at(-1) ?? ''
  if (!first.startsWith('(') || !last.endsWith(')') || (words.length === 1 && first.length < 3))
    return undefined
  words[0] = first.slice(1)
  words[words.length - 1] = (words.at(-1) ?? '').slice(0, -1)
  if (words[0] === '') words.shift()
  if (words.at(-1) === '' && words.length > 1 && last === ')') words.pop()
  return words
}

const condition: Check = ({ args }) => {
  const words = conditionWords(args)
  if (!words) return `invalid condition "${args[0]}"`
  const [subject = '', comparison, value, ...more] = words
  if (/^!?-[fdex]$/.test(subject)) {
    return comparison === undefined || value !== undefined ? `invalid condition "${subject}"` : undefined
  }
  if (!/^\$./.test(subject)) return `invalid condition "${subject}"`
  if (comparison === undefined) return undefined
  if (!COMPARISONS.includes(comparison)) return `unexpected "${comparison}" in condition`
  if (value === undefined || more.length > 0) return `invalid condition "${comparison}"`
  return comparison.includes('~') ? refuseRegex(value, comparison.includes('*')) : undefined
}

const returned: Check = ({ args }) => {
  const [code = ''] = args
  if (/^\d+$/.test(code)) return Number(code) > 999 ? `invalid return code "${code}"` : undefined
  const isUrl = args.length === 1 && /^(https?:\/\/|\$scheme)/.test(code)
  return isUrl ? undefined : `invalid return code "${code}"`
}

const rewrite: Check = ({ args: [pattern = '', , flag] }) => {
  const problem = refuseRegex(pattern)
  if (problem) return problem
  if (flag === undefined || ['last', 'break', 'redirect', 'permanent'].includes(flag)) return undefined
  return `invalid parameter "${flag}"`
}

const variable: Check = ({ args: [name = ''] }) =>
  /^\$./.test(name) ? undefined : `invalid variable name "${name}"`

const errorPage: Check = ({ args }) => {
  const codes = args.slice(0, -1)
  const answer = codes.at(-1)?.startsWith('=') && codes.length > 1 ? codes.pop() : undefined
  if (answer !== undefined && !/^=\d*$/.test(answer)) return `invalid value "${answer}"`
  for (const code of codes) {
    if (!/^\d+$/.test(code)) return `invalid value "${code}"`
    const outside = Number(code) < 300 || Number(code) > 599
    if (outside || code === '499') return `value "${code}" must be between 300 and 599`
  }
  return undefined
}

const LISTEN_FLAGS =
  /^(default_server|default|bind|deferred|ssl|http2|spdy|quic|reuseport|proxy_protocol|multipath|ipv6only=(on|off)|so_keepalive=.+|(setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter)=.+)$/
/** Options that belong to the socket: only one `listen` of an address may give them. */
const SOCKET_OPTION =
  /^(bind|deferred|reuseport|ipv6only|so_keepalive|setfib|fastopen|backlog|rcvbuf|sndbuf|accept_filter)/

const listen: Check = ({ args }, { earlier, declared }) => {
  const { address, parsed } = { address: args[0] ?? '', parsed: parseListen(args) }
  if (!parsed) {
    return /:[^\]]+$|^\d+$/.test(address)
      ? `invalid port in "${address}" of the "listen" directive`
      : `host not found in "${address}" of the "listen" directive`
  }
  const unknown = parsed.options.find((option) => !LISTEN_FLAGS.test(option))
  if (unknown?.startsWith('ipv6only=')) return `invalid ipv6only flags "${unknown.slice(9)}"`
  if (unknown !== undefined) return `invalid parameter "${unknown}"`
  const place = parsed.port === 0 ? parsed.host : `${parsed.host}:${parsed.port}`
  if (!parsed.options.includes('quic')) {
    if (earlier(`listen ${place}`)) return `a duplicate listen ${place}`
    if (parsed.options.some((option) => SOCKET_OPTION.test(option))) {
      if (declared.listenOptions.has(place)) return `duplicate listen options for ${place}`
      declared.listenOptions.add(place)
    }
    if (parsed.isDefault) {
      if (declared.defaultServers.has(place)) return `a duplicate default server for ${place}`
      declared.defaultServers.add(place)
    }
  }
  return undefined
}

const serverName: Check = ({ args }) => {
  for (const name of args) {
    if (name.startsWith('~')) {
      const problem = name.length === 1 ? 'empty regex in server name "~"' : refuseRegex(name.slice(1), true)
      if (problem) return problem
    } else if ((/^\*[^.]|[^.]\*$/.test(name) || name.slice(1, -1).includes('*')) && name !== '*') {
      return `invalid server name or wildcard "${name}" on 0.0.0.0:80`
    }
  }
  return undefined
}

export const routingChecks: Readonly<Record<string, Check>> = {
  location,
  if: condition,
  return: returned,
  rewrite,
  set: variable,
  error_page: errorPage,
  listen,
  server_name: serverName,
}
