import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Lines } from '#lib/intake/lines.ts'

test('lines are those of the text, in whatever order they are asked for', () => {
  const text = fc
    .array(fc.constantFrom('\n', '\r\n', 'a', 'bc', '', '\n\n\n', 'x'.repeat(100)), { maxLength: 300 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, fc.array(fc.nat(400)), fc.boolean(), (given, order, hasMark) => {
      const lines = Lines.of(`${hasMark ? '\ufeff' : ''}${given}`)
      const expected = given.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
      assert.equal(lines.length, expected.length)
      for (const at of order) assert.equal(lines.at(at), expected[at] ?? '')
      assert.equal(lines.join(0, lines.length), expected.join('\n'))
      assert.equal(lines.at(-1), '')
    }),
  )
})

test('a line without its colors, and no more of it than is kept', () => {
  const lines = Lines.of(`\u001b[31mred\u001b[0m\n${'x'.repeat(70_000)}\nlast`)
  assert.deepEqual([lines.at(0), lines.at(1).length, lines.at(2)], ['red', 65_536, 'last'])
})
