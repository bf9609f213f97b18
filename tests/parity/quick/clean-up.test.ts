/** Nothing is left behind: neither by a run that crashes, nor by one that ends. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findProxy } from '#tests/parity/support/packages.ts'
import { onStage } from '#tests/parity/support/stage.ts'

const nginx = await findProxy('nginx')
const skip = 'missing' in nginx && nginx.missing
const SITE = 'location / { return 204; }'

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; isAlive(pid) && tries < 200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  assert.equal(isAlive(pid), false)
}

test('a proxy ends with the run that crashes, and the next run removes its directory', { skip }, async () => {
  const crash = fileURLToPath(new URL('../support/crash.ts', import.meta.url))
  const run = spawn(process.execPath, [crash], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(run.stdout, 'data')
  const { pid, directory } = JSON.parse(String(line))
  assert.deepEqual([isAlive(pid), existsSync(directory)], [true, true])
  run.kill('SIGKILL')
  await once(run, 'exit')
  await untilGone(pid)
  // A process sweeps once, before its first proxy: this one, now.
  await onStage((stage) => stage.nginx(SITE))
  assert.equal(existsSync(directory), false)
})

test('a proxy and its directory end with their set-up', { skip }, async () => {
  const { program, directory } = await onStage((stage) => stage.nginx(SITE))
  assert.deepEqual([isAlive(program.pid), existsSync(directory)], [false, false])
})
