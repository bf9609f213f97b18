/** What the rules look at: the paths that are asked for, and the places that WebSockets go through. */

import {
  couldTake,
  inheritingLocations,
  looksLikeWebSocket,
  type MeantLocation,
  meantLocations,
  namedLocations,
} from '#lib/configs/nginx/meant.ts'
import { chooseServer, listensOf, namesOf } from '#lib/configs/nginx/routing/choose-server.ts'
import { effectiveAt, mayUpgrade } from '#lib/configs/nginx/routing/effective.ts'
import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import {
  type Asked,
  type HttpRequest,
  handshakeRequest,
  pageRequest,
} from '#lib/configs/nginx/routing/request.ts'
import { runRewrites } from '#lib/configs/nginx/routing/rewrite.ts'
import { type Answer, route } from '#lib/configs/nginx/routing/route.ts'
import type { Route, Site } from '#lib/configs/nginx/rule.ts'
import { hears } from '#lib/configs/nginx/syntax/listen.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import { isOpen } from '#lib/configs/nginx/syntax/placeholders.ts'
import { freshPatience, type Patience } from '#lib/configs/nginx/syntax/regex.ts'
import { children, passDirective, type Scope } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

export interface Question {
  /** With its query, if any. Without a path the locations that look meant for WebSockets are judged. */
  readonly path?: string
  /** As in the Host header. Without one, a server that has a location for the path is taken. */
  readonly host?: string
  /** 80 by default, 443 with `tls`. */
  readonly port?: number
  readonly tls?: boolean
  /** Of the page; without one the page is the host's own. */
  readonly origin?: string
  readonly nginxVersion?: string
}

export interface Subjects {
  readonly routes: readonly Route[]
  readonly sites: readonly Site[]
  /** Proxied locations beside those, which serve pages. */
  readonly pages: readonly Site[]
  /** No path was given, and none was found: this one was taken. */
  readonly guessed?: string
  /** Proxied locations that were not judged, because no path was given and nothing is said of WebSockets in them. */
  readonly left: readonly Left[]
  /** Paths that a location may take whose own path is not known yet. */
  readonly unsure: readonly Unsure[]
}

interface Unsure {
  readonly path: string
  readonly rival: Directive
}

export interface Left {
  /** A path, or the expression for one. */
  readonly path: string
  readonly site: Site
}

export const NO_SUBJECTS: Subjects = { routes: [], sites: [], pages: [], left: [], unsure: [] }

/** What is asked for where nothing in the configuration looks like a WebSocket. */
const USUAL_PATH = '/ws'
const USUAL_HOST = 'example.com'
/** Paths that are judged where none is asked for. */
const MOST_PATHS = 200

export function subjectsOf(http: Directive, question: Question): Subjects {
  const root: Scope = { block: http }
  const servers = children(http, 'server')
  const meant = servers.map((block) => meantLocations({ block, parent: root }))
  const finder = new Finder(root, servers, question)
  const secureFinder = new Finder(root, servers, { ...question, tls: true })
  const listens = (server: Directive) =>
    question.port === undefined || listensOf(server).some((listen) => hears(listen, question.port ?? 0))
  if (!servers.some(listens)) return NO_SUBJECTS
  const routes: Route[] = []
  const sites: Site[] = []
  const unsure: Unsure[] = []
  const asked = new Set<string>()
  const keyOf = (path: string, server?: Directive) => `${server ? servers.indexOf(server) : ''} ${path}`
  const ask = (path: string, server?: Directive): boolean => {
    if ((server && !listens(server)) || asked.size >= MOST_PATHS) return false
    if (asked.has(keyOf(path, server))) return false
    asked.add(keyOf(path, server))
    const plain = finder.ask(path, server)
    // Where http only sends everybody to https, or is not there for this, that is who answers.
    const leads = leadsToTls(plain.found, question)
    const isOpenToTls = server === undefined && isElsewhere(plain.found, question)
    const overTls = leads || isOpenToTls ? secureFinder.ask(path) : {}
    const isSecureAlone = isOpenToTls && overTls.site !== undefined
    const secure = leads || isSecureAlone ? overTls : {}
    const { found, site } = isSecureAlone ? {} : plain
    const rival =
      found && !found.untried && found.answer.kind !== 'proxied'
        ? (openLocation(found.server) ?? hiddenAnswer(found))
        : undefined
    if (rival) {
      unsure.push({ path, rival })
      return false
    }
    for (const each of [secure, { found, site }]) {
      if (each.found) routes.push(each.found)
      if (each.site) sites.push(each.site)
    }
    return site !== undefined || secure.site !== undefined || found?.untried !== undefined
  }
  const askAll = (locations: readonly MeantLocation[], server: Directive | undefined) => {
    for (const { name } of locations) {
      const path = samplePath(name, finder.patience)
      if (path !== undefined) ask(path, server)
    }
  }
  const explicit = [meant, servers.map((block) => inheritingLocations({ block, parent: root }))].find(
    (each) => each.some((locations) => locations.length > 0),
  )
  const proxied = servers.map((block) => namedLocations({ block, parent: root }))
  let guessed: string | undefined
  let judged: readonly (readonly MeantLocation[])[] = question.path === undefined ? (explicit ?? []) : meant
  if (question.path !== undefined) ask(question.path)
  else if (explicit) for (const [index, locations] of explicit.entries()) askAll(locations, servers[index])
  else {
    for (const [index, server] of servers.entries()) {
      const locations = proxied[index] ?? []
      if (locations.length === 0 || !listens(server)) continue
      // What answers the usual path answers for all that no location was written for.
      const kept = routes.length
      if (ask(USUAL_PATH, server)) guessed = USUAL_PATH
      else {
        routes.length = kept
        asked.delete(keyOf(USUAL_PATH, server))
        judged = [...judged, locations]
        askAll(locations, server)
      }
    }
    if (routes.length === 0 && judged.length === 0) {
      guessed = USUAL_PATH
      ask(USUAL_PATH)
    }
  }
  const seen = new Set(sites.flatMap(({ scope }) => blocksOf(scope)))
  const { patience } = finder
  const wanted = judged.flat().filter((location) => isWanted(location, question.path, patience))
  for (const { scope } of wanted.slice(0, MOST_PATHS)) {
    if (!seen.has(scope.block)) sites.push(...finder.siteAt(scope))
  }
  const places = new Set(sites.map(({ place }) => place))
  const left = proxied
    .flat()
    .filter(({ scope }) => !places.has(scope.block))
    .slice(0, MOST_PATHS)
    .flatMap(({ scope, name }) => finder.siteAt(scope).map((site) => ({ path: name.text, site })))
  return {
    routes,
    sites,
    pages: guessed === undefined ? left.map(({ site }) => site) : [],
    left: question.path === undefined ? left : [],
    unsure,
    ...(guessed !== undefined && { guessed }),
  }
}

