/** The way of a request through a server: rewrites, locations, `try_files`, `error_page`, until something answers it. */
import { chooseLocation, namedLocation } from '#lib/configs/nginx/routing/choose-location.ts'
import { evaluate } from '#lib/configs/nginx/routing/evaluate.ts'
import type { HttpRequest } from '#lib/configs/nginx/routing/request.ts'
import { runRewrites } from '#lib/configs/nginx/routing/rewrite.ts'
import { locationName } from '#lib/configs/nginx/syntax/location-name.ts'
import {
  children,
  inherited,
  inheritedList,
  passDirective,
  placeOf,
  type Scope,
} from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'

interface Reached {
  /** Where the settings of the answer stand: a location, an `if` in it, or the server. */
  readonly scope: Scope
  /** The location that answers, or the server where none was searched. */
  readonly place: Directive
}

export type Answer = Reached &
  (
    | { readonly kind: 'proxied'; readonly pass: Directive }
    | {
        readonly kind: 'redirect'
        readonly by: Directive
        readonly status: number
        readonly to?: string | undefined
      }
    /** Answered without `proxy_pass`; `what` ends the sentence "The request is …". The status where nginx gives it itself. */
    | { readonly kind: 'other'; readonly by: Directive; readonly what: string; readonly status?: number }
  )

/** nginx gives up after as many changes of the URI. */
const MOST_TURNS = 10

interface Turn {
  readonly server: Scope
  readonly request: HttpRequest
  /** `rewrite`, `error_page` and `try_files` reach locations that are `internal`. */
  readonly internal: boolean
  /** An `error_page` was followed already; without `recursive_error_pages` the next is not. */
  readonly afterError: boolean
  readonly turns: number
  /** The location that the request was in before it was handed over. */
  readonly left?: Directive
  /** The last of `try_files`, where it is named like a file, and so is one that is there: an application's page. */
  readonly page?: string
  /** It asks for a permission, and for no other. */
  readonly isSubrequest?: true
  /** The status that an `error_page` on the way gives to whatever answers, and which line does so. */
  readonly forced?: { readonly by: Directive; readonly status: number }
}

export const route = (server: Scope, request: HttpRequest): Answer =>
  start({ server, request, internal: false, afterError: false, turns: 0 })

function start(turn: Turn): Answer {
  const { server, request } = turn
  const { answer, searchAgain } = runRewrites(server, request)
  if (!answer) return find(searchAgain ? { ...turn, internal: true } : turn)
  const answered = finish(answer, server, turn)
  // A rewrite is about a path: what the reader looks for is the location that the path would have had.
  if (answer.by.name !== 'rewrite') return answered
  return { ...answered, place: placeOf(chooseLocation(server, request).scope) }
}

function find(turn: Turn): Answer {
  const { server, request, internal, turns } = turn
  const { scope, addsSlash } = chooseLocation(server, request)
  if (turns >= MOST_TURNS)
    return refused(scope, scope.block, 'rewritten in a circle and answered with 500', 500)
  if (addsSlash) {
    const to = `${request.uri}/`
    return { kind: 'redirect', by: scope.block, status: 301, to, scope, place: scope.block }
  }
  if (!internal && inherited(scope, 'internal')) return fail(404, scope, scope.block, turn)
  return locate(scope, turn)
}

function locate(scope: Scope, turn: Turn): Answer {
  if (scope.block.name === 'server') {
    // The server's own rewrites have run already, and whoever asks where a request went wants the location that it left.
    const answer = content(scope, turn)
    const lost = answer.kind === 'other' && answer.place === scope.block
    return lost && turn.left ? { ...answer, place: turn.left } : answer
  }
  const { answer, searchAgain, scope: inner } = runRewrites(scope, turn.request)
  if (answer) return finish(answer, inner, turn)
  if (searchAgain) return find({ ...turn, internal: true, turns: turn.turns + 1, left: scope.block })
  return content(inner, turn)
}

