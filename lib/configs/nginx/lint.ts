/** Judges an nginx configuration for WebSockets: what a handshake meets, and what will go wrong. */
import { definedIn, flatten } from '#lib/configs/nginx/checks/afterwards.ts'
import {
  aboutVariables,
  bySeverity,
  type Finding,
  findingOf,
  hintsOf,
  type Unfixed,
  unfixedOf,
  variablesIn,
  withDiffs,
} from '#lib/configs/nginx/findings.ts'
import type { Effective } from '#lib/configs/nginx/routing/effective.ts'
import { describeHidden, describePlace, type Settings } from '#lib/configs/nginx/rule.ts'
import pathNotProxied from '#lib/configs/nginx/rules/path-not-proxied.ts'
import readTimeoutShort from '#lib/configs/nginx/rules/read-timeout-short.ts'
import { judgeStream, lookedAtStream, streamsAsked } from '#lib/configs/nginx/stream-findings.ts'
import { streamsOf } from '#lib/configs/nginx/streams.ts'
import { NO_SUBJECTS, type Question, type Subjects, subjectsOf } from '#lib/configs/nginx/subjects.ts'
import { impliedIn, readFile } from '#lib/configs/nginx/syntax/paste.ts'
import { placeholdersIn } from '#lib/configs/nginx/syntax/placeholders.ts'
import type { ConfigReader, Directive, Tree } from '#lib/configs/nginx/syntax/tree.ts'
import { undefinedVariables } from '#lib/configs/nginx/undefined-variables.ts'
import { validate } from '#lib/configs/nginx/validate.ts'
import { nginx } from '#lib/text/configurations.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

/** What holds for the first path that was judged. */
export interface Judged {
  readonly path: string
  /** The location that answers, or the server where none was searched. */
  readonly location: { readonly file: string; readonly line: number }
  /** The `proxy_pass` as written; undefined where the handshake is not proxied. */
  readonly passesTo?: string
  readonly effective?: Effective
}

export interface LintResult {
  /** What `nginx -t` would say against the configuration. Then no path was looked at. */
  readonly error?: { readonly message: string; readonly file: string | null; readonly line: number | null }
  /** Names of the blocks around it that nobody wrote, the outermost first; `main` where it is `http {}` alone. */
  readonly impliedBlocks: readonly string[]
  /** Values that a template has yet to fill in: what depends on them is left open. */
  readonly placeholders: readonly At[]
  readonly judged?: Judged
  /** Every path or port that was judged, in the order in which it was. */
  readonly looked: readonly Looked[]
  /** What could answer a WebSocket and was not judged. */
  readonly left: readonly (At & { readonly because: Sentence })[]
  /** No path was asked for and none looks like a WebSocket's: this one was taken. */
  readonly guessed?: string
  readonly findings: readonly Finding[]
  /** Includes whose files are not there. */
  readonly missing: Tree['missing']
}

interface At {
  /** As written: a path, an expression, a port, a placeholder. */
  readonly text: string
  readonly file: string
  readonly line: number
}

export interface Looked extends At {
  readonly proxied: boolean
}

export interface LintOptions extends Question, Settings {
  /** The text was cut out of another: it may begin and end in the middle of a block. */
  readonly isCut?: boolean
  readonly withFixedFiles?: boolean
}

/** More of them say no more. */
const MOST_PLACEHOLDERS = 50

function nobodyListens(at: { file: string; line: number }, { port, tls }: LintOptions): Unfixed {
  const wanted = port ?? (tls ? 443 : 80)
  return {
    rule: pathNotProxied.id,
    severity: 'error',
    file: at.file,
    line: at.line,
    says: sentence`No server listens on port ${wanted}: a handshake is refused before HTTP begins.`,
    fix: nginx`server {\n    listen ${wanted};\n}`,
    cause: 'connection-refused',
  }
}

