/** Judges an nginx configuration for WebSockets: what a handshake meets, and what will go wrong. */
import type { Effective } from '#lib/configs/nginx/effective.ts'
import type { Rule, Settings, Severity } from '#lib/configs/nginx/rule.ts'
import pathNotProxied from '#lib/configs/nginx/rules/path-not-proxied.ts'
import { rules } from '#lib/configs/nginx/rules.ts'
import { type Question, type Subjects, subjectsOf } from '#lib/configs/nginx/subjects.ts'
import { type ConfigReader, parseTree, type Tree } from '#lib/configs/nginx/tree.ts'
import { validate } from '#lib/configs/nginx/validate.ts'
import type { Code } from '#lib/text/code.ts'
import { nginx } from '#lib/text/configurations.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly says: Sentence
  readonly fix: Code<'nginx' | 'js'>
  readonly cause: string | null
}

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
  /** What `nginx -t` would say against the configuration. Then nothing else was looked at. */
  readonly error?: { readonly message: string; readonly file: string | null; readonly line: number | null }
  /** The configuration was refused, and is a part of another: a file that nginx.conf includes. */
  readonly isPart?: boolean
  readonly judged?: Judged
  /** No path was asked for and none looks like a WebSocket's: this one was taken. */
  readonly guessed?: string
  readonly findings: readonly Finding[]
  /** Includes whose files are not there. */
  readonly missing: Tree['missing']
}

/** What stands in the files that nginx.conf includes, and in itself only within another block. */
const PARTS: ReadonlySet<string> = new Set(['server', 'upstream', 'map', 'location'])

export type LintOptions = Question & Settings

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

const NOTHING: Subjects = { routes: [], sites: [], pages: [] }

function nobodyListens(at: { file: string; line: number }, { port, tls }: LintOptions): Finding {
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
  const tree = parseTree(main, reader)
  const { missing } = tree
  const refused = validate(tree, options.nginxVersion)
  if (refused) {
    const { message, file, line } = refused
    const isPart = tree.directives.some(({ name }) => PARTS.has(name))
    return { error: { message, file, line }, isPart, findings: [], missing }
  }
  const http = tree.directives.find(({ name }) => name === 'http')
  const { routes, sites, pages, guessed } = http ? subjectsOf(http, options) : NOTHING
  if (routes.length === 0 && sites.length === 0) {
    return { findings: [nobodyListens(http ?? { file: main, line: 1 }, options)], missing }
  }
  const [first] = routes
  const judged = first &&
    !first.untried && {
      path: first.path,
      location: { file: first.answer.place.file, line: first.answer.place.line },
      ...(first.answer.kind === 'proxied' && { passesTo: first.answer.pass.args[0] ?? '' }),
      ...(first.answer.kind === 'proxied' && sites[0] && { effective: sites[0].effective }),
    }
  return {
    ...(judged && { judged }),
    ...(guessed !== undefined && { guessed }),
    findings: findingsOf({ routes, sites, pages }, options),
    missing,
  }
}

/** What the rules say of these, the worst first. */
export function findingsOf({ routes, sites, pages }: Subjects, settings: Settings): readonly Finding[] {
  const findings = new Map<string, Finding>()
  const add = (rule: Rule, found: ReturnType<NonNullable<Rule['site']>>) => {
    if (!found) return
    const { severity, at, says, fix } = found
    const key = `${rule.id} ${at.file}:${at.line}`
    if (findings.has(key)) return
    findings.set(key, { rule: rule.id, severity, file: at.file, line: at.line, says, fix, cause: rule.cause })
  }
  for (const rule of rules) {
    for (const each of routes) {
      if (each.untried === undefined || rule.uncertain) add(rule, rule.route?.(each, settings))
    }
    for (const each of sites) add(rule, rule.site?.(each, settings))
    if (rule.everywhere) for (const each of pages) add(rule, rule.site?.(each, settings))
  }
  return [...findings.values()].sort((one, other) => ORDER[one.severity] - ORDER[other.severity])
}
