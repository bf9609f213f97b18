import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { commandsFor } from '#lib/checklist/commands.ts'
import { judgeMixedContent, judgePageAttempt, type PageAttempt } from '#lib/checklist/in-browser.ts'
import { checklistItem } from '#lib/checklist/item.ts'

describe('mixed content', () => {
  const outcomes = [
    ['ws://app.example/ws', 'https://app.example', 'problem'],
    ['ws://app.example/ws', 'http://app.example', 'warning'],
    ['wss://app.example/ws', 'https://app.example', 'ok'],
    ['ws://localhost:9000/ws', 'https://app.example', 'ok'],
    ['ws://192.168.1.7/ws', 'https://app.example', 'ok'],
    ['ws://127.0.0.1:9000/ws', 'http://localhost:9000', 'ok'],
  ] as const
  for (const [url, page, outcome] of outcomes) {
    test(`${url} from ${page}: ${outcome}`, () => {
      const item = judgeMixedContent(new URL(url), page)
      assert.equal(item.outcome, outcome)
      assert.equal(item.facts.cause, outcome === 'problem' ? 'mixed-content' : undefined)
    })
  }
})

test('every fate of the page’s own attempt is judged, and its commands exist', () => {
  const fates: [PageAttempt | null, string, RegExp][] = [
    [null, 'unknown', /Run the checks/],
    [{ type: 'opened', ms: 12 }, 'ok', /opened it/],
    [{ type: 'closed-at-once', ms: 12, code: 1008, reason: 'origin' }, 'problem', /1008 “origin”/],
    [{ type: 'closed-at-once', ms: 12, code: 1000, reason: '' }, 'warning', /with 1000\./],
    [{ type: 'never-opened', ms: 12, code: 1006, isOnline: true }, 'problem', /1006/],
    [{ type: 'never-opened', ms: 12, code: 1006, isOnline: false }, 'problem', /offline/],
    [{ type: 'no-answer', ms: 10_001 }, 'problem', /within 10 s/],
    [{ type: 'threw', name: 'SecurityError', message: 'insecure' }, 'problem', /SecurityError: insecure/],
  ]
  const known = new Set(commandsFor({ url: 'wss://app.example/' }).map(({ id }) => id))
  for (const [attempt, outcome, says] of fates) {
    const item = checklistItem.parse(judgePageAttempt(attempt, 'http://localhost:9000'))
    assert.equal(item.outcome, outcome)
    assert.match(item.says, says)
    for (const id of item.commands) assert.ok(known.has(id), id)
  }
})
