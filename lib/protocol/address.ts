/** From what people type to the URL that is opened, with a word on everything that was changed. */
import { type OwnEndpoint, ownEndpointOf, ownEndpoints } from '#lib/protocol/own-endpoint.ts'

export interface GoodAddress {
  readonly ok: true
  /** What `new WebSocket` gets. */
  readonly url: string
  /** Path and query on this server, host and path elsewhere. */
  readonly label: string
  readonly isOwn: boolean
  readonly endpoint: OwnEndpoint | null
  /** What was changed or will surprise, a sentence each. */
  readonly notes: readonly string[]
}

export interface BadAddress {
  readonly ok: false
  readonly code: 'empty' | 'scheme' | 'not-a-url'
  readonly says: string
}

export type Address = GoodAddress | BadAddress

/**
 * Accepts ws:// and wss:// URLs, http:// and https:// ones, `host:port/path`, `:port/path`, `/path` and this
 * server's endpoints without their slash.
 *
 * @param pageOrigin such as `http://localhost:9000`
 */
export function normaliseAddress(typed: string, pageOrigin: string): Address {
  const text = unquote(typed.trim())
  if (text === '')
    return { ok: false, code: 'empty', says: 'Type a URL, such as /ws/health or wss://example.org/ws.' }
  const page = new URL(pageOrigin)
  const { candidate, notes } = complete(text, page)

  const url = URL.parse(candidate)
  if (url === null || url.hostname === '') {
    return { ok: false, code: 'not-a-url', says: `“${shorten(text)}” is not a URL that a browser can open.` }
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') {
    const scheme = url.protocol === 'https:' ? 'wss:' : 'ws:'
    notes.push(`${url.protocol}// was read as ${scheme}//, the same port and path as a WebSocket.`)
    url.protocol = scheme
  }
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    const says = `WebSocket URLs begin with ws:// or wss://, not ${url.protocol}//.`
    return { ok: false, code: 'scheme', says }
  }
  if (url.hash !== '' || candidate.includes('#')) {
    notes.push(`A WebSocket URL has no fragment: ${shorten(url.hash || '#')} was left out.`)
    url.hash = ''
  }
  notes.push(...surprises(url, page))
  return { ok: true, ...describe(url, page), notes }
}

/** How a URL that was opened reads in a row, and whether it is this server. For URLs that do not parse: as typed. */
export function describeUrl(url: string, pageOrigin: string): Omit<GoodAddress, 'ok' | 'notes'> {
  const parsed = URL.parse(url)
  if (parsed === null) return { url, label: url, isOwn: false, endpoint: null }
  return { ...describe(parsed, new URL(pageOrigin)), url }
}

function describe(url: URL, page: URL): Omit<GoodAddress, 'ok' | 'notes'> {
  const isOwn = isSameServer(url, page)
  const path = url.pathname + url.search
  return {
    url: url.href,
    label: isOwn ? path : (url.protocol === 'wss:' ? 'wss://' : '') + url.host + (path === '/' ? '' : path),
    isOwn,
    endpoint: isOwn ? ownEndpointOf(url.pathname) : null,
  }
}

function complete(text: string, page: URL): { candidate: string; notes: string[] } {
  const pageScheme = page.protocol === 'https:' ? 'wss:' : 'ws:'
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { candidate: text, notes: [] }
  if (text.startsWith('//')) return { candidate: pageScheme + text, notes: [`${pageScheme}// as this page.`] }
  const path = text.startsWith('/') ? text : `/${text}`
  if (text.startsWith('/') || isOwnPath(path)) {
    return { candidate: `${pageScheme}//${page.host}${path}`, notes: ['A path alone means this server.'] }
  }
  const host = text.startsWith(':') ? `localhost${text}` : text
  const scheme = guessScheme(host, page)
  return { candidate: `${scheme}//${host}`, notes: [`No scheme was given: ${scheme}// was assumed.`] }
}

function isOwnPath(path: string): boolean {
  return ownEndpoints.some((endpoint) => path.split(/[?#]/, 1)[0] === endpoint)
}

// Local servers rarely speak TLS; public ones mostly do, unless a port says otherwise.
function guessScheme(host: string, page: URL): 'ws:' | 'wss:' {
  const url = URL.parse(`ws://${host}`)
  if (url === null || isLoopback(url.hostname)) return 'ws:'
  if (page.protocol === 'https:' || url.port === '443') return 'wss:'
  return url.port === '' && url.hostname.includes('.') && !isAddress(url.hostname) ? 'wss:' : 'ws:'
}

function surprises(url: URL, page: URL): string[] {
  const notes: string[] = []
  if (isMixedContent(url, page)) {
    notes.push('This page came over HTTPS: the browser refuses ws:// to other hosts as mixed content.')
  }
  if (url.username !== '' || url.password !== '') {
    notes.push('The URL carries credentials: it is not kept among the recent ones.')
  }
  return notes
}

/**
 * Whether a page's browser refuses the URL as mixed content: ws:// from an HTTPS page, loopback and private
 * addresses excepted (measured with Chromium 156).
 */
export function isMixedContent(url: URL, page: URL): boolean {
  const isExempt = isLoopback(url.hostname) || isPrivateAddress(url.hostname)
  return page.protocol === 'https:' && url.protocol === 'ws:' && !isExempt
}

/** The same host and port, or two names of loopback with the same port. */
function isSameServer(url: URL, page: URL): boolean {
  const sameHost = url.hostname === page.hostname || (isLoopback(url.hostname) && isLoopback(page.hostname))
  return sameHost && portOf(url) === portOf(page)
}

function portOf(url: URL): string {
  if (url.port !== '') return url.port
  return url.protocol === 'wss:' || url.protocol === 'https:' ? '443' : '80'
}

/** Names and literals that stay on this machine (browsers treat them as secure: W3C Secure Contexts §3.1). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\./.test(hostname)
  )
}

// RFC 1918, RFC 3927 and RFC 4193.
function isPrivateAddress(hostname: string): boolean {
  return (
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[f[cd])/.test(hostname) && isAddress(hostname)
  )
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname)
}

function unquote(text: string): string {
  const inner = /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? /^<(.*)>$/s.exec(text)?.[1]
  return inner?.trim() ?? text
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
