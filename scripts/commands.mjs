import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as module from 'node:module'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstrument } from './pack/instrument.mjs'
import { ensurePackage } from './pack/package.mjs'
import { ensureBrowser } from './setup/browser.mjs'
import { ensureBuilt } from './setup/build.mjs'
import { runInForeground, whenShellDies } from './setup/child.mjs'
import { inRoot } from './setup/paths.mjs'
import { Refusal, say } from './setup/say.mjs'
import { runTestPool } from './setup/test-pool.mjs'

/**
 * @typedef {{ node: string, args: string[] }} Context the Node that runs the product; what stood behind the command
 * @typedef {(context: Context) => Promise<number>} Command resolves with the exit code
 */

const tool = (file) => inRoot('node_modules', file)

// What Node has compiled and stripped of types once is not done again: half a second of each start, and of each test file.
const compileCache = { NODE_COMPILE_CACHE: inRoot('.cache/compiled') }

/** Children find `node` and the tools of node_modules first. */
function environment(node, extra = {}) {
  const searchPath = [path.dirname(node), tool('.bin'), process.env.PATH].join(path.delimiter)
  return { ...process.env, PATH: searchPath, NEXT_TELEMETRY_DISABLED: '1', ...compileCache, ...extra }
}

/**
 * For logs of any size: what is kept of them fits, and without a bound garbage would be let grow to as much again. The
 * process stays below 200 MB, where the C library does not keep what a thread gave back in a pool of each thread.
 */
const smallHeap = ['--max-old-space-size=192', '--max-semi-space-size=2']
const onePool = { MALLOC_ARENA_MAX: '1' }

/** @type {(node: string, args: string[], extra?: NodeJS.ProcessEnv, cwd?: string) => Promise<number>} */
const runNode = (node, args, extra, cwd) =>
  runInForeground(node, args, { env: environment(node, extra), ...(cwd && { cwd }) })

/** As `runNode`, in this process: a second one takes as long to start as most commands to answer. */
async function runHere(program, args, folder) {
  process.chdir(folder)
  Object.assign(process.env, environment(process.execPath))
  module.enableCompileCache(compileCache.NODE_COMPILE_CACHE)
  process.argv = [process.execPath, program, ...args]
  const stopWatching = whenShellDies(() => process.kill(process.pid, 'SIGTERM'))
  try {
    await import(pathToFileURL(program).href)
  } finally {
    stopWatching()
  }
  return process.exitCode ?? 0
}

/** Runs suites in order, all of them even when one fails, and ends with one line for each. */
async function runSuites(context, names) {
  const results = []
  for (const name of names) {
    say(`\n── ${name}`)
    const startedAt = performance.now()
    const code = await commands[name]({ ...context, args: [] })
    results.push({ name, code, seconds: (performance.now() - startedAt) / 1000 })
    if (code > 128) break // a signal: the person wants to stop, not the next suite
  }
  say('')
  for (const { name, code, seconds } of results) {
    say(`${code === 0 ? 'passed' : 'FAILED'}  ${name}  ${seconds.toFixed(1)} s`)
  }
  return results.find(({ code }) => code !== 0)?.code ?? 0
}

/** Longer than any test file takes on a busy machine: one that hangs fails, and the suite goes on. */
const patienceMs = 10 * 60_000

const timeout = `--test-timeout=${patienceMs}`

/** Tests that set up programs of this machine: a process a file. @type {(suite: string) => Command} */
const nodeTests =
  (suite) =>
  ({ node, args }) => {
    const files = args.length > 0 ? args : [`tests/${suite}/**/*.test.ts`]
    const concurrency = Math.max(2, availableParallelism())
    return runNode(node, ['--test', `--test-concurrency=${concurrency}`, timeout, ...files])
  }

const pooled = [`--import=${pathToFileURL(inRoot('tests/repo/property-seed.mjs'))}`, timeout]

/**
 * Tests that share processes; `processes` at a time for each core, since those that wait leave it to others.
 * @type {(suites: string[], options: { processes: number, size: number, costs?: Record<string, number>, together?: string[], env?: NodeJS.ProcessEnv, isOurs?: (file: string) => boolean }) => Command}
 */
