import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { readBrought } from '#lib/intake/read.ts'
import { amount } from '#tests/sampling.ts'
import { timed } from '#tests/unit/processor-time.ts'

const LINES = amount(20_000, 2000)
const MOST_MS = amount(3000, 1000)

test('lines that each look like the beginning of a configuration are read once', () => {
  for (const line of ['networks: {}', 'admin: x', '  annotations:', 'log:', 'server {', 'x {', '{']) {
    const text = `${line}\n`.repeat(LINES)
    const { tookMs } = timed(() => readAndJudge({ text }))
    assert.ok(tookMs < MOST_MS, `${line} took ${Math.round(tookMs)} ms`)
  }
})

test('documents that are nested deeper than a stack are brought together', () => {
  const deep = `{"peers":[{"x":${'['.repeat(9000)}${']'.repeat(9000)}}]}`
  const files = ['a', 'b'].map((file) => ({ file, text: deep }))
  assert.equal(readBrought(files).read.length, 2)
  assert.equal(readAndJudge({ files }).report.outcome, 'undetermined')
})

test('a configuration of YAML is found behind lines that only look like its beginning', () => {
  const compose = 'services:\n  ws:\n    image: x\n'
  const [source] = readBrought([
    { file: 'paste', text: `${'networks: {}\n'.repeat(1000)}WebSocket closed\n${compose}` },
  ]).read
  assert.deepEqual(
    source?.pieces.filter(({ kind }) => kind === 'configuration').map(({ program }) => program),
    ['compose'],
  )
})
