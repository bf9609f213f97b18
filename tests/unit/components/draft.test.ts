import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeDraft } from '#components/live/messages/draft.ts'

test('invalid JSON is called so, and can be sent all the same', () => {
  const judged = judgeDraft('text', '{"type":', null)
  assert.equal(judged.word, 'invalid JSON')
  assert.deepEqual(judged.payload, { opcode: 'text', text: '{"type":' })
})

test('hex becomes bytes, and what is no hex becomes nothing', () => {
  assert.deepEqual(judgeDraft('hex', 'de ad', null).payload, {
    opcode: 'binary',
    bytes: Uint8Array.of(0xde, 0xad),
  })
  assert.equal(judgeDraft('hex', 'xyz', null).payload, null)
})

test('an empty draft and a missing file cannot be sent', () => {
  assert.equal(judgeDraft('text', '  ', null).payload, null)
  assert.equal(judgeDraft('file', '', null).payload, null)
})