const pooledTests =
  (suites, { processes, size, costs, together, env, isOurs }) =>
  ({ node, args }) =>
    args.length > 0
      ? runNode(node, ['--test', '--test-isolation=none', ...pooled, ...args], env)
      : runTestPool(node, suites, {
          flags: pooled,
          env: environment(node, env),
          width: processes * availableParallelism(),
          size,
          patienceMs: 2 * patienceMs,
          costs,
          together,
          isOurs,
        })

/** Its tests read every file of the product: once. */
const sources = 'tests/repo/sources/'

/** How many times as long as most others they take. */
const unitTestCosts = {
  'expressions/expressions.test.ts': 45,
  'prose/prose.test.ts': 25,
  'field/field.test.ts': 17,
  'hostile/generated.test.ts': 12,
  'nginx/both-doors.test.ts': 11,
  'field/together.test.ts': 11,
  'diagnosis/invariance.test.ts': 9,
  'diagnosis/properties.test.ts': 9,
  'logs/keep.test.ts': 9,
  'scenarios/scenario-run.test.ts': 8,
  'words/phrasebook.test.ts': 8,
  'intake/hostile.test.ts': 7,
  'playbook/fixtures.test.ts': 7,
  'logs/connections.test.ts': 6,
  'logs/scanner.test.ts': 6,
  'intake/mishandled-logs.test.ts': 5,
  'pattern/evil.test.ts': 5,
  'store/feed.test.ts': 5,
  'diagnosis/composed.test.ts': 5,
  'evidence/mask.test.ts': 4,
  'diagnosis/foreign-lines.test.ts': 4,
  'words/needles.test.ts': 4,
}

/** As `unitTestCosts`. */
const wholeTestCosts = {
  'hostile/generated.test.ts': 100,
  'hostile-more/growth-intake.test.ts': 100,
  'expressions/expressions.test.ts': 90,
  'field/together.test.ts': 80,
  'hostile-more/growth-documents.test.ts': 60,
  'hostile-more/growth-configurations.test.ts': 60,
}

/** As `unitTestCosts`. */
const serverTestCosts = {
  'watch/watches.test.ts': 9,
  'reports/threads.test.ts': 8,
  'cli/logs.test.ts': 7,
  'reports/api.test.ts': 7,
  'server/process.test.ts': 6,
  'server/keeping.test.ts': 6,
  'sockets/flow.test.ts': 6,
  'http/told.test.ts': 6,
  'cli/watch.test.ts': 6,
  'checklist/checklist.test.ts': 6,
  'probe/retries.test.ts': 5,
  'answers/applications.test.ts': 5,
  'journal/redis.test.ts': 5,
  'http/diagnose-hostile.test.ts': 5,
  'probe/tls.test.ts': 4,
  'answers/page.test.ts': 4,
  'cli/logs-to.test.ts': 4,
  'cli/bundle.test.ts': 4,
  'reports/file.test.ts': 3,
  'answers/socket-io.test.ts': 3,
  'answers/handlers.test.ts': 3,
  'lab/flows.test.ts': 3,
  'journal/stream.test.ts': 3,
  'journal/file.test.ts': 3,
  'instrument/instrument.test.ts': 3,
  'http/contracts.test.ts': 3,
  'database/database.test.ts': 3,
  'bundle/bundle.test.ts': 3,
  'access/links.test.ts': 3,
  'cli/logs-parts.test.ts': 2,
}

/** Those of `npm test` that leave something out, as tests/sampling.ts has it. */
const isSampled = (file) => readFileSync(inRoot(file), 'utf8').includes("'#tests/sampling.ts'")

/** @type {(flags: string[]) => Command} */
const browserTests =
  (flags) =>
  async ({ node, args }) => {
    await ensureBuilt(node)
    const chromium = await ensureBrowser()
    const config = inRoot('tests/e2e/playwright.config.ts')
    return runNode(
      node,
      [tool('playwright/cli.js'), 'test', '--config', config, ...(args.length > 0 ? args : flags)],
      {
        CHROMIUM_PATH: chromium,
      },
    )
  }

/** With the types and the lint, because an import that breaks a rule is found as they are. */
const boundaries = 'tests/repo/boundaries.test.ts'

