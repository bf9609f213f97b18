import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { describeReport } from '#lib/diagnosis/text.ts'
import { type Evidence, EvidenceError, parseEvidence } from '#lib/evidence/schema.ts'
import { anyText } from '#tests/any-text.ts'
import { amount, runs } from '#tests/sampling.ts'
import { truthCases } from '#tests/unit/diagnosis/truth.ts'
import { timed } from '#tests/unit/processor-time.ts'

const anyCase = fc.constantFrom(...truthCases)

/** Members of the evidence and of its observers, as paths. */
function members(evidence: Evidence): string[][] {
  return Object.entries(evidence).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [[name], ...Object.keys(value).map((part) => [name, part])]
      : [[name]],
  )
}

function without(evidence: Evidence, paths: readonly string[][]): Evidence {
  const copy = structuredClone(evidence) as Record<string, unknown>
  for (const [name = '', part] of paths) {
    const observer = copy[name]
    if (part === undefined) delete copy[name]
    else if (typeof observer === 'object' && observer !== null)
      delete (observer as Record<string, unknown>)[part]
  }
  return copy as Evidence
}

/** Only the backend sees that it gave up; to the page the socket is open. */
const INVISIBLE = ['direct-halfopen-server-pings', 'direct-huge-length']

describe('whatever is missing', () => {
  it('never makes a wrong proof, and never a broken connection healthy', () => {
    const dropping = anyCase.chain((recorded) =>
      fc.record({
        recorded: fc.constant(recorded),
        dropped: fc.subarray(members(recorded.evidence), { maxLength: 4 }),
      }),
    )
    fc.assert(
      fc.property(dropping, ({ recorded: { id, evidence, expect }, dropped }) => {
        const report = diagnose(parseEvidence(without(evidence, dropped)))
        assert.deepEqual(report.failed_checks, [])
        for (const { cause, certainty } of report.verdicts) {
          assert.ok(certainty !== 'proven' || expect.causes.includes(cause), `${id}: ${cause}`)
        }
        const mayBeHealthy = [expect.outcome, ...(expect.or_outcomes ?? [])].includes('healthy')
        if (!mayBeHealthy && !INVISIBLE.includes(id)) assert.notEqual(report.outcome, 'healthy', id)
      }),
      { numRuns: runs(1500) },
    )
  })
})

describe('order', () => {
  it('of browser events with equal time does not matter', () => {
    fc.assert(
      fc.property(anyCase, fc.integer(), ({ evidence }, seed) => {
        const events = evidence.browser?.events
        if (!events) return
        const shuffled = events
          .map((event, at) => ({ event, key: ((at + 1) * (seed | 1)) % 97 }))
          .sort((a, b) => (a.event.ms ?? 0) - (b.event.ms ?? 0) || a.key - b.key)
          .map(({ event }) => event)
        const other = { ...evidence, browser: { ...evidence.browser, events: shuffled } }
        assert.deepEqual(outline(other), outline(evidence))
      }),
      { numRuns: runs(500) },
    )
  })
})

const outline = (evidence: Evidence) => {
  const { outcome, verdicts } = diagnose(parseEvidence(evidence))
  return { outcome, verdicts: verdicts.map(({ cause, certainty }) => [cause, certainty]) }
}

describe('hostile documents', () => {
  it('are judged or refused by path, never a crash', () => {
    const hostile = anyCase.chain(({ evidence }) =>
      fc.record({
        path: fc.constantFrom(...members(evidence)),
        value: fc.oneof(fc.anything(), anyText(300), fc.constant([null])),
        evidence: fc.constant(evidence),
      }),
    )
    fc.assert(
      fc.property(hostile, ({ path: [name = '', part], value, evidence }) => {
        const copy = structuredClone(evidence) as Record<string, Record<string, unknown>>
        if (part === undefined) Object.assign(copy, { [name]: value })
        else copy[name] = { ...copy[name], [part]: value }
        try {
          const report = diagnose(parseEvidence(copy))
          assert.deepEqual(report.failed_checks, [])
          describeReport(report, { colour: false })
          reportToMarkdown(report)
        } catch (error) {
          assert.ok(error instanceof EvidenceError, String(error))
          assert.ok(error.problems.length > 0)
        }
      }),
      { numRuns: runs(1000) },
    )
  })

  it('keep unknown fields and event types out of the way', () => {
    fc.assert(
      fc.property(anyCase, fc.string(), fc.jsonValue(), ({ evidence, expect }, name, value) => {
        const server = evidence.server && [
          ...evidence.server,
          { type: `x-${name}`, ms: 1, [`x${name}`]: value },
        ]
        const known = { ...evidence, ...(server && { server }), [`x-${name}`]: value }
        const report = diagnose(parseEvidence(known))
        for (const { cause, certainty } of report.verdicts) {
          assert.ok(certainty !== 'proven' || expect.causes.includes(cause))
        }
      }),
      { numRuns: runs(300) },
    )
  })

  it('leave no control characters in the text', () => {
    const evidence = {
      browser: {
        events: [
          { ms: 1, type: 'open' },
          { ms: 2, type: 'close', code: 4000, reason: '\u001b[31mred\u0007\uE000[0m' },
        ],
      },
    }
    const text = describeReport(diagnose(parseEvidence(evidence)), { colour: false })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f]/)
  })

  it('may hold expressions that a backtracking matcher never comes back from', () => {
    for (const pattern of ['(?:.?|.?|.?){40}!', '^/(a|a)*$', '(?:a|b|/|w|s|e|h|t|l|.|.|.|.|.|.|.)*!']) {
      const config = `server {\n listen 80;\n location ~ "${pattern}" { proxy_pass http://b; }\n}\n`
      for (const path of ['/', '/ws/health', `/${'a'.repeat(4000)}`]) {
        const evidence = parseEvidence({
          target: { url: `ws://127.0.0.1${path}` },
          proxy: { kind: 'nginx', config },
        })
        assert.ok(timed(() => diagnose(evidence)).tookMs < 2000, pattern)
      }
    }
  })

  it('that are huge are judged in bounded time', () => {
    const many = amount(50_000, 10_000)
    const line = '127.0.0.1 "GET /ws HTTP/1.1" status=101 rt=3.001 ustatus=101 '
    const evidence = parseEvidence({
      browser: {
        events: Array.from({ length: many }, (_, ms) => ({ ms, type: 'message', length: 1 })),
        console: ['x'.repeat(1_000_000)],
      },
      proxy: {
        kind: 'nginx',
        config: 'location {'.repeat(many / 2.5),
        access_log: Array.from({ length: many }, () => line),
      },
    })
    const { result, tookMs } = timed(() => diagnose(evidence))
    assert.notEqual(result.outcome, 'healthy')
    assert.ok(tookMs < many / 10)
  })
})
