/**
 * A fix and its changes: what to write, where, and which program reads it there.
 *
 * `program` and `context` are for programs (tests, pages, readers of `--json`), `where` is for people and may be
 * reworded at any time.
 */

/** Programs to which the tests give each change, so that it works as pasted. */
export const triedPrograms = [
  'nginx',
  'haproxy',
  'apache',
  'node',
  'python',
  'browser',
  'shell',
  'this-server',
] as const

/** Services of a cloud, settings of a browser, and what Debian does not have: what is for them is shown as not tried. */
const untriedPrograms = [
  'a2enmod',
  'aws-alb',
  'caddy',
  'certbot',
  'chromium',
  'envoy',
  'go',
  'google-cloud',
  'phoenix',
  'rails',
] as const

export type TriedProgram = (typeof triedPrograms)[number]
type UntriedProgram = (typeof untriedPrograms)[number]

/**
 * Which program a change is for. Where that program's configuration has blocks that differ in what they allow,
 * `context` names the one: of nginx as its documentation names them, of HAProxy a section or the line of a bind.
 */
export type ChangeFor =
  | { program: 'nginx'; context: 'main' | 'server' | 'location' }
  | { program: 'haproxy'; context: 'global' | 'defaults' | 'frontend' | 'bind' }
  | { program: Exclude<TriedProgram, 'nginx' | 'haproxy'> | UntriedProgram; context?: undefined }

export type Change = ChangeFor & {
  /** In words: `nginx, location /ws`. */
  where: string
  text: string
}

export type Fix = { summary: string; changes: Change[] }

/** Whether the tests never gave it to its program. False where nobody said which program it is for. */
export const isUntried = ({ program }: { program?: string | undefined }): boolean =>
  program !== undefined && !(triedPrograms as readonly string[]).includes(program)
