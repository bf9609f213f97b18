import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blobOf, SLICE, withAttached } from '#components/diagnose/ask/attachments.ts'

test('a long text becomes bytes slice by slice, and the page has its turn after each', async () => {
  // A pair of surrogates stands across the end of each slice.
  const text = `x${'😀'.repeat(SLICE)}`
  let pauses = 0
  const blob = await blobOf(text, async () => {
    pauses++
  })
  assert.ok((await blob.text()) === text)
  assert.equal(pauses, Math.ceil(text.length / (SLICE - 1)))
  assert.equal((await blobOf('')).size, 0)
})

test('files of one name are told apart, and beyond twenty they are named as left out', () => {
  const file = (name: string) => ({ name, content: new Blob(['x']) })
  const first = withAttached([], [file('a.log'), file('a.log')])
  assert.deepEqual(
    first.attachments.map((each) => each.file),
    ['a.log', 'a.log (2)'],
  )
  assert.equal(first.leftOut, null)
  const many = withAttached(
    first.attachments,
    Array.from({ length: 20 }, (_, at) => file(`${at}.txt`)),
  )
  assert.equal(many.attachments.length, 20)
  assert.match(many.leftOut ?? '', /^Not added: 18\.txt, 19\.txt\./)
})
