/**
 * What a pasted configuration does with the handshake of one address: the door for whoever asks what holds, as
 * `lint.ts` is the one for whoever asks what is wrong. Both read, choose and evaluate by the same steps.
 */

import { decidesBy } from '#lib/configs/nginx/decides-by.ts'
import { type Finding, findingsOf, variablesIn } from '#lib/configs/nginx/findings.ts'
import type { LintResult } from '#lib/configs/nginx/lint.ts'
import { namedLocations } from '#lib/configs/nginx/meant.ts'
import { listensOf } from '#lib/configs/nginx/routing/choose-server.ts'
import type { Effective } from '#lib/configs/nginx/routing/effective.ts'
import type { Answer } from '#lib/configs/nginx/routing/route.ts'
import type { Route, Settings, Site } from '#lib/configs/nginx/rule.ts'
import { askPath, type Question, subjectsOf } from '#lib/configs/nginx/subjects.ts'
import { hears, parseListen } from '#lib/configs/nginx/syntax/listen.ts'
import { readPaste } from '#lib/configs/nginx/syntax/paste.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive, Tree } from '#lib/configs/nginx/syntax/tree.ts'
import { parseTime } from '#lib/configs/nginx/syntax/values.ts'
import { validate } from '#lib/configs/nginx/validate.ts'

export interface PathSettings {
  /** The text's own name, where directives name their file. */
  readonly main: string
  /** What `nginx -t` would say. Of a whole configuration nothing else is told: nginx never ran with it. */
  readonly refused?: NonNullable<LintResult['error']>
  /**
   * Who answers; undefined where no server is in the text, where no path was given and several may be meant, or where an
   * expression on the way could not be tried.
   */
  readonly answer?: Answer
  /** Where a `proxy_pass` answers. */
  readonly effective?: Effective
  /** An `if` on the way asks for the Origin header. */
  readonly checksOrigin: boolean
  /** Whether the port of the address speaks TLS; undefined where no line says so, or lines differ. */
  readonly tls?: { readonly isSpoken: boolean; readonly by: Directive }
  /** How long old workers live on after a reload. */
  readonly shutdownTimeout?: { readonly seconds: number; readonly by: Directive }
  /** What the linter says of this path, and of no other. */
  readonly findings: readonly Finding[]
  /** Variables that a part of a configuration uses and does not define. */
  readonly undefinedVariables: readonly Finding[]
  /** Includes whose files are not in the text. */
  readonly missing: Tree['missing']
}

/** The address as the client used it. */
export type Asked = Question & Settings

const PLACEHOLDER = /\$\{[A-Z][A-Z0-9_]*\}|\{\{|<%|(?<![?P])<[a-z-]{2,30}>/

export function settingsOfPath(text: string, asked: Asked): PathSettings {
  const tree = readPaste(text)
  const { main, missing } = tree
  const error = validate(tree, asked.nginxVersion)
  // What a template or an edited paste has in place of values, nginx never saw.
  const isEdited = tree.isPart && PLACEHOLDER.test(text)
  const refused = error && !isEdited && { message: error.message, file: error.file, line: error.line }
  const told = {
    main,
    missing,
    ...(refused && { refused }),
    undefinedVariables: variablesIn(tree),
  }
  const http = tree.directives.find(({ name }) => name === 'http')
  if (!http || (refused && !tree.isPart)) return { ...told, checksOrigin: false, findings: [] }
  const { found, site } = answerTo(http, asked)
  const scope = site?.scope ?? found?.answer.scope
  return {
    ...told,
    ...(found && !found.untried && { answer: found.answer }),
    ...(site && { effective: site.effective }),
    checksOrigin: scope !== undefined && decidesBy(scope, 'http_origin'),
    ...tlsAt(http, asked),
    ...shutdownOf(tree),
    findings: findingsOf({ routes: found ? [found] : [], sites: site ? [site] : [], pages: [] }, tree, asked),
  }
}

function answerTo(http: Directive, asked: Asked): { found?: Route; site?: Site } {
  const question = atHearingPort(http, asked)
  if (question.path !== undefined) return askPath(http, question.path, question)
  const { routes, sites, guessed } = subjectsOf(http, question)
  const [site, ...others] = sites
  if (!site || others.length > 0) return {}
  // A path was guessed: that is all the same where nothing else is proxied.
  if (guessed !== undefined && proxiedIn(http) > 1) return {}
  const found = routes.find(({ answer }) => answer.kind === 'proxied' && answer.pass === site.pass)
  return { site, ...(found && { found }) }
}

const proxiedIn = (http: Directive): number =>
  children(http, 'server').flatMap((block) => namedLocations({ block, parent: { block: http } })).length

/** Where nobody listens on the client's port, something in front of nginx maps it, and may end TLS too. */
function atHearingPort(http: Directive, { port, tls = false, ...question }: Asked): Asked {
  const servers = children(http, 'server')
  const listens = servers.flatMap(listensOf)
  if (port !== undefined && listens.some((listen) => hears(listen, port))) return { ...question, port, tls }
  const same = listens.find((listen) => listen.ssl === tls)
  if (same) return { ...question, port: same.port, tls }
  // A part without a `listen` says nothing of TLS.
  return servers.some((server) => children(server, 'listen').length > 0) ? question : { ...question, tls }
}

function tlsAt(http: Directive, { port }: Asked): Pick<PathSettings, 'tls'> {
  if (port === undefined) return {}
  const lines = children(http, 'server')
    .flatMap((server) => children(server, 'listen'))
    .flatMap((by) => {
      const listen = parseListen(by.args)
      return listen && hears(listen, port) ? { by, isSpoken: listen.ssl } : []
    })
  const [first] = lines
  return first && lines.every(({ isSpoken }) => isSpoken === first.isSpoken) ? { tls: first } : {}
}

function shutdownOf(tree: Tree): Pick<PathSettings, 'shutdownTimeout'> {
  const by = tree.directives.findLast(({ name }) => name === 'worker_shutdown_timeout')
  const seconds = by && parseTime(by.args[0] ?? '', 'ms')
  return by && seconds !== undefined ? { shutdownTimeout: { seconds, by } } : {}
}
