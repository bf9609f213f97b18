import assert from 'node:assert/strict'
import { test } from 'node:test'
import { glimpse } from '#lib/intake/glimpse.ts'

const says = (text: string, isCut = false) =>
  glimpse([{ file: 'paste', text, isCut }]).map(({ pieces }) => pieces.map(({ kind }) => kind))

test('what is typed is recognized piece by piece', () => {
  const refusal =
    "WebSocket connection to 'wss://a.test/' failed: Error during WebSocket handshake: Unexpected response code: 403"
  assert.deepEqual(says('wss://a.test/ws'), [['url']])
  assert.deepEqual(says(`${refusal}\n\nserver {\n  listen 80;\n}`), [['console', 'configuration']])
  assert.deepEqual(says('hello'), [['noise']])
  assert.deepEqual(says(''), [[]])
})

test('the beginning of a document is told for what it will be, and the others are read beside it', () => {
  assert.deepEqual(says('{"log":{"version":"1.2","entries":[{"request":', true), [['har']])
  assert.deepEqual(says('{"target":{"url":"wss://a', true), [['evidence']])
  const read = glimpse([
    { file: 'a.har', text: '{"log": {"entries": [', isCut: true },
    { file: 'paste', text: 'wss://a.test/ws', isCut: false },
  ])
  assert.deepEqual(
    read.map(({ file, pieces }) => [file, pieces[0]?.kind]),
    [
      ['a.har', 'har'],
      ['paste', 'url'],
    ],
  )
})