/** @type {Command} */
async function check({ node }) {
  const parts = [
    ['format and lint', [tool('@biomejs/biome/bin/biome'), 'check', '.']],
    ['types of the pages', [tool('next/dist/bin/next'), 'typegen']],
    ['types', [tool('typescript/bin/tsc'), '--noEmit']],
    ['boundaries', ['--test', '--test-reporter=dot', boundaries]],
  ]
  for (const [what, args] of parts) {
    const code = await runNode(node, args)
    if (code !== 0) {
      say(`check: ${what} failed`)
      return code
    }
  }
  return 0
}

/** @type {Command} */
async function bench({ node, args }) {
  const known = readdirSync(inRoot('tests/bench'))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('_'))
    .map((file) => path.basename(file, '.ts'))
  const names = args.length > 0 ? args : known
  for (const name of names) {
    if (!known.includes(name))
      throw new Refusal(`There is no benchmark ${name}. There are: ${known.join(', ')}`, 2)
    const code = await runNode(node, [inRoot('tests/bench', `${name}.ts`)], { NODE_ENV: 'production' })
    if (code !== 0) return code
  }
  return 0
}

/** @type {Record<string, Command>} */
export const commands = {
  start: async ({ node, args }) => {
    await ensureBuilt(node)
    return runNode(node, [inRoot('server/main.ts'), '--keep', ...args], { NODE_ENV: 'production' })
  },
  dev: ({ node, args }) =>
    runNode(node, [inRoot('server/main.ts'), '--dev', ...args], { NODE_ENV: 'development' }),
  // File names among the arguments are relative to where the person stands, not to the project.
  why1006: async ({ node, args }) => {
    // The pages and .env are the project's, wherever the person stands.
    const isServe = args[0] === 'serve'
    if (isServe && !args.some((arg) => ['--no-pages', '--help', '-h'].includes(arg))) await ensureBuilt(node)
    const folder = isServe ? undefined : (process.env.INIT_CWD ?? process.cwd())
    const flags = args[0] === 'logs' ? smallHeap : []
    const program = inRoot('server/cli/main.ts')
    const needsProcess = node !== process.execPath || isServe || flags.length > 0
    const env = flags.length > 0 ? onePool : {}
    if (needsProcess) return runNode(node, [...flags, program, ...args], env, folder)
    return runHere(program, args, folder)
  },
  'build:instrument': async ({ node }) => {
    await ensureInstrument(node)
    return 0
  },
  'build:package': async ({ node }) => {
    await ensurePackage(node)
    return 0
  },
  check,
  format: ({ node }) => runNode(node, [tool('@biomejs/biome/bin/biome'), 'check', '--write', '.']),
  bench,
  soak: ({ node, args }) =>
    runNode(node, [inRoot('tests/soak/soak.ts'), ...args], { NODE_ENV: 'production' }),
  'test:unit': pooledTests(['unit', 'field', 'repo', 'hostile'], {
    processes: 1,
    size: 120,
    costs: unitTestCosts,
    together: [sources],
    isOurs: (file) => file !== boundaries,
  }),
  'test:whole': pooledTests(['unit', 'field', 'repo', 'hostile', 'hostile-more', 'server'], {
    processes: 1,
    size: 1,
    costs: wholeTestCosts,
    together: [sources],
    env: { TESTS: 'whole' },
    isOurs: (file) => file.startsWith('tests/hostile-more/') || isSampled(file),
  }),
  'test:server': pooledTests(['server'], { processes: 3, size: 19, costs: serverTestCosts }),
  'test:parity': nodeTests('parity/quick'),
  'test:parity-more': nodeTests('parity/more'),
  'test:e2e': browserTests(['--grep-invert', '@more|@bench']),
  'test:e2e-more': browserTests(['--grep', '@more']),
  'bench:live': browserTests(['--grep', '@bench', '--workers', '1']),
  test: (context) =>
    runSuites(context, suitesThatExist(['check', 'test:unit', 'test:server', 'test:parity', 'test:e2e'])),
  'test:more': (context) =>
    runSuites(context, suitesThatExist(['test:whole', 'test:parity-more', 'test:e2e-more'])),
}

/** @param {string[]} names */
function suitesThatExist(names) {
  const folders = { 'test:parity': 'tests/parity/quick', 'test:parity-more': 'tests/parity/more' }
  return names.filter((name) => !folders[name] || existsSync(inRoot(folders[name])))
}
