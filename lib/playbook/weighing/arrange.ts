/**
 * A fix for the programs that are at work here: those that the evidence shows come first, and where an end's program
 * is known, what is for others is left out. What belongs to no program (a command, a page of settings) stays.
 */
import { linesInto } from '#lib/configs/nginx/edits/lines-into.ts'
import type { Facts } from '#lib/facts/facts.ts'
import type { Stack } from '#lib/facts/stack.ts'
import { hopsOf } from '#lib/playbook/intermediaries/hops.ts'
import { type Change, endOf, type Fix } from '#lib/text/fix.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'
import type { Side } from '#lib/words/meaning.ts'

export function arranged(fix: Fix, facts: Facts): Fix {
  const known = knownPrograms(facts)
  const isEmpty = Object.keys(facts.evidence).length === 0
  const kept = isEmpty ? fix.changes : ofStack(fix.changes, known)
  const changes = kept.map((change) => {
    const diff = change.diff ?? diffOf(change, facts)
    return { ...change, ...(isKnown(change, known) && { seen: true as const }), ...(diff && { diff }) }
  })
  const others = fix.changes.filter((change) => !kept.includes(change) && change.program !== 'this-server')
  return {
    summary: withStandIns(fix.summary, changes),
    changes,
    ...(others.length > 0 && { others }),
  }
}

/** A change of a location, in the location that answers the path in question. */
function diffOf({ program, context, text }: Change, { evidence, settings }: Facts) {
  const config = evidence.proxy?.config
  const line = /^proxy\.config:(\d+)$/.exec(settings.passing?.from.place ?? '')?.[1]
  if (program !== 'nginx' || context !== 'location' || config === undefined || line === undefined)
    return undefined
  return linesInto(config, text, Number(line))
}

type Known = Record<Side, readonly string[]>

/** Names of changes, for every program that the evidence shows at each end. */
export function knownPrograms({ stack, probe }: Pick<Facts, 'stack' | 'probe'>): Known {
  const passed = hopsOf(probe?.evidence.http?.headers ?? []).map(({ id }) => id)
  const of = (side: keyof Stack, more: readonly string[] = []) => [
    ...new Set([...stack[side], ...more].flatMap((id) => [id, ...(FAMILIES[id] ?? [])])),
  ]
  return { client: of('client'), server: of('server'), proxy: of('proxy', passed) }
}

/** What a program is one of, as changes name it. A program that stands for itself needs no line. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  chromium: ['browser'],
  firefox: ['browser'],
  safari: ['browser'],
  ws: ['node'],
  undici: ['node'],
  websocket: ['node'],
  express: ['node'],
  'http-proxy-middleware': ['node'],
  'socket.io': ['node'],
  'engine.io': ['socket.io', 'node'],
  'socket-io': ['socket.io', 'node', 'browser'],
  'websocket-node': ['node'],
  wscat: ['node'],
  sockjs: ['node', 'browser'],
  stomp: ['browser', 'node'],
  mqtt: ['browser', 'node'],
  'reconnecting-websocket': ['browser', 'node'],
  'phoenix-js': ['browser'],
  'graphql-ws': ['node'],
  'subscriptions-transport-ws': ['graphql-ws', 'node'],
  graphql: ['graphql-ws', 'node'],
  vite: ['node'],
  next: ['node'],
  webpack: ['node'],
  'webpack-dev-server': ['webpack', 'angular', 'node'],
  'python-websockets': ['websockets', 'python'],
  'websocket-client': ['python'],
  aiohttp: ['python'],
  websockets: ['python'],
  waitress: ['wsgi', 'python'],
  cherrypy: ['wsgi', 'python'],
  tornado: ['python'],
  jupyter: ['tornado', 'python'],
  autobahn: ['python'],
  'python-engineio': ['python'],
  uvicorn: ['asgi', 'python'],
  starlette: ['asgi', 'python'],
  django: ['asgi', 'python'],
  daphne: ['django', 'asgi', 'python'],
  channels: ['django', 'asgi', 'python'],
  flask: ['python'],
  gunicorn: ['python'],
  wsgi: ['python'],
  gorilla: ['go'],
  'gorilla-websocket': ['go'],
  'coder-websocket': ['go'],
  'go-websocket': ['go'],
  'x-net-websocket': ['go'],
  fasthttp: ['go'],
  jetty: ['java'],
  tomcat: ['jsr356', 'java'],
  tyrus: ['jsr356', 'java'],
  'jsr-356': ['jsr356', 'java'],
  'java-net-http': ['java'],
  spring: ['java'],
  okhttp: ['java'],
  netty: ['java'],
  'java-websocket': ['java'],
  kestrel: ['dotnet'],
  aspnetcore: ['dotnet'],
  'dotnet-websocket': ['dotnet'],
  iis: ['dotnet'],
  signalr: ['dotnet'],
  puma: ['rails'],
  actioncable: ['rails'],
  pusher: ['php', 'browser'],
  cowboy: ['phoenix'],
  openresty: ['nginx'],
  'ingress-nginx': ['nginx'],
  httpd: ['apache'],
  apache2: ['apache'],
  alb: ['aws-alb'],
  istio: ['envoy'],
}

function ofStack(changes: readonly Change[], known: Known): Change[] {
  const placeOf = (change: Change): number => {
    const end = endOf(change)
    if (end === undefined) return 0
    const place = known[end].indexOf(change.of ?? change.program)
    if (place >= 0) return place
    // Where nothing of this end is known, every program may be the one; one of ours only where it shows.
    const isOneOfMany = change.shownOnly || change.program === 'this-server'
    return known[end].length === 0 && !isOneOfMany ? Number.MAX_SAFE_INTEGER : -1
  }
  const kept = changes.map((change) => ({ change, place: placeOf(change) })).filter(({ place }) => place >= 0)
  // What is for a framework makes what is for its language alone needless.
  const framed = new Set(
    kept
      .filter(({ change }) => change.of !== undefined && isKnown(change, known))
      .map(({ change }) => endOf(change)),
  )
  return kept
    .filter(({ change }) => change.of !== undefined || !framed.has(endOf(change)))
    .sort((a, b) => a.place - b.place)
    .map(({ change }) => change)
}

function isKnown(change: Change, known: Known): boolean {
  const end = endOf(change)
  return end !== undefined && known[end].includes(change.of ?? change.program)
}

const STAND_IN = /\bYOUR_[A-Z]+(?:_[A-Z]+)*/g
const MOST_NAMED = 4

/** A value that the evidence does not hold is the reader's to put in, and the fix says so. */
function withStandIns(summary: Fix['summary'], changes: readonly Change[]): Fix['summary'] {
  const names = [...new Set(changes.flatMap(({ text }) => text.match(STAND_IN) ?? []))].slice(0, MOST_NAMED)
  if (names.length === 0) return summary
  return sentences(summary, sentence`Put your own values in place of ${names.join(', ')}.`)
}
