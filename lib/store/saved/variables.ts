/** `{{host}}` in a saved connection, and what stands in its place. */
import type { SavedConnection, SavedSet } from '#lib/store/saved/sets.ts'

const REFERENCE = /\{\{ ?([A-Za-z_][\w-]{0,59}) ?\}\}/g

/** The texts of a connection that may name variables. */
const textsOf = ({ url, subprotocols = [], through }: SavedConnection): string[] => [
  url,
  ...subprotocols,
  ...(through?.origin ? [through.origin] : []),
  ...(through?.headers ?? []),
]

/** Every variable that is named, in the order of first use. */
export function variablesIn(connections: readonly SavedConnection[]): string[] {
  const names = connections
    .flatMap(textsOf)
    .flatMap((text) => [...text.matchAll(REFERENCE)].map(([, name = '']) => name))
  return [...new Set(names)]
}

export type Filled =
  | { readonly ok: true; readonly connections: readonly SavedConnection[] }
  /** The variables that have no value. */
  | { readonly ok: false; readonly missing: readonly string[] }

/**
 * The connections of a set with its variables filled in, as plain text.
 * @param secrets the values of secret variables, by name
 */
export function fill(set: SavedSet, secrets: Readonly<Record<string, string>>): Filled {
  const values = new Map<string, string>()
  for (const { name, value, secret } of set.variables ?? []) {
    const known = secret ? secrets[name] : value
    if (known !== undefined && known !== '') values.set(name, known)
  }
  const missing = variablesIn(set.connections).filter((name) => !values.has(name))
  if (missing.length > 0) return { ok: false, missing }
  const into = (text: string): string => text.replace(REFERENCE, (_, name: string) => values.get(name) ?? '')
  return {
    ok: true,
    connections: set.connections.map(({ url, subprotocols, through, ...rest }) => ({
      ...rest,
      url: into(url),
      ...(subprotocols && { subprotocols: subprotocols.map(into) }),
      ...(through && {
        through: {
          ...through,
          ...(typeof through.origin === 'string' && { origin: into(through.origin) }),
          ...(through.headers && { headers: through.headers.map(into) }),
        },
      }),
    })),
  }
}

/** Headers whose values are credentials. */
const SECRET =
  /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key|x-auth-token|[\w-]{0,40}token)$/i

export interface Hidden {
  readonly headers: readonly string[]
  readonly variables: readonly string[]
}

/** Headers as they may be kept: of those that carry credentials a variable stands in for the value. */
export function hideSecrets(headers: readonly string[]): Hidden {
  const variables: string[] = []
  const hidden = headers.map((line) => {
    const name = line.slice(0, Math.max(0, line.indexOf(':'))).trim()
    if (!SECRET.test(name) || /\{\{/.test(line)) return line
    const variable = name.toLowerCase()
    variables.push(variable)
    return `${name}: {{${variable}}}`
  })
  return { headers: hidden, variables: [...new Set(variables)] }
}

/** Parameters whose values are credentials: `token`, `access_token`, `apiKey`. */
const SECRET_PARAMETER =
  /(?:token|ticket|jwt|secret|password|passwd|auth|authorization|api_?key|signature|sig)$/i

/** The same for a URL: the password before its host, and what its query says of a token. */
export function hideInUrl(url: string): { readonly url: string; readonly variables: readonly string[] } {
  const variables: string[] = []
  const [before = '', ...query] = url.split('?')
  const shown = before.replace(/^(wss?:\/\/[^/:@]{0,500}):[^/@]{1,500}@/, (_, start: string) => {
    variables.push('password')
    return `${start}:{{password}}@`
  })
  const pairs = query
    .join('?')
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? ''
      if (!SECRET_PARAMETER.test(name) || pair.length <= name.length + 1 || /\{\{/.test(pair)) return pair
      const variable = variableOf(name)
      variables.push(variable)
      return `${name}={{${variable}}}`
    })
  return {
    url: query.length === 0 ? shown : `${shown}?${pairs.join('&')}`,
    variables: [...new Set(variables)],
  }
}

const variableOf = (name: string): string =>
  name
    .replace(/[^\w-]/g, '_')
    .replace(/^[^A-Za-z_]/, '_')
    .slice(0, 60)

/** The hosts of several URLs, as one variable: `wss://a.example/ws` → `wss://{{host}}/ws`. Null where they differ. */
export function hostOf(urls: readonly string[]): string | null {
  const hosts = new Set(urls.map((url) => URL.parse(url)?.host ?? ''))
  const [host = ''] = hosts
  return hosts.size === 1 && host !== '' ? host : null
}

/** Wherever the host stands: behind credentials too. */
export function withHost(url: string, host: string): string {
  const [scheme = '', rest = ''] = url.split(/\/\/(.*)/s)
  const end = rest.search(/[/?#]|$/)
  const authority = rest.slice(0, end)
  if (!authority.endsWith(host)) return url
  return `${scheme}//${authority.slice(0, -host.length)}{{host}}${rest.slice(end)}`
}
