import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reportSchema } from '#lib/diagnosis/report.ts'
import { objections, reportOf, truthCases } from '#tests/unit/diagnosis/truth.ts'

describe('recorded failures', () => {
  it('are all there', () => {
    assert.ok(truthCases.length >= 352)
  })

  for (const recorded of truthCases) {
    it(`judges ${recorded.file} right`, () => {
      assert.deepEqual(objections(reportOf(recorded), recorded.expect), [])
    })
  }

  it('give reports of the documented shape, in which every cause is accounted for once', () => {
    for (const recorded of truthCases) {
      const { file } = recorded
      const report = reportOf(recorded)
      assert.ok(reportSchema.safeParse(report).success, file)
      const named = [...report.verdicts, ...report.ruled_out].map(({ cause }) => cause)
      assert.equal(new Set(named).size, named.length, file)
      for (const { because, cause } of [...report.verdicts, ...report.ruled_out]) {
        assert.ok(because.length > 0, `${file}: ${cause} has no reason`)
      }
    }
  })
})

describe('from the browser alone', () => {
  it('leaves a silent loss undetermined and lists what stays open', () => {
    for (const recorded of truthCases) {
      const { view, expect, file } = recorded
      if (view !== 'browser-silent' || expect.outcome !== 'undetermined') continue
      const { outcome, verdicts, missing } = reportOf(recorded)
      assert.equal(outcome, 'undetermined', file)
      const open = new Set(verdicts.map(({ cause }) => cause))
      for (const cause of expect.causes) assert.ok(open.has(cause), `${file} forgets ${cause}`)
      assert.ok(missing.length > 0, file)
    }
  })
})
