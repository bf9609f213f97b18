/** A report as one HTML file: nothing in it runs or is fetched, and it comes back as it was. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import * as z from 'zod/mini'
import { exportedJson } from '#lib/diagnosis/exported.ts'
import { reportToHtml } from '#lib/diagnosis/html/document.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { type StoredReport, storedReport } from '#lib/diagnosis/stored-report.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { readBrought } from '#lib/intake/read.ts'
import { visibleLines } from '#lib/text/foreign.ts'
import { dataBlock, markup } from '#lib/text/markup.ts'
import { exportedIn } from '#lib/text/report-block.ts'

const stored = (evidence: Evidence, more: Partial<StoredReport> = {}): StoredReport => {
  const judged = readAndJudge({ evidence })
  const url = judged.evidence.target?.url
  return { id: 'a1b2c3d4e5f6', created: 1_796_000_000.25, ...(url && { url }), ...judged, ...more }
}

/** Ends attributes, comments, scripts and styles; begins tags, entities and a policy of its own. */
const HOSTILE = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '</style><script src=//evil.example/x.js></script>',
  '<!--<script>',
  ']]><meta http-equiv=refresh content=0;url=javascript:alert(1)>',
  '&lt;script&gt;&#x3c;b&#x3e;',
  '\u202e\u2028\u0000\u001b[31m',
  '`{{7*7}}` %3Cscript%3E',
].join(' ')

const everywhere: Evidence = {
  target: { url: `wss://app.example/ws?x=${HOSTILE}`, page_origin: `https://${HOSTILE}` },
  browser: {
    console: [`WebSocket connection to 'wss://app.example/ws' failed: ${HOSTILE}`],
    events: [{ type: 'close', ms: 5, code: 4000, reason: HOSTILE, was_clean: true }],
  },
  probe: {
    dns: { outcome: 'ok', ms: 1 },
    tcp: { outcome: 'connected', ms: 2 },
    http: {
      status: 403,
      status_text: HOSTILE,
      version: '1.1',
      headers: [
        ['Server', HOSTILE],
        [HOSTILE, HOSTILE],
      ],
      body_start: `<html><body>${HOSTILE}</body></html>`,
      ms: 5,
    },
    end: { kind: 'http_response', ms: 5 },
  },
  unread: [HOSTILE],
}

/** Tags that are there besides ours. */
const tagsIn = (html: string): string[] =>
  [...html.matchAll(/<\/?([a-z!][a-z0-9-]*)/gi)].map(([, name = '']) => name.toLowerCase())

const OURS = new Set(
  '!doctype html head meta title style body header main footer section article h1 h2 h3 p span ul ol li b code pre table tr th td time details summary script'.split(
    ' ',
  ),
)

