/** Whatever stands in the evidence, it begins no line of ours and nothing of it is unseen, whoever prints the report. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lint } from '#lib/configs/nginx/lint.ts'
import { Tokenizer } from '#lib/configs/nginx/syntax/tokens.ts'
import { compareReports } from '#lib/diagnosis/compare/compare.ts'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { comparisonToMarkdown, reportToMarkdown } from '#lib/diagnosis/markdown.ts'
import { describeReading } from '#lib/diagnosis/reading-text.ts'
import { reportSchema } from '#lib/diagnosis/report.ts'
import { describeComparison, describeReport } from '#lib/diagnosis/text.ts'
import { type Evidence, EvidenceError, parseEvidence } from '#lib/evidence/schema.ts'
import { readBrought } from '#lib/intake/read.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { jsonLine } from '#server/cli/io.ts'
import { describeLint, lintDocument } from '#server/cli/lint/text.ts'
import { describeLogs } from '#server/cli/logs/text.ts'
import { anyText } from '#tests/any-text.ts'
import { runs } from '#tests/sampling.ts'
import { filesReader } from '#tests/unit/configs/nginx/fixture-reader.ts'
import { truthCases } from '#tests/unit/diagnosis/truth.ts'

/** Everything that begins a line of ours, each in a line of its own by some means. */
const hostile = fc.oneof(
  fc
    .record({
      breaks: fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        '\u0085',
        '\u2028',
        '\u2029',
        '\n\n  ',
        '\u001b[2K\u001b[1G',
        '\u009bE',
      ),
      start: fc.constantFrom(
        'No failure ',
        'Fault: ',
        'Undetermined. ',
        'Fix: ',
        '  Fix: ',
        'Note: ',
        '2026-11-29 16:40:35  ',
        '✓ dns ',
        '## ',
        '- ',
        '```\n',
        'nginx.conf:1  error  ',
        '[WS_DIAGNOSTICS] ',
      ),
      hidden: fc.constantFrom('', '\u202e', '\u2066', '\u200b', '\u200f', '\ufeff', '\u{e0046}', '\ud800'),
    })
    .map(
      ({ breaks, start, hidden }) =>
        `x${breaks}${start}${hidden}FORGED @octocat #1 https://evil.example <b>~~`,
    ),
  anyText(80).map((text) => `${text}\nFORGED`),
)

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u
/** A line of a report's own that says FORGED in the place where it says something of ours. */
const forged =
  /^[\s>]*(?:No failure|Fault|Undetermined\.|Fix|Note|\d{4}-\d\d-\d\d [\d:]+|✓ dns|#+|-|```|nginx\.conf:1 {2}error|\[WS_DIAGNOSTICS\])?[:\s]*FORGED/m

function assertOurs(text: string): void {
  for (const line of text.split('\n')) assert.doesNotMatch(line, unseen, JSON.stringify(line))
  assert.doesNotMatch(text, forged)
}

/** Markdown without its code, as CommonMark finds it: what is behind a backslash opens none. */
function proseOf(markdown: string): string {
  let prose = ''
  const part = /\\.|`+|[^\\`]+/gs
  for (let found = part.exec(markdown); found !== null; found = part.exec(markdown)) {
    const [text] = found
    const close = text.startsWith('`') ? closing(markdown, part.lastIndex, text.length) : undefined
    if (close !== undefined) part.lastIndex = close
    prose += close === undefined ? text : 'CODE'
  }
  return prose
}