/** A proxied location whose path a template has yet to fill in. */
const openLocation = (server: Scope): Directive | undefined =>
  namedLocations(server).find(({ scope }) => isOpen(scope.block))?.scope.block

/** Of a location in which nothing that can be read answers, an include that nobody can read. */
const hiddenAnswer = ({ answer, server }: Route): Directive | undefined =>
  answer.kind === 'other' && answer.by === answer.scope.block && answer.by !== server.block
    ? hiddenIn(answer.by)
    : undefined

const hiddenIn = (block: Directive): Directive | undefined =>
  children(block, 'include').find(({ unread }) => unread)

/** What nobody can read of a server may have a location of its own, but none before an exact one. */
function hiddenBefore({ answer, server }: Pick<Route, 'answer' | 'server'>): Directive | undefined {
  const { place } = answer
  if (answer.kind === 'proxied' || locationName(place.args)?.kind === 'exact') return undefined
  const isServers = children(server.block, answer.by.name).includes(answer.by)
  return isServers && place === server.block ? undefined : hiddenIn(server.block)
}

/** What answers over http is no backend, where nobody asked for this port or this scheme. */
const isElsewhere = (found: Route | undefined, { port, tls }: Question): boolean =>
  port === undefined && tls === undefined && found?.answer.kind === 'other'

/** A server that sends everybody to https, where nobody asked for this port or this scheme. */
const leadsToTls = (found: Route | undefined, { port, tls }: Question): boolean =>
  port === undefined &&
  tls === undefined &&
  found?.answer.kind === 'redirect' &&
  found.answer.to?.startsWith('https://') === true

/** What answers a handshake for one path, and the place that it is passed on from. */
export const askPath = (http: Directive, path: string, question: Question): { found?: Route; site?: Site } =>
  new Finder({ block: http }, children(http, 'server'), question).ask(path)

/** Beside the path that is asked for: what sets Upgrade for it, or for WebSockets of another name. */
function isWanted({ name, explicit }: MeantLocation, path: string | undefined, patience: Patience): boolean {
  if (path === undefined) return true
  return explicit && (looksLikeWebSocket(name.text) || couldTake(name, path.split('?')[0] ?? '', patience))
}

/** A location around another has its settings for the inner one. */
function blocksOf(scope: Scope): Directive[] {
  return scope.parent ? [scope.block, ...blocksOf(scope.parent)] : [scope.block]
}

/** A path that a location takes: its own name, or what an expression begins with. */
function samplePath(name: MeantLocation['name'], patience: Patience): string | undefined {
  if (name.kind === 'named') return undefined
  if (name.kind !== 'regex') return name.text.startsWith('/') ? name.text : undefined
  const literal = /^\^(\/[\w/-]*)/.exec(name.text)?.[1]
  return literal !== undefined && couldTake(name, literal, patience) ? literal : undefined
}

class Finder {
  readonly #http: Scope
  readonly #servers: readonly Directive[]
  readonly #question: Question
  /** For all that is asked: a configuration may have any number of paths too. */
  readonly patience = freshPatience(true)

  constructor(http: Scope, servers: readonly Directive[], question: Question) {
    this.#http = http
    this.#servers = servers
    this.#question = question
  }

