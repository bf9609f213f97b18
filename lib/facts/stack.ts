/**
 * Which programs are at work at each end of the connection, as far as the evidence shows: by what they print, by the
 * headers of an answer, by the files that were brought, by what the person calls it. Names are those of the phrasebook, of configurations, or of
 * a framework or language; the surest come first.
 */
import { headerValue } from '#lib/evidence/headers.ts'
import type { Evidence, HeaderList } from '#lib/evidence/schema.ts'
import type { ApplicationView } from '#lib/facts/application.ts'
import type { ProxyView } from '#lib/facts/proxy.ts'
import { programsByForm } from '#lib/facts/refusal-forms.ts'
import type { Target } from '#lib/facts/target.ts'
import type { ToldView } from '#lib/facts/told.ts'
import type { Told } from '#lib/facts/told-line.ts'

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
  const { browser, client, probe, stack: named } = evidence
  const isPage = browser !== undefined || target.pageOrigin !== undefined
  const above = [...idOf(application?.application.id ?? evidence.application?.protocol), ...byAddress(target)]
  return {
    client: unique([
      ...idOf(client?.program),
      ...programsOf(told.client),
      ...applicationsOf(told.client),
      ...above,
      ...(isPage ? ['browser'] : []),
      ...(named?.client ?? []),
    ]),
    server: unique([
      ...programsOf(told.server),
      // Which end refused is not said: its program may be either’s.
      ...programsOf(told.client.filter(({ means, isOfEither }) => means === 'too-big' && isOfEither)),
      ...applicationsOf([...told.server, ...told.client]),
      ...(probe?.http ? programsByForm(probe.http) : []),
      ...byHeaders(probe?.http?.headers),
      ...above,
      ...(named?.server ?? []),
    ]),
    proxy: unique([...idOf(proxy.kind), ...programsOf(told.proxy), ...(named?.proxy ?? [])]),
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

const byHeaders = (headers: HeaderList | undefined): string[] =>
  HEADERS.flatMap(({ name, value, ids }) => (value.test(headerValue(headers, name) ?? '') ? ids : []))
