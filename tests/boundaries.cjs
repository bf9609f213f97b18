/** The direction of dependency, as dependency-cruiser rules: app → components → lib ← server. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(app|components|lib|server|scripts|tests)/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    only(
      'app-composes',
      '^app/',
      ['^app/', '^components/', '^lib/'],
      'pages compose panels; they never reach into the server',
    ),
    only('components-read-lib', '^components/', ['^components/', '^lib/'], 'components know lib alone'),
    only('lib-stands-alone', '^lib/', ['^lib/'], 'lib is isomorphic and imports nothing of ours but itself'),
    only('server-reads-lib', '^server/', ['^server/', '^lib/'], 'the server knows lib, never a component'),
    {
      name: 'lib-is-isomorphic',
      comment: 'lib runs in the browser, the server and a worker: no Node, no React, no package beyond these',
      severity: 'error',
      from: { path: '^lib/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: ['node_modules/(zod|zustand)/'],
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['\\.css$'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
      conditionNames: ['import', 'node', 'default', 'style'],
    },
  },
}