/** Where the run of exactly so many backticks ends. */
function closing(markdown: string, from: number, length: number): number | undefined {
  for (const { 0: run, index } of markdown.slice(from).matchAll(/`+/g)) {
    if (run.length === length) return from + index + length
  }
  return undefined
}

/** GitHub acts on these wherever they stand but in code; on some behind a backslash too. */
function assertInert(markdown: string): void {
  assert.doesNotMatch(proseOf(markdown), /@octocat|#1|:\/\/evil|(?<!\\)<b>|(?<!\\)~~/)
}

/** With some of its texts made of what is given, by a rule that the number stands for. */
function spoiled(value: unknown, texts: readonly string[], rule: number): unknown {
  let count = 0
  const spoil = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const roll = ((++count * 2_654_435_761) ^ (rule * 40_503)) >>> 0
      const text = texts[roll % texts.length] ?? ''
      return [part, text, part + text, text + part][(roll >>> 8) % 4]
    }
    if (Array.isArray(part)) return part.map(spoil)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, spoil(inner)]))
  }
  return spoil(value)
}

const spoiledCase = fc
  .record({
    recorded: fc.constantFrom(...truthCases),
    texts: fc.array(hostile, { minLength: 1, maxLength: 4 }),
    rule: fc.nat(),
  })
  .map(({ recorded, texts, rule }) => spoiled(recorded.evidence, texts, rule))

function parsed(evidence: unknown): Evidence | undefined {
  try {
    return parseEvidence(evidence)
  } catch (error) {
    assert.ok(error instanceof EvidenceError)
    return undefined
  }
}

const directives =
  /^(?:server|listen|location|return|map|default|proxy_\w+|limit_\w+|rewrite|set|error_page)?$/

/** Directives that were written here, or a page's line of JavaScript. */
function assertHarmless(fix: string): void {
  if (fix.startsWith('//')) return void new Function(fix)
  const tokens = new Tokenizer(fix, 'fix')
  for (let next = tokens.next(); next.terminator !== 'end'; next = tokens.next()) {
    assert.match(next.words[0] ?? '', directives, fix)
  }
}

describe('foreign text', () => {
  it('begins no line of a report, and hides in none', () => {
    let judged = 0
    const tried = runs(500)
    fc.assert(
      fc.property(spoiledCase, (spoiledEvidence) => {
        const evidence = parsed(spoiledEvidence)
        if (!evidence) return
        judged++
        const report = diagnose(evidence)
        assertOurs(describeReport(report, { colour: false }))
        const markdown = reportToMarkdown(report)
        assertOurs(markdown)
        assertInert(markdown)
        const json = jsonLine({ report, evidence })
        assertOurs(json.trimEnd())
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({ report, evidence })))
      }),
      { numRuns: tried },
    )
    assert.ok(judged > 0.8 * tried, `${judged} of ${tried} were judged`)
  })

  it('begins no line of a comparison', () => {
    fc.assert(
      fc.property(fc.tuple(spoiledCase, spoiledCase), (both) => {
        const [before, now] = both
          .map(parsed)
          .map((evidence) => evidence && { evidence, report: diagnose(evidence) })
        if (!before || !now) return
        const comparison = compareReports(before, now)
        assertOurs(describeComparison(comparison, { colour: false }))
        assertOurs(comparisonToMarkdown(comparison))
        assertInert(comparisonToMarkdown(comparison))
      }),
      { numRuns: runs(300) },
    )
  })

  it('of a report that somebody else wrote is made visible as it is read', () => {
    const text = anyText(40)
    // Code may be indented by tabs.
    const code = text.map((line) => line.replaceAll('\t', ' '))
    const because = fc.record({ says: hostile, from: hostile })
    const foreignReport = fc.record({
      outcome: fc.constantFrom('healthy', 'fault', 'undetermined'),
      verdicts: fc.array(
        fc.record({
          cause: fc.oneof(hostile, fc.constant('idle-timeout')),
          certainty: fc.constantFrom('proven', 'likely', 'possible'),
          because: fc.array(because, { maxLength: 2 }),
          fix: fc.record({
            summary: hostile,
            changes: fc.array(fc.record({ where: hostile, text: code }), { maxLength: 2 }),
          }),
        }),
        { maxLength: 2 },
      ),
      ruled_out: fc.constant([]),
      missing: fc.array(
        fc.record({ observation: hostile, would_settle: fc.array(hostile, { maxLength: 2 }) }),
        {
          maxLength: 2,
        },
      ),
      warnings: fc.array(fc.record({ id: text, says: hostile }), { maxLength: 2 }),
      failed_checks: fc.array(fc.record({ cause: hostile, error: hostile }), { maxLength: 2 }),
    })
    fc.assert(
      fc.property(foreignReport, (foreign) => {
        const report = reportSchema.parse(foreign)
        assertOurs(describeReport(report, { colour: false }))
        assertOurs(reportToMarkdown(report))
      }),
      { numRuns: runs(300) },
    )
  })

  it('begins no line of what is said of logs', () => {
    const line = fc.oneof(
      hostile,
      fc
        .tuple(hostile, hostile, fc.constantFrom(101, 403, 502))
        .map(
          ([path, agent, status]) =>
            `1.2.3.4 - - [01/Jan/2026:00:00:0${status % 10} +0000] "GET /${path} HTTP/1.1" ${status} 0 "-" "${agent}" 60.000`,
        ),
      hostile.map(
        (reason) => `[WS_DIAGNOSTICS] client_id=1, path=/ws disconnected - code=1008, reason="${reason}"`,
      ),
      hostile.map(
        (text) => `2026/01/01 00:00:00 [error] 1#1: *1 connect() failed (111: Connection refused) ${text}`,
      ),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const reader = createLogReader({ year: 2026 })
        // A line of a file has no line feed.
        for (const each of lines) reader.read(each.replaceAll('\n', '\r'))
        const report = judgeLogs(reader.summary())
        assertOurs(describeLogs(report, { colour: false }))
        assertOurs(jsonLine(report).trimEnd())
      }),
      { numRuns: runs(400) },
    )
  })

  it('begins no line of what is said of a paste', () => {
    const said = fc.oneof(
      hostile,
      hostile.map((text) => `WebSocket connection to 'ws://app.example/' failed: ${text}`),
      hostile.map(
        (text) => `server { listen 80; location "${text.replaceAll('"', '')}" { proxy_pass http://a; } }`,
      ),
      hostile.map((text) => `HTTP/1.1 502 Bad\nServer: ${text}\n\n${text}`),
    )
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 4 }), hostile, (parts, file) => {
        const { evidence, read } = readBrought([{ file, text: parts.join('\n') }])
        assertOurs(describeReading(read))
        assertOurs(describeReport(diagnose(evidence), { colour: false }))
        assertOurs(jsonLine(read).trimEnd())
      }),
      { numRuns: runs(300) },
    )
  })

  it('begins no line of what is said of a configuration', () => {
    const quoted = hostile.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`)
    const config = fc.record({ name: quoted, path: quoted, header: quoted, include: quoted, to: quoted }).map(
      ({ name, path, header, include, to }) => `events {}
http { include ${include};
  server { listen 80; server_name ${name};
    location ${path} { proxy_pass http://127.0.0.1:1; proxy_set_header Origin ${header}; proxy_read_timeout 5s; }
    location /ws { return 301 ${to}; } } }`,
    )
    fc.assert(
      fc.property(fc.oneof(config, hostile), hostile, (text, path) => {
        for (const options of [{}, { path: '/ws' }, { path: `/${path}` }]) {
          const result = lint('nginx.conf', filesReader({ 'nginx.conf': text }), options)
          assertOurs(describeLint(result, false))
          assertOurs(jsonLine(lintDocument(result)).trimEnd())
          for (const { fix } of result.findings) assertHarmless(fix)
        }
      }),
      { numRuns: runs(300) },
    )
  })
})
