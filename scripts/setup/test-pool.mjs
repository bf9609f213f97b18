import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { whenShellDies } from './child.mjs'
import { inRoot, root } from './paths.mjs'
import { say } from './say.mjs'

/**
 * Deals files out so that every group takes about as long, and neighbours, which often resemble each other in cost,
 * land in different ones.
 * @param {string[]} files
 * @param {number} size files a group on average
 * @param {Record<string, number>} [costs] by how a path ends, where a file costs more than the others, which cost 1
 * @param {string[]} [together] folders whose files share what they read: they stay in one group
 * @returns {string[][]}
 */
export function deal(files, size, costs = {}, together = []) {
  const costOf = (file) => Object.entries(costs).find(([ending]) => file.endsWith(ending))?.[1] ?? 1
  /** @type {Map<string, { files: string[], cost: number }>} */
  const items = new Map()
  for (const file of files) {
    const name = together.find((folder) => file.startsWith(folder)) ?? file
    const { files: others, cost } = items.get(name) ?? { files: [], cost: 0 }
    items.set(name, { files: [...others, file], cost: cost + costOf(file) })
  }
  const groups = Array.from({ length: Math.ceil(files.length / size) }, () => ({
    files: /** @type {string[]} */ ([]),
    cost: 0,
  }))
  for (const item of [...items.values()].sort((a, b) => b.cost - a.cost)) {
    const lightest = groups.reduce((least, group) => (group.cost < least.cost ? group : least))
    lightest.files.push(...item.files)
    lightest.cost += item.cost
  }
  return groups.map((group) => group.files)
}

/**
 * Runs the test files of some folders in groups, a process a group, several at a time: a process a file would cost
 * more than most tests do, and one for all would sit out each wait in turn. A group that passed is
 * one line; of one that failed everything is printed. A signal ends all of them.
 * @param {string} node
 * @param {string[]} suites folders of tests/
 * @param {{ flags: string[], env: NodeJS.ProcessEnv, width: number, size: number, patienceMs: number, costs?: Record<string, number>, together?: string[], isOurs?: (file: string) => boolean }} options
 *   width: processes at a time; size: files in each on average; patienceMs: how long one may take; costs, together: as `deal` takes them; isOurs: false for files of
 *   the folders that another command runs
 * @returns {Promise<number>} the exit code
 */
export async function runTestPool(
  node,
  suites,
  { flags, env, width, size, patienceMs, costs, together, isOurs = () => true },
) {
  const files = suites.flatMap(testFiles).filter(isOurs)
  if (files.length === 0) {
    say(`There is no *.test.ts in tests/${suites.join(' or tests/')}.`)
    return 1
  }
  const waiting = deal(files, size, costs, together)
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set()
  let code = 0
  const stop = (signal) => {
    code = 128 + (os.constants.signals[signal] ?? 0)
    waiting.length = 0
    for (const child of running) child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stop)
  const stopWatching = whenShellDies(() => stop('SIGTERM'))

  const worker = async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const passed = await runGroup(node, group, { flags, env, running, patienceMs })
      if (!passed && code === 0) code = 1
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  stopWatching()
  for (const signal of signals) process.off(signal, stop)
  return code
}

/** @param {string} suite */
function testFiles(suite) {
  return readdirSync(inRoot('tests', suite), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join('tests', suite, file))
    .sort()
}

function runGroup(node, group, { flags, env, running, patienceMs }) {
  return new Promise((resolve) => {
    const startedAt = performance.now()
    const args = ['--test', '--test-isolation=none', '--test-reporter=spec', ...flags, ...group]
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    // Node's own limit is for a test: it does not end a process that a test left something open in.
    let late = ''
    const impatient = setTimeout(() => {
      late = `not over after ${patienceMs / 1000} s: something is still open, or never comes\n`
      child.kill('SIGINT')
    }, patienceMs)
    const endless = setTimeout(() => child.kill('SIGKILL'), patienceMs + 10_000)
    /** @type {Buffer[]} */
    const output = []
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    const done = (passed, more = '') => {
      running.delete(child)
      clearTimeout(impatient)
      clearTimeout(endless)
      const text = Buffer.concat(output).toString()
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      if (!passed) process.stdout.write(`${text}${more}`)
      process.stdout.write(
        `${passed ? 'passed' : 'FAILED'}  ${summaryOf(text)}, ${seconds} s: ${namesOf(group)}\n`,
      )
      resolve(passed)
    }
    child.once('error', (error) => done(false, `${node} could not be started: ${error.message}\n`))
    child.once('close', (code, signal) =>
      done(code === 0 && !late, late || (signal ? `ended by ${signal}\n` : '')),
    )
  })
}

/** What Node's `spec` reporter counts at its end. */
function summaryOf(text) {
  const count = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  const skipped = count('skipped')
  return `${count('tests')} tests${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** `tests/server/sockets/flow.test.ts` as `sockets/flow`. */
const namesOf = (group) =>
  group.map((file) => file.split(path.sep).slice(2).join('/').replace('.test.ts', '')).join(' ')