function finish(
  { by, status, to }: { by: Directive; status: number; to?: string | undefined },
  scope: Scope,
  turn: Turn,
): Answer {
  if ([301, 302, 303, 307, 308].includes(status)) {
    return { kind: 'redirect', by, status, to, scope, place: placeOf(scope) }
  }
  if (status === 444) return refused(scope, by, 'closed without an answer (444)')
  return to === undefined
    ? fail(status, scope, by, turn)
    : refused(scope, by, `answered with ${status}`, status)
}

const refused = (scope: Scope, by: Directive, what: string, status?: number): Answer => ({
  kind: 'other',
  by,
  what,
  ...(status !== undefined && { status }),
  scope,
  place: placeOf(scope),
})

/** An error status, or where `error_page` leads from it. */
function fail(status: number, scope: Scope, by: Directive, turn: Turn): Answer {
  const page = turn.afterError
    ? undefined
    : inheritedList(scope, 'error_page').find(({ args }) => args.slice(0, -1).includes(String(status)))
  const target = page?.args.at(-1)
  if (!page || target === undefined) return refused(scope, by, `answered with ${status}`, status)
  const { forced: _, ...rest } = turn
  const forced = statusOf(page) ?? status
  const next: Turn = {
    ...rest,
    internal: true,
    afterError: true,
    turns: turn.turns + 1,
    ...(forced > 0 && { forced: { by: page, status: forced } }),
  }
  if (/^https?:/.test(target)) {
    return { kind: 'redirect', by: page, status: 302, to: target, scope, place: placeOf(scope) }
  }
  return handOver(target, scope, page, next)
}

/** `=200` of an `error_page`; 0 where it is `=` alone, and the page's own status counts. */
function statusOf({ args }: Directive): number | undefined {
  const given = args.slice(1, -1).find((arg) => arg.startsWith('='))
  return given === undefined ? undefined : Number(given.slice(1))
}

/** To a named location, or to a URI inside. */
function handOver(target: string, scope: Scope, by: Directive, turn: Turn): Answer {
  if (turn.turns >= MOST_TURNS) {
    return refused(scope, by, 'handed over in a circle and answered with 500', 500)
  }
  if (target.startsWith('@')) {
    const name = evaluate(target, turn.request, scope) ?? target
    const named = namedLocation(turn.server, name)
    return named
      ? locate(named, turn)
      : refused(scope, by, `answered with 500: there is no location ${name}`, 500)
  }
  const value = evaluate(target, turn.request, scope) ?? target.replace(/\$\{?\w+\}?/g, '')
  turn.request.uri = value.split('?')[0] ?? ''
  const left = scope.block.name === 'server' ? turn.left : placeOf(scope)
  return start({ ...turn, internal: true, turns: turn.turns + 1, ...(left && { left }) })
}

function content(scope: Scope, turn: Turn): Answer {
  const denied = denies(scope) ?? deniesMethod(scope)
  if (denied) return fail(403, scope, denied, turn)
  const forbidden = asksInVain(scope, turn)
  if (forbidden) return forbidden
  const tryFiles = children(scope.block, 'try_files')[0]
  if (tryFiles) {
    const tried = tryInTurn(tryFiles, scope, turn)
    if (tried) return tried
  }
  const pass = passDirective(scope, 'proxy_pass')
  if (pass && turn.forced) {
    const { by, status } = turn.forced
    const what = `passed to the backend, and its answer gets the status ${status} of ${by.args.join(' ')}`
    return refused(scope, by, what, status)
  }
  if (pass) return { kind: 'proxied', pass, scope, place: placeOf(scope) }
  for (const name of ['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass']) {
    const other = passDirective(scope, name)
    if (other)
      return refused(scope, other, `passed to ${other.args[0] ?? ''} by ${name}, which is no WebSocket`)
  }
  const { uri } = turn.request
  if (uri === '/' || (uri.endsWith('/') && isOwnFolder(uri, scope, turn.request)))
    return refused(scope, scope.block, 'answered from files')
  if (uri === turn.page) return refused(scope, scope.block, `answered from files, with ${uri}`)
  // No file, and no other folder, has the name of a WebSocket's path.
  const missing = fail(404, scope, scope.block, turn)
  return missing.kind === 'other'
    ? { ...missing, what: 'answered from files, or with 404 where there is none' }
    : missing
}

