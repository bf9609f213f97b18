/**
 * A fix and its changes: what to write, where, and which program reads it there.
 *
 * `program` and `context` are for programs (tests, pages, readers of `--json`), `where` is for people and may be
 * reworded at any time.
 */

import type { Code } from '#lib/text/code.ts'
import type { DiffLine } from '#lib/text/diff.ts'
import type { Sentence } from '#lib/text/foreign.ts'

/** Who reads a change, and what: servers, browsers, and services of a cloud. */
type SyntaxOf = {
  nginx: 'nginx'
  haproxy: 'haproxy'
  apache: 'apache'
  caddy: 'caddy'
  envoy: 'yaml'
  traefik: 'yaml'
  varnish: 'vcl'
  squid: 'squid'
  lighttpd: 'lighttpd'
  h2o: 'yaml'
  node: 'js'
  browser: 'js' | 'csp'
  python: 'python'
  go: 'go'
  java: 'java'
  dotnet: 'csharp'
  rails: 'ruby'
  phoenix: 'elixir'
  shell: 'shell'
  /** Changes the machine (installs, starts), so that no test runs it. */
  command: 'shell'
  a2enmod: 'shell'
  certbot: 'shell'
  'aws-alb': 'shell'
  'google-cloud': 'shell'
  chromium: 'setting'
  /** A program with a page of its own, such as Grafana: `of` names it. */
  application: 'setting'
  'this-server': 'env'
}

type Program = keyof SyntaxOf

/** Programs to which the tests give each change, so that it works as pasted; what is for others is shown as not tried. */
export const triedPrograms = [
  'nginx',
  'haproxy',
  'apache',
  'varnish',
  'squid',
  'lighttpd',
  'h2o',
  'node',
  'python',
  'browser',
  'shell',
  'this-server',
] as const satisfies readonly Program[]

export type TriedProgram = (typeof triedPrograms)[number]

/**
 * Where a program's configuration has blocks that differ in what they allow, the one that is meant: of nginx as its
 * documentation names them, of HAProxy a section or the line of a bind.
 */
type ContextOf = {
  nginx: 'main' | 'http' | 'server' | 'location'
  haproxy: 'global' | 'defaults' | 'frontend' | 'bind' | 'backend'
}

type ChangeFor<P extends Program> = {
  program: P
  /** In words: `nginx, location /ws`. */
  where: Sentence
  text: Code<SyntaxOf[P]>
  /** The framework or library that it is for, where `program` is only its language: `socket.io`, `django`. */
  of?: string
  /** The end that has it, where its program may be at either; else as `endOf` says. */
  at?: 'client' | 'server'
  /** One of many that it might be: worth saying only where the evidence shows its program. */
  shownOnly?: true
  /** The evidence shows its program. */
  seen?: true
  /** The same in the reader's own file, where the evidence has it. */
  diff?: DiffLine[]
} & (P extends keyof ContextOf ? { context: ContextOf[P] } : { context?: undefined })

export type Change = { [P in Program]: ChangeFor<P> }[Program]

export type Fix = {
  summary: Sentence
  changes: Change[]
  /** For programs that the evidence does not show, where it shows another at the same end. */
  others?: Change[]
}

const ENDS = {
  nginx: 'proxy',
  haproxy: 'proxy',
  apache: 'proxy',
  caddy: 'proxy',
  envoy: 'proxy',
  traefik: 'proxy',
  varnish: 'proxy',
  squid: 'proxy',
  lighttpd: 'proxy',
  h2o: 'proxy',
  'aws-alb': 'proxy',
  'google-cloud': 'proxy',
  node: 'server',
  python: 'server',
  go: 'server',
  java: 'server',
  dotnet: 'server',
  rails: 'server',
  phoenix: 'server',
  application: 'server',
  'this-server': 'server',
  browser: 'client',
  chromium: 'client',
  shell: undefined,
  command: undefined,
  a2enmod: 'proxy',
  certbot: undefined,
} satisfies Record<Program, 'client' | 'server' | 'proxy' | undefined>

/** The end of the connection that a change is for; undefined for a command that fits any. */
export const endOf = ({ program, at }: Change): 'client' | 'server' | 'proxy' | undefined =>
  at ?? ENDS[program]

/** Whether the tests never gave it to its program. False where nobody said which program it is for. */
export const isUntried = ({ program }: { program?: string | undefined }): boolean =>
  program !== undefined && !(triedPrograms as readonly string[]).includes(program)