describe('an exported page', () => {
  const html = reportToHtml(stored(everywhere))

  it('has no tag, attribute or comment but ours, whatever the evidence says', () => {
    assert.deepEqual(
      tagsIn(html).filter((name) => !OURS.has(name)),
      [],
    )
    assert.equal(html.match(/<script/gi)?.length, 1)
    assert.equal(html.match(/<\/script/gi)?.length, 1)
    assert.doesNotMatch(html, /<[^>]*\son\w+=/i)
    assert.doesNotMatch(html, /<!--/)
    assert.ok(html.includes('&lt;svg onload=alert(1)&gt;'), 'and shows what was said')
  })

  it('has no tag but ours and comes back as it was, whatever text stands in it', () => {
    const pieces = [
      '<',
      '>',
      '"',
      "'",
      '&',
      '</script',
      '<!--',
      '\\',
      '`',
      '\n',
      '\u2028',
      ' onload=',
      'a',
      '/',
      '\ud800',
    ]
    const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(hostile, hostile, hostile, (url, reason, line) => {
        const report = stored({
          target: { url },
          browser: { console: [line], events: [{ type: 'close', ms: 1, code: 1006, reason }] },
          unread: [line],
        })
        const page = reportToHtml(report)
        assert.deepEqual(
          tagsIn(page).filter((tag) => !OURS.has(tag)),
          [],
        )
        assert.equal(page.match(/<script/gi)?.length, 1)
        assert.deepEqual(JSON.parse(exportedIn(page) ?? '').evidence, report.evidence)
      }),
      { numRuns: 20 },
    )
  })

  it('names nothing to fetch, and forbids it', () => {
    assert.doesNotMatch(html, /<(?:link|img|iframe|object|embed|base|form|a)\b/i)
    assert.doesNotMatch(html, /<[^<>]*\s(?:src|href|action|srcset|background)=/i)
    assert.doesNotMatch(html.slice(0, html.indexOf('</style>')), /url\(|@import/)
    assert.match(
      html,
      /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;;/,
    )
  })

  it('has no character that hides or turns text round', () => {
    assert.equal(visibleLines(html), html)
  })

  it('carries its report, which says the same when it is read again', () => {
    const report = stored(everywhere)
    const json = exportedIn(reportToHtml(report))
    const back = z.parse(storedReport, JSON.parse(json ?? ''))
    assert.deepEqual(back.evidence, report.evidence)
    assert.deepEqual(back.report, z.parse(storedReport, report).report)
    assert.deepEqual([back.id, back.created, back.url], [report.id, report.created, report.url])
    assert.deepEqual(readAndJudge({ evidence: back.evidence }).report, report.report)
  })

  it('is read where it is pasted or dropped among anything else', () => {
    const report = stored(everywhere)
    const { read, evidence } = readBrought([{ file: 'report.html', text: reportToHtml(report) }])
    assert.deepEqual(
      read[0]?.pieces.map(({ kind, says }) => [kind, says]),
      [['evidence', 'a report of Why1006']],
    )
    assert.deepEqual(evidence, report.evidence)
  })

  it('shows a fault with its fix, and each candidate of an undetermined one', () => {
    const limited = stored({ probe: { ...everywhere.probe, http: { status: 429, headers: [], ms: 5 } } })
    assert.match(reportToHtml(limited), /<h2>Fix<\/h2>/)
    const { browser: _, ...seen } = everywhere
    const open = stored(seen)
    const html = reportToHtml(open)
    const { outcome, verdicts } = open.report
    assert.deepEqual([outcome, verdicts.length > 1], ['undetermined', true])
    for (const { fix } of verdicts) assert.ok(html.includes(markup`${fix.summary}`.html), fix.summary)
  })

  it('is written for every outcome, and without any evidence', () => {
    for (const evidence of [{}, { target: { url: '' } }, { server: [] }]) {
      const page = reportToHtml(stored(evidence))
      assert.match(page, /<h1>/)
      assert.notEqual(exportedIn(page), undefined)
    }
  })
})

describe('the JSON of a report', () => {
  it('leaves out what holds on one server alone', () => {
    const report = stored(everywhere, { imported: { at: 5 } })
    const back = JSON.parse(exportedJson(report, 2))
    assert.deepEqual(Object.keys(back).sort(), ['created', 'evidence', 'id', 'report', 'url'])
  })

  it('is found alone, after blanks, and in no other file', () => {
    assert.equal(exportedIn(' \n{"a":1}'), ' \n{"a":1}')
    assert.equal(exportedIn('<!doctype html><p>no report'), undefined)
    assert.equal(exportedIn('connection refused'), undefined)
    assert.equal(
      exportedIn('<!doctype html><script type="application/json" id="why1006-report">{'),
      undefined,
    )
    assert.equal(exportedIn(''), undefined)
  })
})

describe('markup', () => {
  it('escapes text between tags and in attributes, and leaves markup of ours', () => {
    const inner = markup`<b>${'<i>'}</b>`
    assert.equal(
      markup`<p title="${'"x\''}">${inner}${[inner, inner]}${undefined}${5}</p>`.html,
      '<p title="&quot;x&#39;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b>5</p>',
    )
  })

  it('keeps data as it was, and nothing in it ends the block', () => {
    const value = { text: HOSTILE, '</script>': ['<!--', '\u2028'] }
    const { html } = dataBlock('x', JSON.stringify(value))
    assert.equal(html.lastIndexOf('<'), html.length - '</script>'.length)
    assert.deepEqual(JSON.parse(html.slice(html.indexOf('>') + 1, html.lastIndexOf('<'))), value)
  })
})
