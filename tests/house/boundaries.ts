/** The direction of dependency, as dependency-cruiser rules: app → components → lib ← server. */
import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser'

const ours = '^(app|components|lib|server|scripts|tests)/'

const only = (name: string, from: string, allowed: string[], comment: string): IForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: ours, pathNot: allowed },
})

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
  {
    name: 'lib-is-isomorphic',
    comment: 'lib runs in the browser, the server and a worker: no Node, no React, no package but these',
    severity: 'error',
    from: { path: '^lib/' },
    to: {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
      pathNot: ['node_modules/(zod|zustand)/'],
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
