import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { fits } from '#lib/diagnosis/next/experiment.ts'
import { experiments } from '#lib/diagnosis/next/experiments.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { catalogue, causeOf } from '#lib/playbook/catalogue.ts'
import { reportOf, truthCases } from '#tests/unit/diagnosis/truth.ts'

const reports = truthCases.map((recorded) => ({ file: recorded.file, report: reportOf(recorded) }))
const undetermined = reports.filter(({ report }) => report.outcome === 'undetermined')

const dropped = (url: string, ageMs: number): Evidence => ({
  target: { url },
  browser: {
    events: [
      { type: 'open', ms: 40 },
      { type: 'close', ms: 40 + ageMs, code: 1006, reason: '', was_clean: false },
    ],
  },
})

describe('the experiments', () => {
  it('name causes of the catalogue alone, and each row one at least', () => {
    for (const { id, outcomes } of experiments)
      for (const outcome of outcomes) {
        if (typeof outcome.causes !== 'function')
          for (const cause of outcome.causes) assert.ok(causeOf(cause), `${id}: ${cause}`)
        assert.ok(
          catalogue.some((cause) => fits(outcome, cause)),
          `${id}: ${outcome.shows}`,
        )
      }
  })

  it('are offered for every recorded case that stays undetermined, three at most, and each tells causes apart', () => {
    assert.ok(undetermined.length > 50)
    for (const { file, report } of undetermined) {
      assert.ok(report.next.length >= 1 && report.next.length <= 3, file)
      for (const { id, outcomes } of report.next) {
        const named = outcomes.flatMap(({ causes }) => causes)
        assert.equal(new Set(named).size, named.length, `${file}: ${id}`)
        assert.ok(outcomes.length >= 2 || id === 'probe', `${file}: ${id}`)
      }
    }
  })

  it('are none where a cause is proven', () => {
    const certain = reports.filter(({ report }) => report.verdicts[0]?.certainty === 'proven')
    assert.ok(certain.length > 100)
    for (const { file, report } of certain) assert.deepEqual(report.next, [], file)
  })

  it('fetch nothing that is there already', () => {
    for (const recorded of truthCases) {
      const { file } = recorded
      const { next } = reportOf(recorded)
      const { proxy, server } = parseEvidence(recorded.evidence)
      const ids = next.map(({ id }) => id)
      if (proxy?.error_log) assert.ok(!ids.includes('proxy-error-log'), file)
      if (server) assert.ok(!ids.includes('server-log'), file)
    }
  })
})

describe('a connection that was dropped', () => {
  it('is held for longer than it lasted', () => {
    const [first] = diagnose(dropped('wss://app.example/ws', 120_000)).next
    assert.equal(first?.id, 'hold')
    assert.equal(first?.runs?.hold_seconds, 180)
    assert.match(first?.command ?? '', /diagnose wss:\/\/app\.example\/ws --hold 180$/)
  })

  it('is held for an hour at most, and for longer than the common idle timers', () => {
    assert.equal(diagnose(dropped('wss://app.example/', 86_400_000)).next[0]?.runs?.hold_seconds, 3600)
    assert.equal(diagnose(dropped('wss://app.example/', 300)).next[0]?.runs?.hold_seconds, 75)
  })
})

describe('a healthy connection', () => {
  const healthy = (heldMs: number): Evidence => ({
    target: { url: 'wss://app.example/ws' },
    browser: {
      events: [
        { type: 'open', ms: 40 },
        { type: 'still_open', ms: 40 + heldMs, ready_state: 1 },
      ],
    },
  })

  it('says for how long it was watched, and offers a longer look', () => {
    const report = diagnose(healthy(2800))
    assert.equal(report.outcome, 'healthy')
    assert.equal(report.watched_ms, 2800)
    assert.equal(report.headline, 'No failure in the 2.80 s watched')
    assert.deepEqual(
      report.next.map(({ id }) => id),
      ['hold', 'watch'],
    )
    const text = describeReport(report, { colour: false })
    assert.match(text, /^No failure in the 2\.80 s watched; --hold 75 waits for idle timers\.$/m)
  })

  it('offers none after a minute', () => {
    assert.deepEqual(diagnose(healthy(75_000)).next, [])
  })
})

it('text and Markdown have the same experiments with the same outcomes', () => {
  for (const { file, report } of undetermined) {
    const text = describeReport(report, { colour: false })
    const markdown = reportToMarkdown(report)
    for (const { do: what, outcomes } of report.next) {
      assert.ok(text.includes(what), file)
      for (const { shows } of outcomes) assert.ok(text.includes(shows) && markdown.includes(shows), file)
    }
  }
})
