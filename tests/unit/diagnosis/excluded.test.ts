import assert from 'node:assert/strict'
import { it } from 'node:test'
import { excludedOf } from '#lib/diagnosis/excluded.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'
import { reportOf, truthCases } from '#tests/unit/diagnosis/truth.ts'

const reports = truthCases.map((recorded) => ({ file: recorded.file, report: reportOf(recorded) }))

it('plausible causes stand by name with a reason of their own, and the rest as one number', () => {
  const told = reports.filter(({ report }) => report.ruled_out.length > 0)
  assert.ok(told.length > 20)
  let plausibleOnes = 0
  for (const { file, report } of told) {
    const { plausible, rest, because } = excludedOf(report)
    assert.equal(plausible.length + rest.length, report.ruled_out.length, file)
    assert.ok(
      plausible.every((one) => one.because.length > 0),
      file,
    )
    if (rest.length > 0) assert.ok(because, file)
    plausibleOnes += plausible.length
    const markdown = reportToMarkdown(report)
    const [, section = ''] = markdown.split('### Ruled out')
    assert.equal(section.trim().split('\n').length, plausible.length + (rest.length > 0 ? 1 : 0), file)
  }
  assert.ok(plausibleOnes > told.length / 4, `${plausibleOnes} in ${told.length}`)
})

it('a fix stands in Markdown where the page shows it: only of a cause that was found', () => {
  for (const { file, report } of reports) {
    const markdown = reportToMarkdown(report)
    assert.equal(markdown.includes('### Fix'), report.outcome === 'fault', file)
    if (report.outcome === 'undetermined')
      for (const { cause } of report.verdicts)
        assert.ok(markdown.includes(`(\`${cause}\`)`), causeOf(cause)?.title)
  }
})
