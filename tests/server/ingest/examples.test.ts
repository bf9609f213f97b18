import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exampleFile, missing, runExample } from '#tests/server/ingest/support/examples.ts'

test('the example in Node is taken', () => runExample(process.execPath, exampleFile('node.mjs')))

test('the example in Python is taken', { skip: missing('python3', '--version') }, () =>
  runExample('python3', exampleFile('python.py')),
)

test('the README shows the examples as they are', () => {
  const readme = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8')
  for (const name of ['node.mjs', 'python.py', 'main.go']) {
    assert.ok(readme.includes(readFileSync(exampleFile(name), 'utf8')), name)
  }
})
