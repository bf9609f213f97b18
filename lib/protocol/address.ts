/**
 * What a person typed, read as the URL that a client opens, with a word on everything that was changed, so that
 * nobody believes a URL was opened or probed that was not.
 */
import { isAddress, isMixedContent, isSameServer } from '#lib/protocol/host.ts'
import { type OwnEndpoint, ownEndpointOf, ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import { foreign, type Sentence, sentence } from '#lib/text/foreign.ts'

export interface AddressNote {
  readonly id:
    | 'scheme-changed'
    | 'scheme-assumed'
    | 'host-assumed'
    | 'host-rewritten'
    | 'credentials-moved'
    | 'fragment-ignored'
    | 'mixed-content'
    | 'application'
  /** One sentence. */
  readonly says: Sentence
}

/** How a URL reads in a row, and whether it is this server. */
export interface Place {
  readonly url: string
  /** Path and query on this server, host and path elsewhere. */
  readonly label: string
  readonly isOwn: boolean
  readonly endpoint: OwnEndpoint | null
}

export interface GoodAddress extends Place {
  readonly ok: true
  /** ws:// or wss://, absolute, without credentials or fragment. */
  readonly url: string
  /** `url` with the credentials that were typed, if there were any: what `new WebSocket` and commands get. */
  readonly socketUrl: string
  /** `user:password`, which a client sends as Basic authentication, never in the request line. */
  readonly credentials?: string
  /** As typed, the credentials masked. */
  readonly shown: string
  /** What was changed or will surprise. */
  readonly notes: readonly AddressNote[]
}

export interface BadAddress {
  readonly ok: false
  readonly code: 'empty' | 'unreadable' | 'scheme' | 'too-long'
  readonly says: Sentence
}

export type Address = GoodAddress | BadAddress

/** Longest accepted text, in characters: beyond what servers read in a request line (8 KiB is a usual limit). */
const longestAddress = 8192
/** Of saved sets and of templates; a URL cannot have it in its host, and elsewhere nobody means it. */
const VARIABLE = /\{\{ ?[\w.-]{1,60} ?\}\}/
/** Characters of it that a word on it quotes. */
const MOST_QUOTED = 80
const example = 'Try wss://example.org/path or localhost:9000/ws.'

/** Where a read address comes from: the text that `URL` gets, and the notes on it. */
interface Draft {
  readonly text: string
  readonly page: URL | null
  readonly notes: AddressNote[]
}

/**
 * Accepts ws://, wss://, http:// and https:// URLs, `//host`, `host:port/path`, `:port/path`, a port alone and
 * `/path`; on a page of this server its endpoints without their slash. Pure: no network, no clock.
 *
 * What libraries do with their addresses is another floor's matter: whoever reads what a person typed calls
 * `understandTarget`.
 *
 * @param pageOrigin of the page where it was typed, such as `http://localhost:9000`: a path alone means its
 * server. On a command line there is none.
 */
export function readAddress(typed: string, pageOrigin?: string): Address {
  const text = unquoted(typed.trim())
  if (text === '') return { ok: false, code: 'empty', says: sentence`No URL was given. ${example}` }
  if (text.length > longestAddress) {
    return {
      ok: false,
      code: 'too-long',
      says: sentence`A URL has at most ${longestAddress} characters here.`,
    }
  }
  // URL parsers drop these without a word, and two lines would become one address.
  if (/[\t\n\r]/.test(text)) {
    return {
      ok: false,
      code: 'unreadable',
      says: sentence`The URL has a line break or a tab in it. ${example}`,
    }
  }
  const variable = VARIABLE.exec(text)?.[0]
  if (variable !== undefined) {
    const says = sentence`${variable} has no value here. Write the value in its place.`
    return { ok: false, code: 'unreadable', says }
  }
  const draft: Draft = { text, page: pageOf(pageOrigin), notes: [] }
  const absolute = completed(draft)
  return typeof absolute === 'string' ? finished(absolute, draft) : absolute
}

/** How a URL that was opened reads. A URL that does not parse is its own label. */
export function describeUrl(url: string, pageOrigin?: string): Place {
  const parsed = URL.parse(url)
  if (parsed === null) return { url, label: url, isOwn: false, endpoint: null }
  const page = pageOf(pageOrigin)
  const isOwn = page !== null && isSameServer(parsed, page)
  const path = parsed.pathname + parsed.search
  const elsewhere = (parsed.protocol === 'wss:' ? 'wss://' : '') + parsed.host + (path === '/' ? '' : path)
  return {
    url,
    label: isOwn ? path : elsewhere,
    isOwn,
    endpoint: isOwn ? ownEndpointOf(parsed.pathname) : null,
  }
}

/** The same address with another path or query. */
export function withUrl(address: GoodAddress, changed: URL, pageOrigin?: string): GoodAddress {
  const socketUrl = new URL(changed)
  const before = new URL(address.socketUrl)
  socketUrl.username = before.username
  socketUrl.password = before.password
  return { ...address, ...describeUrl(changed.href, pageOrigin), socketUrl: socketUrl.href }
}

/** Null for an opaque origin, and for one of no web page. */
function pageOf(origin: string | undefined): URL | null {
  const page = URL.parse(origin ?? '')
  return page !== null && /^https?:$/.test(page.protocol) ? page : null
}

/** A scheme that is understood; the slashes behind it, or its colon, may be missing. */
const webScheme = /^(wss?|https?)(?::[/\\]*|[/\\]{2,})/i
const webSchemes: Readonly<Record<string, 'ws' | 'wss'>> = { ws: 'ws', wss: 'wss', http: 'ws', https: 'wss' }
/** `host:9000` reads like a scheme; what follows the colon of a real one is not a port. */
const hostAndPort = /^[^/?#:@[\]]+:\d+(?:[/?#]|$)/
/** Schemes of addresses that have an @ as `user:password@host` has one. */
const mailboxScheme = /^(?:mailto|sips?|xmpp|acct|news|im|pres):/i

function completed(draft: Draft): string | BadAddress {
  const { text, notes } = draft
  if (hostAndPort.test(text)) return withAssumedScheme(text, draft)
  const [prefix, written = ''] = webScheme.exec(text) ?? []
  const scheme = webSchemes[written.toLowerCase()]
  if (prefix !== undefined && scheme !== undefined) {
    if (scheme !== written.toLowerCase()) {
      const says = sentence`Changed ${written.toLowerCase()}:// to ${scheme}://, as browsers do.`
      notes.push({ id: 'scheme-changed', says })
    }
    return `${scheme}://${text.slice(prefix.length)}`
  }
  const foreign = foreignScheme(text)
  if (foreign === undefined) return withAssumedScheme(text, draft)
  return {
    ok: false,
    code: 'scheme',
    says: sentence`WebSocket URLs begin with ws:// or wss://, not ${foreign}:. http:// and https:// are understood too.`,
  }
}

/** The word before a colon, unless it is a host, a user or the beginning of an IPv6 address. */
function foreignScheme(text: string): string | undefined {
  const [prefix, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(text) ?? []
  if (prefix === undefined || scheme === undefined || bareIpv6(text) !== undefined) return undefined
  const rest = text.slice(prefix.length)
  if (rest.startsWith('//')) return scheme
  const isHost = scheme.includes('.') || scheme.toLowerCase() === 'localhost'
  const isUser = /^[^/?#]*@/.test(rest) && !mailboxScheme.test(text)
  return isHost || isUser ? undefined : scheme
}

function withAssumedScheme(text: string, { page, notes }: Draft): string {
  const path = text.startsWith('/') ? text : `/${text}`
  if (page !== null && !text.startsWith('//') && (text.startsWith('/') || isOwnPath(path))) {
    notes.push({
      id: 'host-assumed',
      says: sentence`A path without a host opens on the Why1006 server, ${page.host}.`,
    })
    return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}${path}`
  }
  const rest = withHost(text.replace(/^:?\/{2,}/, ''), notes)
  const scheme = assumedScheme(rest, page)
  const hint = scheme === 'wss' ? 'write ws:// for one without TLS' : 'write wss:// for one with TLS'
  notes.push({
    id: 'scheme-assumed',
    says: sentence`Using ${scheme}:// (${hint}).`,
  })
  return `${scheme}://${rest}`
}

function isOwnPath(path: string): boolean {
  return ownEndpoints.some((endpoint) => path.split(/[?#]/, 1)[0] === endpoint)
}

/** A port or a path alone is this machine's; an IPv6 address gets its brackets. */
function withHost(text: string, notes: AddressNote[]): string {
  const ipv6 = bareIpv6(text)
  if (ipv6 !== undefined) {
    notes.push({
      id: 'host-rewritten',
      says: sentence`A URL has brackets around an IPv6 address: [${ipv6}].`,
    })
    return `[${ipv6}]${text.slice(ipv6.length)}`
  }
  const isPort = /^\d+(?:[/?#]|$)/.test(text)
  if (!isPort && !/^(?::\d|\/)/.test(text)) return text
  notes.push({ id: 'host-assumed', says: sentence`Using localhost.` })
  return isPort ? `localhost:${text}` : `localhost${text}`
}

function bareIpv6(text: string): string | undefined {
  const [literal] = /^[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*(?=[/?#]|$)/i.exec(text) ?? []
  return literal !== undefined && URL.canParse(`ws://[${literal}]`) ? literal : undefined
}

/**
 * Public names without a port speak TLS nowadays, and so do the ports of HTTPS; this machine, private addresses
 * and other ports mostly do not. From an https page a browser opens only what is encrypted, these aside.
 */
function assumedScheme(rest: string, page: URL | null): 'ws' | 'wss' {
  const url = URL.parse(`ws://${rest}`)
  if (url === null) return 'ws'
  const port = url.port || (URL.parse(`wss://${rest}`)?.port ?? '')
  if (port === '443' || port === '8443') return 'wss'
  if (page !== null && isMixedContent(url, page.origin)) return 'wss'
  return port === '' && isPublicName(url.hostname) ? 'wss' : 'ws'
}

function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  const isInternal = /(?:^|\.)(?:local|localhost|internal|test|lan|home|home\.arpa)$/.test(name)
  return name.includes('.') && !isAddress(name) && !isInternal
}

function finished(absolute: string, { text, page, notes }: Draft): Address {
  const socketUrl = URL.parse(absolute)
  if (socketUrl === null || socketUrl.hostname === '') return unreadable(text, absolute)
  noteRewrittenHost(absolute, socketUrl.hostname, notes)
  if (absolute.includes('#')) {
    const says = sentence`${foreign(socketUrl.hash || '#', MOST_QUOTED)} is left out: a browser throws SyntaxError for a WebSocket URL with a fragment.`
    notes.push({ id: 'fragment-ignored', says })
    socketUrl.hash = ''
  }
  const url = new URL(socketUrl)
  url.username = ''
  url.password = ''
  const hasCredentials = url.href !== socketUrl.href
  if (hasCredentials) {
    const says = sentence`The user and password are sent as Basic authentication, by Chromium only to the host of its page. No report and no list of recent URLs keeps them.`
    notes.push({ id: 'credentials-moved', says })
  }
  if (page !== null && isMixedContent(url, page.origin)) {
    const says = sentence`The page ${page.origin} came over HTTPS: a browser refuses it ws:// to this host as mixed content.`
    notes.push({ id: 'mixed-content', says })
  }
  return {
    ok: true,
    ...describeUrl(url.href, page?.origin),
    socketUrl: socketUrl.href,
    ...(hasCredentials && { credentials: `${decoded(socketUrl.username)}:${decoded(socketUrl.password)}` }),
    shown: hasCredentials ? text.replace(`${userinfoOf(absolute)}@`, '***@') : text,
    notes,
  }
}

function unreadable(text: string, absolute: string): BadAddress {
  const port = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/.exec(absolute)?.[1]
  const why = Number(port) > 65_535 ? 'The highest port is 65535.' : example
  return {
    ok: false,
    code: 'unreadable',
    says: sentence`“${foreign(text, MOST_QUOTED)}” is not a URL. ${why}`,
  }
}

/** Numbers have many spellings, and a leading zero makes one octal: 010.0.0.1 is 8.0.0.1. */
function noteRewrittenHost(absolute: string, hostname: string, notes: AddressNote[]): void {
  const authority = authorityOf(absolute)
  const typed = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  if (hostname.startsWith('[') || !isAddress(hostname) || typed === hostname) return
  notes.push({
    id: 'host-rewritten',
    says: sentence`${foreign(typed, MOST_QUOTED)} is read as ${hostname}, as browsers do.`,
  })
}

const authorityOf = (absolute: string): string => /^[a-z]+:\/\/([^/?#\\]*)/.exec(absolute)?.[1] ?? ''

function userinfoOf(absolute: string): string {
  const authority = authorityOf(absolute)
  return authority.slice(0, Math.max(0, authority.lastIndexOf('@')))
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Without the quotes or brackets it was pasted with, and the comma or semicolon behind them. */
function unquoted(text: string): string {
  const inner =
    /^(["'`])(.*)\1[,;]?$/s.exec(text)?.[2] ?? /^(?:<(.*)>|“(.*)”|‘(.*)’)$/s.exec(text)?.slice(1).join('')
  return inner?.trim() ?? text
}
