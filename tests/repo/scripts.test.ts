import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { runQuietly } from '../../scripts/setup/child.mjs'
import { withLock } from '../../scripts/setup/lock.mjs'
import { inRoot } from '../../scripts/setup/paths.mjs'
import { digestOf, isStamped, stamp } from '../../scripts/setup/stamp.mjs'
import { deal } from '../../scripts/setup/test-pool.mjs'

const poolModule = new URL('../../scripts/setup/test-pool.mjs', import.meta.url)
const lockModule = new URL('../../scripts/setup/lock.mjs', import.meta.url)
const childModule = new URL('../../scripts/setup/child.mjs', import.meta.url)

/** Runs `runInForeground` in a process of its own, as a command of the house does. */
function foreground(program: string): ChildProcess {
  const script = `
    import { runInForeground } from ${JSON.stringify(childModule.href)}
    process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(program)}])`
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function leaveLock(name: string, owner: string): void {
  const folder = inRoot('.cache', `${name}.lock`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/pid`, owner)
}

test('the exit code of a command is the exit code of the door', async () => {
  const [code] = await once(foreground('process.exit(7)'), 'close')
  assert.equal(code, 7)
})

test('SIGTERM to the door reaches the command, whose own exit code comes back', async () => {
  const door = foreground(
    "process.on('SIGTERM', () => process.exit(42)); setInterval(() => {}, 1e6); console.log('ready')",
  )
  await once(door.stdout ?? assert.fail('no stdout'), 'data')
  door.kill('SIGTERM')
  const [code] = await once(door, 'close')
  assert.equal(code, 42)
})

test('a command whose shell npm has ended is ended too', { skip: process.platform === 'win32' }, async () => {
  const program =
    "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1e6); console.log(process.pid)"
  const script = `
    import { runInForeground } from ${JSON.stringify(childModule.href)}
    await runInForeground(process.execPath, ['-e', ${JSON.stringify(program)}])`
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$SCRIPT"; true'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start', NODE: process.execPath, SCRIPT: script },
  })
  const output = shell.stdout ?? assert.fail('no stdout')
  await once(output, 'data')
  shell.kill('SIGTERM')
  // Everybody who could write has gone: the shell, the door and the command.
  await once(output, 'close')
})

test('a command that a signal ended is reported as shells do', async () => {
  const [code] = await once(foreground("process.kill(process.pid, 'SIGKILL')"), 'close')
  assert.equal(code, 128 + 9)
})

const isLinux = process.platform === 'linux'

test('a full disk is said before all that a program prints of it', { skip: !isLinux }, async () => {
  const program =
    "console.error('at something deep\\n'.repeat(50)); require('fs').writeFileSync('/dev/full', 'x')"
  const failed = await runQuietly(process.execPath, ['-e', program]).catch((error: Error) => error.message)
  assert.match(String(failed), /^No space left on device\. [\s\S]*at something deep[\s\S]*ENOSPC/)
  const other = await runQuietly(process.execPath, ['-e', 'process.exit(3)']).catch(
    (error: Error) => error.message,
  )
  assert.match(String(other), /ended with exit code 3/)
  assert.doesNotMatch(String(other), /space/)
})

test('two that need the same lock run one after the other', async () => {
  const order: string[] = []
  const turn = (name: string) =>
    withLock('test turns', async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(`${name} ends`)
    })
  await Promise.all([turn('a'), turn('b')])
  assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends'])
})

test('the lock of a process that is gone is taken over', async () => {
  const gone = spawn(process.execPath, ['-e', ''])
  await once(gone, 'close')
  leaveLock('test wreck', `${gone.pid} unknown`)
  assert.equal(await withLock('test wreck', async () => 'taken'), 'taken')
})

test('the lock of a process that is gone is taken over where its pid lives again', {
  skip: process.platform === 'win32',
}, async () => {
  leaveLock('test reborn', `${process.ppid} another beginning`)
  assert.equal(await withLock('test reborn', async () => 'taken'), 'taken')
})

test('a lock that names nobody who began is taken over', async () => {
  leaveLock('test nobody', '1')
  assert.equal(await withLock('test nobody', async () => 'taken', { lookMs: 1 }), 'taken')
})

test('the lock of a process at work is left to it until it ends, however it ends', async () => {
  const script = `
    import { withLock } from ${JSON.stringify(lockModule.href)}
    await withLock('test at work', () => { console.log('held'); return new Promise((resolve) => setTimeout(resolve, 1e6)) })`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await Promise.race([
    once(holder.stdout, 'data'),
    once(holder, 'close').then(() => assert.fail('it ended before it held the lock')),
  ])
  let isTaken = false
  const taking = withLock(
    'test at work',
    async () => {
      isTaken = true
    },
    { lookMs: 1 },
  )
  // Ten looks at an owner nobody knows would have been enough.
  for (let look = 0; look < 30; look += 1) await sleep(1)
  assert.equal(isTaken, false)
  holder.kill('SIGKILL')
  await taking
  assert.equal(isTaken, true)
})

test('a digest follows contents and names, not times', () => {
  const place = '.cache/test-digest'
  const write = (file: string, text: string) => {
    mkdirSync(inRoot(place), { recursive: true })
    writeFileSync(inRoot(place, file), text)
  }
  try {
    write('a', 'one')
    const first = digestOf([place])
    write('a', 'one')
    assert.equal(digestOf([place]), first)
    write('a', 'two')
    const second = digestOf([place])
    assert.notEqual(second, first)
    rmSync(inRoot(place, 'a'))
    write('b', 'two')
    assert.notEqual(digestOf([place]), second)
  } finally {
    rmSync(inRoot(place), { recursive: true, force: true })
  }
})

test('a stamp holds for its digest and no other', () => {
  const file = '.cache/test-stamp'
  try {
    stamp(file, 'now')
    assert.equal(isStamped(file, 'now'), true)
    assert.equal(isStamped(file, 'later'), false)
    assert.equal(isStamped('.cache/never-written', 'now'), false)
  } finally {
    rmSync(inRoot(file), { force: true })
  }
})

test('the door names the commands when it is given none it knows', async () => {
  const door = spawn(process.execPath, [
    fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url)),
    'nonsense',
  ])
  let told = ''
  door.stderr.on('data', (chunk) => {
    told += chunk
  })
  const [code] = await once(door, 'close')
  assert.equal(code, 2)
  assert.match(told, /start\|dev\|.*test/)
})

test('files are dealt out whole, neighbours and costly ones to different groups', () => {
  assert.deepEqual(deal(['a', 'b', 'c', 'd', 'e'], 2), [['a', 'd'], ['b', 'e'], ['c']])
  assert.deepEqual(deal(['a', 'b', 'c', 'x/d'], 2, { '/d': 3 }), [['x/d'], ['a', 'b', 'c']])
  assert.deepEqual(deal(['a', 'b', 'x/c', 'x/d'], 2, { '/c': 2 }, ['x/']), [
    ['x/c', 'x/d'],
    ['a', 'b'],
  ])
  assert.deepEqual(deal([], 4), [])
})

/** Runs the tests of a folder in a pool, in a process of its own; the folder is gone afterwards. */
async function pooled(folder: string, more: string): Promise<{ code: number; output: string }> {
  const script = `
    import { runTestPool } from ${JSON.stringify(poolModule.href)}
    const options = { flags: [], env: process.env, width: 2, size: 1, ${more} }
    const suite = ${JSON.stringify(path.relative(inRoot('tests'), folder))}
    process.exitCode = await runTestPool(process.execPath, [suite], options)`
  // Node tells tests within tests apart by this variable, and prints nothing for people there.
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env
  const pool = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  pool.stdout.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(pool, 'close')
  rmSync(folder, { recursive: true })
  return { code, output }
}

test('a pool is as good as its worst file: all of that one is printed, one line of the others', async () => {
  mkdirSync(inRoot('.cache'), { recursive: true })
  const folder = mkdtempSync(inRoot('.cache', 'pool-'))
  const passing = "import { test } from 'node:test'\ntest('fine', () => {})\n"
  writeFileSync(path.join(folder, 'a.test.ts'), passing)
  writeFileSync(path.join(folder, 'b.test.ts'), passing.replace('{}', "{ throw new Error('planted') }"))
  const { code, output } = await pooled(folder, 'patienceMs: 60_000')
  assert.equal(code, 1)
  assert.match(output, /^passed {2}1 tests, [\d.]+ s: /m)
  assert.match(output, /planted[\s\S]*^FAILED {2}1 tests, /m)
})

test('a group that never ends is ended, and has failed', async () => {
  mkdirSync(inRoot('.cache'), { recursive: true })
  const folder = mkdtempSync(inRoot('.cache', 'pool-'))
  writeFileSync(
    path.join(folder, 'a.test.ts'),
    "import { test } from 'node:test'\ntest('fine', () => {})\nsetInterval(() => {}, 1e6)\n",
  )
  const { code, output } = await pooled(folder, 'patienceMs: 1500')
  assert.equal(code, 1)
  assert.match(output, /^not over after 1\.5 s: [\s\S]*^FAILED {2}1 tests/m)
})

test('the README of scripts names every script, and nothing that is gone', () => {
  const folder = new URL('../../scripts/', import.meta.url)
  const scripts = ['.', 'pack', 'setup']
    .flatMap((below) => readdirSync(new URL(`${below}/`, folder)).map((file) => path.posix.join(below, file)))
    .filter((file) => file.endsWith('.mjs'))
  const rows = readFileSync(new URL('README.md', folder), 'utf8').matchAll(/^\| `([^`]+\.mjs)`/gm)
  assert.deepEqual([...rows].map(([, file]) => file).toSorted(), scripts.toSorted())
})
