import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson } from '#server/wire/parse-json.ts'
import { timed } from '#tests/unit/processor-time.ts'

test('a mebibyte of nesting takes no longer than one of flat text', () => {
  const size = 1024 * 1024
  const flat = `[${'{"a":1,"b":2},'.repeat(size / 14)}1]`
  const bestOf = (text: string) =>
    Math.min(...Array.from({ length: 5 }, () => timed(() => parseJson(text)).tookMs))
  const honestMs = bestOf(flat)
  for (const deep of [
    '['.repeat(size),
    '['.repeat(size / 2) + ']'.repeat(size / 2),
    '{"a":'.repeat(size / 5),
  ]) {
    assert.deepEqual(parseJson(deep), { ok: false })
    assert.ok(bestOf(deep) <= honestMs, `${bestOf(deep)} ms, flat text ${honestMs} ms`)
  }
})
