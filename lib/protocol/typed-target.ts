/**
 * What a person typed, turned into what a client would open.
 *
 * People paste page addresses, `host:port`, Socket.IO and SignalR URLs. Each is understood, and every change
 * is said, so that nobody believes a URL was probed that was not.
 */

/** A library's own protocol on top of WebSocket, recognised by its URL. */
export type TargetDialect = 'websocket' | 'socket.io' | 'signalr'

export interface TargetNote {
  id:
    | 'scheme-changed'
    | 'scheme-assumed'
    | 'host-assumed'
    | 'credentials-moved'
    | 'fragment-ignored'
    | 'socket-io'
    | 'signalr'
  says: string
}

export type Target =
  | {
      ok: true
      /** ws:// or wss://, absolute, without credentials or fragment. */
      url: string
      dialect: TargetDialect
      notes: TargetNote[]
      /** `user:password` of the URL, which a client sends as Basic authentication, never in the request line. */
      credentials?: string
      /** What a client of this dialect sends first; a server that waits for it drops whoever stays silent. */
      firstMessage?: string
    }
  | { ok: false; code: 'empty' | 'unreadable' | 'scheme' | 'too-long'; says: string }

/** Longest accepted text, in characters: beyond what servers read in a request line (8 KiB is a usual limit). */
const LONGEST_TARGET = 8192

const EXAMPLE = 'Write it like wss://example.org/path or localhost:9000/ws.'
const SCHEME = /^([a-z][a-z0-9+.-]*):\/*/i
const WEB_SCHEMES: Record<string, 'ws' | 'wss'> = { ws: 'ws', wss: 'wss', http: 'ws', https: 'wss' }

/** Reads a typed address. Pure: no network, no clock. */
export function understandTarget(typed: string): Target {
  const text = typed.trim().replace(/^(["'`<])(.*)["'`>]$/s, '$2')
  if (text === '') return { ok: false, code: 'empty', says: `No URL was given. ${EXAMPLE}` }
  if (text.length > LONGEST_TARGET) {
    return { ok: false, code: 'too-long', says: `A URL has at most ${LONGEST_TARGET} characters here.` }
  }
  const notes: TargetNote[] = []
  const absolute = withScheme(text, notes)
  if (typeof absolute !== 'string') return absolute
  const url = URL.canParse(absolute) ? new URL(absolute) : undefined
  if (!url || url.hostname === '') {
    return { ok: false, code: 'unreadable', says: `“${text.slice(0, 120)}” is no URL. ${EXAMPLE}` }
  }
  const credentials = takeCredentials(url, notes)
  if (url.hash !== '' || absolute.endsWith('#')) {
    url.hash = ''
    notes.push({
      id: 'fragment-ignored',
      says: 'The part after # is left out: a browser throws SyntaxError for a WebSocket URL with a fragment.',
    })
  }
  const { dialect, firstMessage } = asClientOpens(url, notes)
  return {
    ok: true,
    url: url.href,
    dialect,
    notes,
    ...(credentials === undefined ? {} : { credentials }),
    ...(firstMessage === undefined ? {} : { firstMessage }),
  }
}

function withScheme(text: string, notes: TargetNote[]): string | Extract<Target, { ok: false }> {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  const known = scheme === undefined ? undefined : WEB_SCHEMES[scheme]
  if (scheme !== undefined && known !== undefined) {
    if (known !== scheme) {
      notes.push({
        id: 'scheme-changed',
        says: `${scheme}:// opens as ${known}://, as a browser does with a WebSocket.`,
      })
    }
    return `${known}://${text.replace(SCHEME, '')}`
  }
  // `host:9000` reads like a scheme; what follows the colon of a real one is no port.
  if (scheme !== undefined && !/^[^/?#:]+:\d{1,5}(?:[/?#]|$)/.test(text)) {
    return {
      ok: false,
      code: 'scheme',
      says: `${scheme}: is not a scheme a WebSocket can use; it takes ws:// or wss:// (http:// and https:// are understood).`,
    }
  }
  return withAssumedScheme(text, notes)
}

function withAssumedScheme(text: string, notes: TargetNote[]): string {
  let rest = text.replace(/^\/\//, '')
  if (/^:\d/.test(rest) || /^\d{1,5}(?:[/?#]|$)/.test(rest) || /^\//.test(rest)) {
    rest = /^\d/.test(rest) ? `localhost:${rest}` : `localhost${rest}`
    notes.push({ id: 'host-assumed', says: 'No host was given, so localhost is meant.' })
  }
  const host = /^(\[[^\]]*\]|[^/?#:]*)/.exec(rest)?.[1] ?? ''
  const port = /^(?:\[[^\]]*\]|[^/?#:]*):(\d+)/.exec(rest)?.[1]
  const scheme = assumedScheme(host, port)
  notes.push({
    id: 'scheme-assumed',
    says: `No scheme was given, so ${scheme}:// is meant${scheme === 'wss' ? ' (write ws:// for one without TLS)' : ' (write wss:// for one with TLS)'}.`,
  })
  return `${scheme}://${rest}`
}

/** Public names without a port speak TLS nowadays; loopback, private literals and other ports mostly do not. */
function assumedScheme(host: string, port: string | undefined): 'ws' | 'wss' {
  if (port === '443' || port === '8443') return 'wss'
  const isPublicName =
    /\.[a-z][a-z0-9-]*\.?$/i.test(host) && !/\.(?:local|localhost|internal|test)$/i.test(host)
  return port === undefined && isPublicName ? 'wss' : 'ws'
}

function takeCredentials(url: URL, notes: TargetNote[]): string | undefined {
  if (url.username === '' && url.password === '') return undefined
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`
  url.username = ''
  url.password = ''
  notes.push({
    id: 'credentials-moved',
    says: 'The user and password of the URL are sent as Basic authentication and kept out of the report.',
  })
  return credentials
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Changes `url` in place where a library's client opens another one than the address people know. */
function asClientOpens(url: URL, notes: TargetNote[]): { dialect: TargetDialect; firstMessage?: string } {
  if (/\/socket\.io\/?$/.test(url.pathname) || url.searchParams.has('EIO')) {
    asSocketIo(url, notes)
    return { dialect: 'socket.io' }
  }
  if (/\/negotiate\/?$/.test(url.pathname) || url.searchParams.has('negotiateVersion')) {
    url.pathname = url.pathname.replace(/\/negotiate\/?$/, '') || '/'
    url.searchParams.delete('negotiateVersion')
    notes.push({
      id: 'signalr',
      says: 'A SignalR negotiation address: the hub itself is opened, as a client with skipNegotiation does, and greeted with the JSON protocol.',
    })
    // The hub protocol's handshake; a server drops whoever has not sent it within 15 s (HubOptions.HandshakeTimeout).
    return { dialect: 'signalr', firstMessage: '{"protocol":"json","version":1}\u001e' }
  }
  return { dialect: 'websocket' }
}

/** Engine.IO 4: a session id belongs to one earlier polling session, and `t` only defeats caches. */
function asSocketIo(url: URL, notes: TargetNote[]): void {
  const before = url.href
  if (/\/socket\.io$/.test(url.pathname)) url.pathname += '/'
  url.searchParams.delete('sid')
  url.searchParams.delete('t')
  if (!url.searchParams.has('EIO')) url.searchParams.set('EIO', '4')
  url.searchParams.set('transport', 'websocket')
  notes.push({
    id: 'socket-io',
    says:
      url.href === before
        ? 'A Socket.IO address: its WebSocket transport is opened directly, without polling first.'
        : `A Socket.IO address: opened as ${url.href}, which is its WebSocket transport without polling first.`,
  })
}
