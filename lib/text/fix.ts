/**
 * A fix and its changes: what to write, where, and which program reads it there.
 *
 * `program` and `context` are for programs (tests, pages, readers of `--json`), `where` is for people and may be
 * reworded at any time.
 */

import type { Code } from '#lib/text/code.ts'
import type { Sentence } from '#lib/text/foreign.ts'

/** Who reads a change, and what: servers, browsers, and services of a cloud. */
type SyntaxOf = {
  nginx: 'nginx'
  haproxy: 'haproxy'
  apache: 'apache'
  caddy: 'caddy'
  envoy: 'yaml'
  node: 'js'
  browser: 'js' | 'csp'
  python: 'python'
  go: 'go'
  rails: 'ruby'
  phoenix: 'elixir'
  shell: 'shell'
  a2enmod: 'shell'
  certbot: 'shell'
  'aws-alb': 'shell'
  'google-cloud': 'shell'
  chromium: 'setting'
  'this-server': 'env'
}

type Program = keyof SyntaxOf

/** Programs to which the tests give each change, so that it works as pasted; what is for others is shown as not tried. */
export const triedPrograms = [
  'nginx',
  'haproxy',
  'apache',
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
  nginx: 'main' | 'server' | 'location'
  haproxy: 'global' | 'defaults' | 'frontend' | 'bind'
}

type ChangeFor<P extends Program> = {
  program: P
  /** In words: `nginx, location /ws`. */
  where: Sentence
  text: Code<SyntaxOf[P]>
} & (P extends keyof ContextOf ? { context: ContextOf[P] } : { context?: undefined })

export type Change = { [P in Program]: ChangeFor<P> }[Program]

export type Fix = { summary: Sentence; changes: Change[] }

/** Whether the tests never gave it to its program. False where nobody said which program it is for. */
export const isUntried = ({ program }: { program?: string | undefined }): boolean =>
  program !== undefined && !(triedPrograms as readonly string[]).includes(program)