function tryInTurn(tryFiles: Directive, scope: Scope, turn: Turn): Answer | undefined {
  const files = tryFiles.args.slice(0, -1)
  const last = tryFiles.args.at(-1) ?? ''
  const folder = files.find((file) => {
    return file.endsWith('/') && /^\/*$/.test(evaluate(file, turn.request, scope) ?? file)
  })
  if (folder !== undefined) return undefined
  if (files.some((file) => isOwnFolder(file, scope, turn.request))) {
    return refused(scope, tryFiles, 'answered from files, in whose folder try_files finds it')
  }
  if (turn.page !== undefined && files.some((file) => evaluate(file, turn.request, scope) === turn.page)) {
    return refused(scope, tryFiles, `answered from files, with ${turn.page}`)
  }
  if (last.startsWith('=')) return fail(Number(last.slice(1)), scope, tryFiles, turn)
  const page = evaluate(last, turn.request, scope)
  return handOver(last, scope, tryFiles, {
    ...turn,
    turns: turn.turns + 1,
    ...(page !== undefined && /\.\w+$/.test(page) && { page }),
  })
}

const withoutSlash = (path: string): string => path.replace(/(?<!\/)\/+$/, '')

/** `$uri/` of a location with an `alias`: the folder that the alias names, which is there. */
function isOwnFolder(file: string, scope: Scope, request: HttpRequest): boolean {
  const name = locationName(scope.block.args)
  if (!file.endsWith('/') || name?.kind === 'regex' || children(scope.block, 'alias').length === 0)
    return false
  const asked = evaluate(file, request, scope)
  return name !== undefined && asked !== undefined && withoutSlash(asked) === withoutSlash(name.text)
}

/** `limit_except` without GET among its methods, with a `deny all` in it. */
function deniesMethod(scope: Scope): Directive | undefined {
  const place = scope.block.name === 'if' ? scope.parent : scope
  const [limit] = place ? children(place.block, 'limit_except') : []
  if (!place || !limit || limit.args.some((method) => method.toUpperCase() === 'GET')) return undefined
  return denies({ block: limit, parent: place })
}

/** An `auth_request` that says no whoever asks: 401 and 403 are passed on, what is no 2xx becomes 500. */
function asksInVain(scope: Scope, turn: Turn): Answer | undefined {
  const by = inherited(scope, 'auth_request')
  const uri = by && by.args[0] !== 'off' ? evaluate(by.args[0] ?? '', turn.request, scope) : undefined
  if (!by || uri === undefined || turn.isSubrequest || inherited(scope, 'satisfy')?.args[0] === 'any')
    return undefined
  const [path = '', args = ''] = uri.split('?')
  const request = { ...turn.request, uri: path, args, variables: new Map(turn.request.variables) }
  const asked = find({ ...turn, request, internal: true, isSubrequest: true, turns: turn.turns + 1 })
  if (asked.kind === 'proxied') return undefined
  const { status } = asked
  if (status === undefined || (status >= 200 && status < 300)) return undefined
  return fail(status === 401 || status === 403 ? status : 500, scope, by, turn)
}

/** `deny all` without anybody allowed before it. With an `allow`, who asks decides, and is taken to be allowed. */
function denies(scope: Scope): Directive | undefined {
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    const rules = (level.block.block ?? []).filter(({ name }) => name === 'allow' || name === 'deny')
    const [first] = rules
    // With `satisfy any` a password does as well.
    if (inherited(scope, 'satisfy')?.args[0] === 'any') return undefined
    if (first) return first.name === 'deny' && first.args[0] === 'all' ? first : undefined
  }
  return undefined
}
