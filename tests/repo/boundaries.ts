/** The direction of dependency, as dependency-cruiser rules: app → components → lib ← server, and lib floor by floor. */
import type { ICruiseOptions, ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser'

const ours = '^(app|components|lib|server|scripts|tests)/'

const only = (name: string, from: string, allowed: string[], comment: string): IForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: ours, pathNot: allowed },
})

/** lib from the ground up. A folder imports itself and the floors below, never a neighbour of its own floor. */
export const floors: readonly (readonly string[])[] = [
  ['text', 'stats'],
  ['protocol'],
  ['evidence', 'store', 'lab'],
  ['words', 'logs', 'configs'],
  ['applications'],
  ['intake'],
  ['facts'],
  ['playbook'],
  ['diagnosis'],
  ['record', 'checklist', 'bundle'],
  ['api'],
  ['scenarios'],
]

const floorRules = floors.flatMap((folders, index) => {
  const below = floors.slice(0, index).flat()
  return folders.map((folder) => ({
    name: `floor-${index + 1}`,
    comment: `lib/${folder} imports only itself${below.length > 0 ? ` and ${below.join(', ')}` : ''}`,
    severity: 'error' as const,
    from: { path: `^lib/${folder}/` },
    to: { path: '^lib/', pathNot: [`^lib/(${[folder, ...below].join('|')})/`] },
  }))
})

/** What runs in the thread, and what runs on the command line, where nobody waits for anything else. */
const judging = [
  '^server/reports/(jobs|worker|import|card)\\.ts$',
  '^server/(cli|checklist/outside)/',
  '^server/probe/keep-watch\\.ts$',
]

export const forbidden: IForbiddenRuleType[] = [
  only(
    'app-composes',
    '^app/',
    ['^app/', '^components/', '^lib/'],
    'pages compose panels; they never reach into the server',
  ),
  only('components-read-lib', '^components/', ['^components/', '^lib/'], 'components know lib alone'),
  only('lib-stands-alone', '^lib/', ['^lib/'], 'lib imports nothing of ours but itself'),
  only('server-reads-lib', '^server/', ['^server/', '^lib/'], 'the server knows lib, never a component'),
  only(
    'instrument-stands-alone',
    '^server/instrument/',
    ['^server/instrument/', '^server/wire/', '^lib/(text|protocol|evidence)/'],
    'it runs in the servers of other people: bytes and words, nothing else of ours',
  ),
  ...floorRules,
  {
    name: 'threads-judge',
    comment:
      'the server has what came from outside read and judged in a thread: its own loop knows types alone, and of protocols what a client says',
    severity: 'error',
    from: { path: '^server/', pathNot: judging },
    to: {
      path: ['^lib/(configs|words|logs|intake|facts|playbook)/', '^lib/diagnosis/'],
      // The shapes of reports, which an API answers with.
      pathNot: ['^lib/diagnosis/(report|stored-report)\\.ts$'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'lib-is-isomorphic',
    comment: 'lib runs in the browser, the server and a worker: no Node, no React, no package but these',
    severity: 'error',
    from: { path: '^lib/' },
    to: {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
      pathNot: ['node_modules/(zod|zustand|ipaddr.js|yaml|fflate)/'],
    },
  },
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'resolvable',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: ['\\.css$', '^next/'] },
  },
]

/** The room of a file: `server/lab` of `server/lab/faults/x.ts`; undefined for files that stand above the rooms. */
function roomOf(file: string): string | undefined {
  return /^((?:lib|server|components)\/[^/]+)\//.exec(file)?.[1]
}

/**
 * Circles between the rooms of lib, of server and of components, each as the rooms that reach one another.
 * What stands above the rooms (`server/app.ts`) may read all of them and belongs to none.
 */
export function circlesBetweenRooms({ modules }: Pick<ICruiseResult, 'modules'>): string[] {
  const reads = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    const from = roomOf(source)
    if (from === undefined) continue
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved)
      if (to !== undefined && to !== from) reads.set(from, (reads.get(from) ?? new Set()).add(to))
    }
  }
  const reachable = new Map([...reads.keys()].map((room) => [room, reachedFrom(room, reads)]))
  const circles = [...reads.keys()]
    .filter((room) => reachable.get(room)?.has(room))
    .map((room) =>
      [...reads.keys()].filter((other) => reachable.get(room)?.has(other) && reachable.get(other)?.has(room)),
    )
    .map((rooms) => rooms.sort().join(' ⇄ '))
  return [...new Set(circles)].sort()
}

function reachedFrom(start: string, reads: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>()
  const waiting = [...(reads.get(start) ?? [])]
  for (let room = waiting.pop(); room !== undefined; room = waiting.pop()) {
    if (reached.has(room)) continue
    reached.add(room)
    waiting.push(...(reads.get(room) ?? []))
  }
  return reached
}

export const options: ICruiseOptions = {
  // TypeScript 7 has no compiler API yet; swc sees type-only and dynamic imports as well.
  parser: 'swc',
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
  enhancedResolveOptions: {
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'style'],
  },
}
