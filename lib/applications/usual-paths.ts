/** Other paths at which a protocol's servers listen, for the probe to try where the one that was asked for has nothing. */
import type { Signs } from '#lib/applications/application.ts'
import type { Vary } from '#lib/evidence/retry-kinds.ts'

/** What a server answers to a path that it does not have, or has for something else. */
const MISSES: readonly (number | undefined)[] = [200, 404, 410]

/** @param paths of the servers that are most used, each a whole path */
export const atOtherPaths = ({ url, status }: Signs, paths: readonly string[]): readonly Vary[] =>
  MISSES.includes(status) ? paths.filter((path) => path !== url?.pathname).map((path) => ({ path })) : []
