/** The request that a configuration is asked for: a WebSocket handshake, or a page of the same address. */
import { freshPatience, type Patience } from '#lib/configs/nginx/syntax/regex.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

export interface HttpRequest {
  /** Changes when the request is rewritten. Without the query. */
  uri: string
  args: string
  readonly requestUri: string
  /** The Host header as sent. */
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** Names in lower case with `_`, as variables spell them. */
  readonly headers: Readonly<Record<string, string>>
  /** What `set` and named captures gave. */
  readonly variables: Map<string, string | undefined>
  /** `$1` … of the last regular expression that matched. */
  captures: readonly (string | undefined)[]
  /** Variables that may still be looked up: maps can refer to one another without end. */
  lookups: number
  /** Steps that trying regular expressions may still take: a configuration can have any number of them. */
  readonly patience: Patience
  /** What stood in the way of expressions that could not be tried, by their directives: the answer is not certain then. */
  readonly untried: Map<Directive, string>
}

const MOST_LOOKUPS = 20_000

export interface Asked {
  readonly path: string
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** The page's; without one the page is the host's own. */
  readonly origin?: string | undefined
  /** Shared with other requests; without them the request has its own. */
  readonly patience?: Patience
  readonly untried?: Map<Directive, string>
}

/** What a browser sends. Connection is Firefox's: Chromium's is `Upgrade` alone, which fewer expressions miss. */
export function handshakeRequest(asked: Asked): HttpRequest {
  return request(asked, {
    upgrade: 'websocket',
    connection: 'keep-alive, Upgrade',
    sec_websocket_key: 'dGhlIHNhbXBsZSBub25jZQ==',
    sec_websocket_version: '13',
    origin: asked.origin ?? `${asked.tls ? 'https' : 'http'}://${asked.host}`,
  })
}

export const pageRequest = (asked: Asked): HttpRequest => request(asked, { connection: 'keep-alive' })

function request(asked: Asked, headers: Record<string, string>): HttpRequest {
  const { path, host, port, tls, patience = freshPatience(), untried = new Map() } = asked
  const [uri = '/', ...query] = path.split('?')
  return {
    uri: normalUri(uri),
    args: query.join('?'),
    requestUri: path,
    host,
    port,
    tls,
    headers: { host, ...headers },
    variables: new Map(),
    captures: [],
    lookups: MOST_LOOKUPS,
    patience,
    untried,
  }
}

/** `$uri`: without escapes, double slashes and dots, which nginx resolves before it searches. */
function normalUri(uri: string): string {
  let plain = uri
  try {
    plain = decodeURIComponent(uri)
  } catch {
    // Escapes that are no UTF-8 stay as they are.
  }
  const kept: string[] = []
  const segments = plain.split('/')
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const folder = ['', '.', '..'].includes(segments.at(-1) ?? '')
  return `/${kept.join('/')}${folder && kept.length > 0 ? '/' : ''}`
}

/** `$host`: in lower case, without the port. */
export const hostName = ({ host }: { host: string }): string =>
  host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
