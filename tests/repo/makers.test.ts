/** The types of code and of sentences are worth what it takes to make one: outside of lib/text nothing does. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const root = path.resolve(import.meta.dirname, '../..')

const sources = ['app', 'components', 'lib', 'server'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.join(folder, file)),
)

test('no cast makes code or a sentence of a plain string', () => {
  assert.ok(sources.length > 500)
  const makers = sources.filter((file) =>
    /\bas (Code|Sentence|Change|Fix|Because)\b/.test(readFileSync(path.join(root, file), 'utf8')),
  )
  assert.deepEqual(
    makers.filter((file) => !file.startsWith(path.join('lib', 'text'))),
    [],
  )
})

test('no route writes JSON itself, which would leave raw what steers a terminal', () => {
  const writers = sources.filter((file) =>
    /\bcontext\.(json|text|html)\(/.test(readFileSync(path.join(root, file), 'utf8')),
  )
  assert.deepEqual(writers, [])
})
