/**
 * How long somebody waits who has only Node: the package from `npm pack`, run by npx for the first time, and
 * installed; beside it the same command from the checkout. Wall clock, the best of each.
 */
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import {
  bare,
  emptyFolder,
  filesOf,
  install,
  nodes,
  npx,
  pack,
  runIn,
  runWith,
} from '#tests/parity/support/packed.ts'
import { inRoot } from '../../scripts/setup/paths.mjs'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const say = (line: string) => process.stdout.write(`${line}\n`)

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) / 1000
}

async function best(work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await seconds(work))
  return least
}

/** Until a program says a line; then it is ended. */
async function until(
  words: string,
  command: string,
  args: readonly string[],
  folder = emptyFolder('bench'),
): Promise<void> {
  const child = spawn(command, args, {
    cwd: folder,
    env: bare(emptyFolder('user'), { PORT: '0' }),
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const closed = new Promise((resolve) => child.on('close', resolve))
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.on('close', () => reject(new Error(`It ended before it said “${words}”: ${said}`)))
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes(words)) resolve()
    })
  })
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await closed
}

const tarball = await pack(emptyFolder('packed'))
const installed = await install(tarball)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const unpacked = filesOf(installed.home).reduce(
  (sum, file) => sum + statSync(path.join(installed.home, file)).size,
  0,
)
say(`packed ${megabytes(statSync(tarball).size)}, unpacked ${megabytes(unpacked)}`)

say(`${(await seconds(() => install(tarball))).toFixed(1)} s  npm install, into an empty folder`)
say(
  `${(await seconds(() => npx(tarball, 'diagnose', 'ws://127.0.0.1:9'))).toFixed(1)} s  npx <tarball> diagnose, the first time`,
)
say(
  `${(await seconds(() => until('pages are ready', 'npx', ['--yes', '--offline', `./${path.basename(tarball)}`], path.dirname(tarball)))).toFixed(1)} s  npx <tarball>, the first time, until the pages are ready`,
)
for (const line of await nodes()) {
  if ('missing' in line) continue
  const { major, node } = line
  const explain = await best(() => runWith(node, installed, 'explain', '1006'))
  const pages = await best(() => until('pages are ready', node, [installed.bin]))
  say(`${explain.toFixed(2)} s  explain 1006, Node ${major}`)
  say(`${pages.toFixed(2)} s  the dashboard until its pages are ready, Node ${major}`)
}
const checkout = (file: string) =>
  best(() =>
    runIn(inRoot('.'), process.execPath, [inRoot(file), 'explain', '1006'], { ...bare(inRoot('.')) }),
  )
say(`${(await checkout('scripts/why1006.mjs')).toFixed(2)} s  explain 1006 from the checkout, by its starter`)
say(`${(await checkout('server/cli/main.ts')).toFixed(2)} s  the same without the starter, nothing cached`)