/** Never throws on account of what it reads. */
export function lint(main: string, reader: ConfigReader, options: LintOptions = {}): LintResult {
  const tree = readFile(main, reader, options.isCut === true)
  const told = {
    missing: tree.missing,
    impliedBlocks: impliedIn(tree),
    placeholders: placeholdersOf(tree.directives),
    looked: [],
    left: [],
  }
  const refused = validate(tree, options.nginxVersion)
  if (refused) {
    const { message, file, line } = refused
    return {
      ...told,
      placeholders: [],
      error: { message, file, line },
      findings: isOfVariable(message) ? variablesIn(tree) : [],
    }
  }
  const http = tree.directives.find(({ name }) => name === 'http')
  const streams = streamsAsked(streamsOf(tree.directives), http, options)
  const subjects = http ? subjectsOf(http, streams.behind ?? options) : NO_SUBJECTS
  const { routes, sites, guessed, left, unsure } = subjects
  const findings: Unfixed[] = [
    ...(tree.isPart ? undefinedVariables(tree).map(aboutVariables) : []),
    ...unfixedOf(subjects, options),
    ...streams.asked.flatMap((stream) => judgeStream(stream, options)).map(aboutStreams),
    ...left.flatMap(({ site }) => hintsOf(site, options)),
  ]
  const nothingAsked = routes.length === 0 && sites.length === 0 && streams.asked.length === 0
  if (nothingAsked && unsure.length === 0 && !(tree.isPart && left.length > 0))
    findings.push(nobodyListens(http ?? { file: main, line: 1 }, options))
  const [first] = routes
  const judged = first &&
    !first.untried && {
      path: first.path,
      location: { file: first.answer.place.file, line: first.answer.place.line },
      ...(first.answer.kind === 'proxied' && { passesTo: first.answer.pass.args[0] ?? '' }),
      ...(first.answer.kind === 'proxied' && sites[0] && { effective: sites[0].effective }),
    }
  return {
    ...told,
    ...(judged && { judged }),
    ...(guessed !== undefined && { guessed }),
    findings: withDiffs(bySeverity(findings), tree, options),
    looked: [...lookedAt(subjects), ...streams.asked.map(lookedAtStream)],
    left: [
      ...left.map(({ path, site: { place } }) => ({ ...at(path, place), because: NOTHING_OF_WEBSOCKETS })),
      ...unsure.map(({ path, rival }) => ({
        ...at(path, rival),
        because:
          rival.name === 'include'
            ? sentence`${describeHidden(rival)} may pass it on`
            : sentence`${describePlace(rival)} may take it, once it is filled in`,
      })),
      ...streams.left.map((stream) => ({ ...lookedAtStream(stream), because: ANY_BYTES })),
    ],
  }
}

const isOfVariable = (message: string): boolean => /^unknown ".*" variable$/.test(message)

const aboutStreams = findingOf(readTimeoutShort.id, readTimeoutShort.cause)

const NOTHING_OF_WEBSOCKETS = sentence`nothing in it is of WebSockets; --path with a path in it judges it`
const ANY_BYTES = sentence`stream {} passes any bytes on; --port judges it`

const at = (text: string, { file, line }: Pick<Directive, 'file' | 'line'>): At => ({ text, file, line })

/** Each text once, where it stands first. A variable that the configuration defines is none, however it is spelled. */
function placeholdersOf(directives: readonly Directive[]): At[] {
  const all = directives.flatMap((directive) => [directive, ...flatten(directive)])
  const defined = definedIn(all)
  const found = new Map<string, At>()
  for (const directive of all) {
    for (const text of placeholdersIn(directive)) {
      const isStatement = text.startsWith('{%')
      const isDefined = defined.has(text.replace(/[${}]/g, '').toLowerCase())
      if (!isStatement && !isDefined && !found.has(text)) found.set(text, at(text, directive))
    }
  }
  return [...found.values()].slice(0, MOST_PLACEHOLDERS)
}

/** Routes first, then places that were looked at for their own sake. */
function lookedAt({ routes: all, sites }: Subjects): Looked[] {
  const routes = all.filter(({ untried }) => untried === undefined)
  const asked = routes.map(({ path, answer }) => ({
    ...at(path, answer.place),
    proxied: answer.kind === 'proxied',
  }))
  const places = new Set(routes.map(({ answer }) => answer.place))
  const others = sites.filter(({ place }) => !places.has(place))
  return [...asked, ...others.map(({ place }) => ({ ...at(place.args.join(' '), place), proxied: true }))]
}
