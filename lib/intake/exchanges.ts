/**
 * Several HTTP messages in what was brought → one handshake, and what the others tell of it. A person asks the same
 * server twice, through the proxy and past it, with an Origin and without; curl follows a redirect. The answer that
 * failed is the one that counts, and each other is the experiment that its request differs from it by.
 */
import { mergeEvidence } from '#lib/evidence/merge.ts'
import type { Evidence, HeaderList, RetryEvidence, ServerEvent } from '#lib/evidence/schema.ts'
import { evidenceOfHttp, headerOf, isHandshakeRequest } from '#lib/intake/handshake-evidence.ts'
import type { HttpText } from '#lib/intake/http-text.ts'
import { isNamed } from '#lib/protocol/host.ts'

/** What curl prints between its command and the answer is no longer, in lines. */
const BELOW_COMMAND = 8
const MOST_EXCHANGES = 50

type Request = NonNullable<HttpText['request']>
type Answered = HttpText & { response: NonNullable<HttpText['response']> }

/** `follows`: curl asked again where the answer before it sent it. */
type Exchange = Answered & { follows: boolean; without: 'origin' | undefined }

export type Exchanges = {
  /** A command, whose answer stands below it. */
  command: (asked: HttpText | undefined) => void
  /** A message or an exchange. @param line its first, counted from 1 @param above the line of text before it */
  take: (message: HttpText, line: number, above: string) => void
  /** @param isAlone that nothing else was brought which tells how it went on */
  evidence: (isAlone: boolean) => Evidence
}

export function createExchanges(): Exchanges {
  const exchanges: Exchange[] = []
  const arrived: ServerEvent[] = []
  /** By the last command, or as a message of its own. */
  let asked: { request: HttpText; end: number } | undefined
  let lastEnd = 0

  return {
    command(request) {
      asked = request && { request, end: request.end }
    },
    take(message, line, above) {
      const { request, response, end } = message
      const last = exchanges.at(-1)
      if (response === undefined) {
        if (request !== undefined && message.program === 'http' && isStripped(request)) {
          if (arrived.length < MOST_EXCHANGES) arrived.push(requestEvent(request))
          asked = undefined
        } else if (request !== undefined) asked = { request: message, end }
        lastEnd = end
        return
      }
      const isAnswerOfStripped = arrived.length > 0 && exchanges.length === 0 && line - lastEnd <= 3
      if (isAnswerOfStripped && arrived.at(-1)?.type === 'request') {
        arrived.push({ type: 'response', status: response.status })
        lastEnd = end
        return
      }
      const follows = last !== undefined && isRedirect(last) && line - lastEnd <= 2
      const own = asked !== undefined && line - asked.end <= BELOW_COMMAND ? asked.request : undefined
      const whole = { ...(follows ? redirectedFrom(last) : own), ...message, response }
      if (exchanges.length < MOST_EXCHANGES)
        exchanges.push({ ...whole, follows, without: WITHOUT_ORIGIN.test(above) ? 'origin' : undefined })
      asked = undefined
      lastEnd = end
    },
    evidence(isAlone) {
      const url = askedFor(arrived)
      const server: Evidence = arrived.length > 0 ? { ...(url && { target: { url } }), server: arrived } : {}
      const telling = exchanges.filter((each) => isHandshakeRequest(each.request))
      const main = telling.find(isRefused) ?? telling[0]
      if (main === undefined) return server
      const others = telling.filter((each) => each !== main)
      const retries = others.flatMap((each) => retryOf(main, each) ?? [])
      const handshake = evidenceOfHttp(main, isAlone && others.length === 0)
      return mergeEvidence(server, { ...handshake, ...(retries.length > 0 && { retries }) })
    },
  }
}

const isRefused = ({ response }: Exchange): boolean => response.status !== 101

const isRedirect = ({ response: { status, headers } }: Answered): boolean =>
  status >= 300 && status < 400 && headerOf(headers ?? [], 'location') !== undefined

