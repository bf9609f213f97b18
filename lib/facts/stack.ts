/**
 * Which programs are at work at each end of the connection, as far as the evidence shows: by what they print, by the
 * headers of an answer, by the files that were brought. Names are those of the phrasebook, of configurations, or of
 * a framework or language; the surest come first.
 */
import { headerValue } from '#lib/evidence/headers.ts'
import type { Evidence, HeaderList, ProbeHttp } from '#lib/evidence/schema.ts'
import type { ApplicationView } from '#lib/facts/application.ts'
import type { ProxyView } from '#lib/facts/proxy.ts'
import type { Target } from '#lib/facts/target.ts'
import type { ToldView } from '#lib/facts/told.ts'
import type { Told } from '#lib/facts/told-line.ts'
import { isStatusName } from '#lib/words/status-words.ts'

export type Stack = {
  client: readonly string[]
  server: readonly string[]
  /** Whatever is between them, other than what the headers of an answer give away. */
  proxy: readonly string[]
}

export function readStack(
  evidence: Evidence,
  told: ToldView,
  proxy: ProxyView,
  target: Target,
  application: ApplicationView | undefined,
): Stack {
  const { browser, client, probe } = evidence
  const isPage = browser !== undefined || target.pageOrigin !== undefined
  const above = [...idOf(application?.application.id ?? evidence.application?.protocol), ...byAddress(target)]
  return {
    client: unique([
      ...idOf(client?.program),
      ...programsOf(told.client),
      ...applicationsOf(told.client),
      ...above,
      ...(isPage ? ['browser'] : []),
    ]),
    server: unique([
      ...programsOf(told.server),
      ...applicationsOf([...told.server, ...told.client]),
      ...byHeaders(probe?.http?.headers),
      ...(probe?.http ? byRefusal(probe.http) : []),
      ...above,
    ]),
    proxy: unique([...idOf(proxy.kind), ...programsOf(told.proxy)]),
  }
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

const idOf = (id: string | undefined): string[] => (id === undefined ? [] : [id.toLowerCase()])

const programsOf = (told: readonly Told[]): string[] => told.flatMap(({ program }) => program ?? [])

const applicationsOf = (told: readonly Told[]): string[] =>
  told.flatMap(({ application }) => application ?? [])

/** Action Cable's path is a habit, and the only sign of it that a refusal has. */
const byAddress = ({ requestTarget }: Target): string[] =>
  /^\/cable\/?(?:\?|$)/.test(requestTarget) ? ['rails'] : []

/** What servers and frameworks write into an answer of their own. */
const HEADERS: readonly { name: string; value: RegExp; ids: readonly string[] }[] = [
  { name: 'server', value: /^cowboy\b/i, ids: ['phoenix'] },
  { name: 'server', value: /^(?:wsgiserver)\b/i, ids: ['django', 'wsgi'] },
  { name: 'server', value: /^werkzeug\b/i, ids: ['flask', 'wsgi'] },
  { name: 'server', value: /^daphne\b/i, ids: ['django'] },
  { name: 'server', value: /^(?:uvicorn|hypercorn)\b/i, ids: ['uvicorn'] },
  // Its ASGI workers write the header of their own server.
  { name: 'server', value: /^gunicorn\b/i, ids: ['gunicorn', 'wsgi'] },
  { name: 'server', value: /^waitress\b/i, ids: ['waitress', 'wsgi'] },
  { name: 'server', value: /^(?:cherrypy|cheroot)\b/i, ids: ['cherrypy', 'wsgi'] },
  { name: 'server', value: /\bmod_wsgi\//i, ids: ['wsgi'] },
  { name: 'server', value: /^python\b.{0,40}\bwebsockets\//i, ids: ['websockets'] },
  { name: 'server', value: /^tornadoserver\b/i, ids: ['tornado'] },
  { name: 'server', value: /^python\b.*aiohttp/i, ids: ['aiohttp'] },
  { name: 'server', value: /^(?:python|basehttp|simplehttp)/i, ids: ['python'] },
  { name: 'server', value: /^(?:kestrel|microsoft-iis|microsoft-httpapi)\b/i, ids: ['dotnet'] },
  { name: 'server', value: /^jetty\b/i, ids: ['jetty'] },
  { name: 'server', value: /^(?:apache-coyote|tomcat|undertow|netty)\b/i, ids: ['java'] },
  { name: 'server', value: /^(?:puma|thin|passenger|webrick)\b/i, ids: ['rails'] },
  { name: 'x-powered-by', value: /^(?:express|next\.js)\b/i, ids: ['node'] },
  { name: 'x-powered-by', value: /^asp\.net\b/i, ids: ['dotnet'] },
  { name: 'x-powered-by', value: /^php\b/i, ids: ['php'] },
  { name: 'x-powered-by', value: /^phusion passenger\b/i, ids: ['rails'] },
]

/**
 * Refusals that one library writes in just this way, by their status line, headers and body together:
 * gorilla/websocket `Upgrader.returnError`, coder/websocket `verifyClientRequest` and `Accept`, daphne
 * `WebSocketProtocol.serverReject`, Autobahn `failHandshake` (no header at all), gunicorn `util.write_error`.
 */
function byRefusal({
  status = 0,
  status_text: phrase,
  headers = [],
  body_start: body = '',
}: ProbeHttp): string[] {
  const has = (name: string) => headerValue(headers, name) !== undefined
  // http.Error of Go's net/http.
  const isGo = headerValue(headers, 'x-content-type-options') === 'nosniff' && body.endsWith('\n')
  if (isGo && has('sec-websocket-version') && GORILLA.test(body)) return ['gorilla']
  if (isGo && (CODER.test(body) || (status === 501 && body === 'Not Implemented\n')))
    return ['coder-websocket']
  const isBare = headers.length === 0 && body === ''
  if (isBare && status === 403 && phrase === 'Access denied') return ['daphne']
  if (isBare && status === 500 && phrase === 'Internal server error') return ['daphne']
  if (isBare && phrase !== undefined && !isStatusName(phrase)) return ['autobahn']
  if (status === 500 && body.includes('<h1><p>Internal Server Error</p></h1>')) return ['gunicorn', 'wsgi']
  return []
}

const GORILLA = /^(?:Bad Request|Forbidden|Method Not Allowed|Internal Server Error)\n$/
const CODER = /^(?:WebSocket protocol violation: |unsupported WebSocket protocol version |request Origin ")/

const byHeaders = (headers: HeaderList | undefined): string[] =>
  HEADERS.flatMap(({ name, value, ids }) => (value.test(headerValue(headers, name) ?? '') ? ids : []))