  ask(path: string, only?: Directive): { found?: Route; site?: Site } {
    const port = this.#port(only)
    const untried = new Map<Directive, string>()
    const block = only ?? this.#server(path, port, untried)
    if (!block) return {}
    const asked = { ...this.#asked(path, block, port), untried }
    const server = { block, parent: this.#http }
    const request = handshakeRequest(asked)
    const { uri } = request
    const answer = route(server, request)
    const [first] = untried
    const site =
      answer.kind === 'proxied' && !first
        ? this.#site(answer.scope, answer.place, answer.pass, request, asked)
        : undefined
    const written = site?.effective.upgrade || first ? undefined : writtenFor(server, uri, request)
    const unless = hiddenBefore({ answer, server })
    const found: Route = {
      path,
      uri,
      handshake: request,
      server,
      answer,
      tls: asked.tls,
      servers: this.#servers,
      ...(written && written !== answer.place && { written }),
      ...(first && { untried: { by: first[0], what: first[1] } }),
      ...(unless && { unless }),
    }
    return { found, ...(site && { site }) }
  }

  /** A location as it stands, whatever would be asked for to reach it. */
  siteAt(scope: Scope): Site[] {
    const server = serverOf(scope)
    const asked = this.#asked(USUAL_PATH, server.block, this.#port(server.block))
    const request = handshakeRequest(asked)
    runRewrites(server, request)
    const inner = runRewrites(scope, request).scope
    const pass = passDirective(inner, 'proxy_pass')
    return pass ? [this.#site(inner, scope.block, pass, request, asked)] : []
  }

  #site(scope: Scope, place: Directive, pass: Directive, handshake: HttpRequest, asked: Asked): Site {
    const page = { ...pageRequest(asked), variables: handshake.variables }
    const effective = effectiveAt(scope, handshake, this.#question.nginxVersion)
    const upstream = this.#upstream(evaluate(pass.args[0] ?? '', handshake, scope))
    return { scope, place, pass, handshake, page, effective, ...(upstream && { upstream }) }
  }

  #upstream(url: string | undefined): Directive | undefined {
    const name = /^https?:\/\/([^/:]+)/.exec(url ?? '')?.[1]
    return children(this.#http.block, 'upstream').find(({ args }) => args[0] === name)
  }

  #port(server?: Directive): number {
    const { port, tls } = this.#question
    if (port !== undefined) return port
    const ports = (server ? [server] : this.#servers).flatMap(listensOf).filter(({ port: each }) => each > 0)
    const usual = tls ? 443 : 80
    return ports.some((listen) => hears(listen, usual)) ? usual : (ports[0]?.port ?? usual)
  }

  #server(path: string, port: number, untried: Map<Directive, string>): Directive | undefined {
    const { host } = this.#question
    const shared = { patience: this.patience, untried }
    const request = handshakeRequest({ path, host: host ?? USUAL_HOST, port, tls: false, ...shared })
    const chosen = chooseServer(this.#servers, request)
    if (host !== undefined || !chosen) return chosen
    const listening = this.#servers.filter((block) => listensOf(block).some((each) => hears(each, port)))
    const writtenHere = listening.find(
      (block) => writtenFor({ block, parent: this.#http }, request.uri, request) !== undefined,
    )
    if (writtenHere) return writtenHere
    // One that catches what has no other name is meant by nobody who asks for no name.
    const answers = (block: Directive) => this.#answer(path, block, port).kind
    if (answers(chosen) !== 'other') return chosen
    return listening.find((block) => answers(block) === 'proxied') ?? chosen
  }

  #answer(path: string, block: Directive, port: number): Answer {
    return route({ block, parent: this.#http }, handshakeRequest(this.#asked(path, block, port)))
  }

  #asked(path: string, server: Directive, port: number): Asked {
    const ssl = listensOf(server).some((listen) => hears(listen, port) && listen.ssl)
    const name = namesOf(server).find((each) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(each))
    const host = this.#question.host ?? name ?? USUAL_HOST
    const { origin } = this.#question
    const tls = this.#question.tls ?? (ssl || port === 443)
    return { path, host, port, tls, origin, patience: this.patience }
  }
}

function serverOf(scope: Scope): Scope {
  let level = scope
  while (level.block.name !== 'server' && level.parent) level = level.parent
  return level
}

/** An inner location is asked only where those around it take the URI. */
function outerTake({ parent }: Scope, uri: string, patience: Patience): boolean {
  if (parent?.block.name !== 'location') return true
  const name = locationName(parent.block.args)
  const takes = name?.text === '/' || (name !== undefined && couldTake(name, uri, patience))
  return takes && outerTake(parent, uri, patience)
}

/** The location that was written for WebSockets on this URI, were it asked: the most exact of them. */
function writtenFor(server: Scope, uri: string, handshake: HttpRequest): Directive | undefined {
  return namedLocations(server)
    .filter(({ scope, name }) => {
      if (!couldTake(name, uri, handshake.patience) || !outerTake(scope, uri, handshake.patience))
        return false
      if (looksLikeWebSocket(name.text)) return true
      return mayUpgrade(scope, handshake)
    })
    .sort((one, other) => other.name.text.length - one.name.text.length)[0]?.scope.block
}