const WITHOUT_ORIGIN = /\b(?:without|no|removing|omitting) (?:(?:the|an|any) )?["'`]?origin\b/i

/**
 * A client that sends a key asks for an upgrade over HTTP/1.1: where that is missing, something took it away on the way
 * here. HTTP/2 has none, and without any Connection somebody left out what is between two hops alone.
 */
function isStripped(request: Request): boolean {
  const isWhole = /^1?(?:\.|$)/.test(request.version) && headerOf(request.headers, 'connection') !== undefined
  if (!isWhole || headerOf(request.headers, 'sec-websocket-key') === undefined) return false
  return !isHandshakeRequest(request) || request.version === '1.0' || !isUpgrading(request.headers)
}

const isUpgrading = (headers: HeaderList): boolean =>
  /\bupgrade\b/i.test(headerOf(headers, 'connection') ?? '')

const requestEvent = ({ method, target, version, headers }: Request): ServerEvent => ({
  type: 'request',
  method,
  ...(target.startsWith('/') && { path: target }),
  ...(version !== '' && { http_version: version }),
  headers,
})

/** By the Host that arrived, where it is a public name: proxies put their own name for the backend there, which is none. */
function askedFor([first]: readonly ServerEvent[]): string | undefined {
  if (first?.type !== 'request') return undefined
  const url = URL.parse(`ws://${headerOf(first.headers ?? [], 'host') ?? ''}${first.path ?? '/'}`)
  return url !== null && isNamed(url.hostname) && url.hostname.includes('.') ? url.href : undefined
}

/** The request that curl makes of a redirect: the same, elsewhere. */
function redirectedFrom({ url, request, response }: Answered): Partial<HttpText> {
  const to = headerOf(response.headers ?? [], 'location')
  const base = url ?? addressOf(request)
  const address = URL.parse(to ?? '', base?.replace(/^ws/, 'http'))
  if (address === null) return {}
  return {
    url: address.href.replace(/^http/, 'ws'),
    ...(request && {
      request: {
        ...request,
        target: `${address.pathname}${address.search}`,
        headers: request.headers.map(([name, value]): [string, string] =>
          name.toLowerCase() === 'host' ? [name, address.host] : [name, value],
        ),
      },
    }),
  }
}

function addressOf(request: HttpText['request']): string | undefined {
  const host = request && headerOf(request.headers, 'host')
  return request === undefined || host === undefined ? undefined : `ws://${host}${request.target}`
}

/** Undefined where nobody knows by what the two differ, or where it is more than one thing. */
function retryOf(main: Exchange, other: Exchange): RetryEvidence | undefined {
  const vary = varied(main, other)
  if (vary === undefined) return undefined
  const { status, headers, body_start } = other.response
  return {
    vary,
    status,
    ...(headers && { headers }),
    ...(body_start !== undefined && { body_start }),
  }
}

function varied(main: Exchange, other: Exchange): RetryEvidence['vary'] | undefined {
  if (other.follows && other.url !== undefined && isRedirect(main)) return { location: other.url }
  if (other.without !== main.without) return other.without === 'origin' ? { origin: null } : undefined
  if (main.request === undefined || other.request === undefined) return undefined
  const [before, after] = [main.request.headers, other.request.headers]
  if (NOT_COMPARED.some((name) => headerOf(before, name) !== headerOf(after, name))) return undefined
  const changes: RetryEvidence['vary'][] = [
    ...placeOf(main, other),
    ...(headerOf(before, 'origin') === headerOf(after, 'origin')
      ? []
      : [{ origin: headerOf(after, 'origin') ?? null }]),
    ...(headerOf(before, PROTOCOL) === headerOf(after, PROTOCOL)
      ? []
      : [{ subprotocols: listOf(headerOf(after, PROTOCOL)) }]),
    ...(headerOf(before, EXTENSIONS) === headerOf(after, EXTENSIONS)
      ? []
      : [{ extensions: headerOf(after, EXTENSIONS) ?? '' }]),
  ]
  const [only, ...more] = changes
  return more.length > 0 ? undefined : (only ?? { again: true })
}

const PROTOCOL = 'sec-websocket-protocol'
const EXTENSIONS = 'sec-websocket-extensions'
/** What decides as well, and is no change of which anybody draws a conclusion. */
const NOT_COMPARED = ['authorization', 'cookie', 'sec-websocket-version']

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** Another host or port, or another path; of ws:// and wss:// at the same host only a whole address tells. */
function placeOf(main: HttpText, other: HttpText): RetryEvidence['vary'][] {
  const from = URL.parse(main.url ?? addressOf(main.request) ?? '')
  const to = URL.parse(other.url ?? addressOf(other.request) ?? '')
  if (from === null || to === null) return []
  if (from.host !== to.host) return [{ url: to.href }]
  const isBothWhole = main.url !== undefined && other.url !== undefined
  if (isBothWhole && from.protocol !== to.protocol) return [{ scheme: to.protocol.slice(0, -1) }]
  if (from.pathname !== to.pathname) return [{ path: to.pathname + to.search }]
  return from.search === to.search ? [] : [{ query: to.search.slice(1) }]
}
