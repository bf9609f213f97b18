/** How log lines leave the process: joined, in order, and without holding it up. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createOutput } from '#server/log/output.ts'

test('lines are joined, written in order, and flushed on demand', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'why1006-log-'))
  const file = join(folder, 'out')
  const descriptor = openSync(file, 'w')
  const output = createOutput(descriptor, (lines) => `${lines} dropped\n`)
  output.write('first\n')
  output.write('second\n')
  assert.equal(readFileSync(file, 'utf8'), '')
  while (readFileSync(file, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 5))
  output.write('third\n')
  await output.flush()
  assert.equal(readFileSync(file, 'utf8'), 'first\nsecond\nthird\n')
  closeSync(descriptor)
  await rm(folder, { recursive: true })
})

test('a log that cannot be written does not hold the server up', async () => {
  const descriptor = openSync('/dev/null', 'r')
  const output = createOutput(descriptor, (lines) => `${lines} dropped\n`)
  output.write('lost\n')
  await new Promise((resolve) => setTimeout(resolve, 50))
  output.write('lost as well\n')
  await output.flush()
  closeSync(descriptor)
})

test('a reader that stalls costs lines, not memory, and is told how many', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'why1006-log-'))
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  const output = createOutput(descriptor, (lines) => `${lines} dropped\n`, 512 * 1024)
  const line = `${'x'.repeat(1023)}\n`
  const count = 2000
  for (let written = 0; written < count; written += 1) output.write(line)

  let text = ''
  const buffer = Buffer.alloc(1024 * 1024)
  while (!text.endsWith('dropped\n')) {
    try {
      text += buffer.toString('latin1', 0, readSync(descriptor, buffer))
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const lines = text.slice(0, -1).split('\n')
  const dropped = Number(lines.pop()?.split(' ')[0])
  assert.ok(lines.every((each) => each.length === 1023))
  assert.equal(lines.length + dropped, count)
  assert.ok(lines.length < 700, `${lines.length} lines were kept`)
  closeSync(descriptor)
  await rm(folder, { recursive: true })
})
