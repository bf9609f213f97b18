/**
 * A fix and its changes: where a text goes, and which program reads it there. The tests give each change to its
 * program, so what has one works as pasted; what has none is shown as not tried.
 */

export type Change = { where: string; text: string }
export type Fix = { summary: string; changes: Change[] }

const PROGRAMS = {
  nginx: /^nginx/,
  haproxy: /^HAProxy/,
  apache: /^Apache/,
  node: /^Node server/,
  python: /^Python/,
  browser: /^(In the page|Content-Security-Policy)/,
  shell: /^(On the (client|server|proxy’s host)|Shell)/,
  'this-server': /^This server/,
} as const

export type ChangeProgram = keyof typeof PROGRAMS

/** Undefined for what no test can run: services of a cloud, settings of a browser, frameworks that are not here. */
export function programOf({ where }: Pick<Change, 'where'>): ChangeProgram | undefined {
  const names = Object.keys(PROGRAMS) as ChangeProgram[]
  return names.find((name) => PROGRAMS[name].test(where))
}

export const isTried = (change: Pick<Change, 'where'>): boolean => programOf(change) !== undefined
