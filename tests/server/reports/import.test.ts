/** Whatever a file holds, it is judged or refused in words: nothing is thrown. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { importReport } from '#server/reports/import.ts'

const now = 1_796_000_000

/** Of the members that count, and of others. */
const names = [
  'created',
  'evidence',
  'report',
  'outcome',
  'verdicts',
  'target',
  'url',
  'browser',
  'events',
  'probe',
  'http',
]
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.double(),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value

test('any JSON is judged, or refused with a place or a reason, and a remedy', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 5 }), (value) => {
      const imported = importReport(value, now)
      if (imported.ok) {
        assert.ok(imported.created === undefined || (imported.created > 0 && imported.created < now + 86_400))
        assert.ok(['healthy', 'fault', 'undetermined'].includes(imported.judged.report.outcome))
      } else {
        for (const words of [imported.problem.message, imported.problem.remedy])
          assert.match(words, /^[A-Z\w].*\.$/s)
      }
    }),
    { numRuns: 200 },
  )
})

for (const [name, value] of [
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['a text', 'x'],
  ['a list', [{}]],
] as const) {
  test(`${name} is refused`, () => assert.equal(importReport(value, now).ok, false))
}

test('a clock that is ahead by hours is believed, one by days is not', () => {
  const of = (created: number) => importReport({ created, evidence: { target: { url: 'ws://a/' } } }, now).ok
  assert.deepEqual(
    [of(now + 3600), of(now + 100_000), of(0), of(Number.NaN), of(5e-324), of(0.5)],
    [true, false, false, false, false, true],
  )
})
