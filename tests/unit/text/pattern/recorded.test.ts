import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { compilePattern } from '#lib/text/pattern/pattern.ts'
import { type Answered, assertAsPcre2 } from '#tests/unit/text/pattern/as-pcre2.ts'

const FIXTURE = new URL('../../../fixtures/pcre2/recorded.json', import.meta.url)
const recorded = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Answered[]

it('patterns are refused, and match with their groups, as PCRE2 10.42 does', () => {
  const counts = { refused: 0, matched: 0, unsupported: 0 }
  for (const answered of recorded) counts[assertAsPcre2(answered)] += 1
  assert.ok(counts.matched > recorded.length / 2, JSON.stringify(counts))
  assert.ok(counts.unsupported < recorded.length / 8, JSON.stringify(counts))
})

it('no match takes more steps than the states that were said, for each byte', () => {
  const granted = 10_000_000
  for (const { pattern, caseInsensitive, texts } of recorded) {
    const compiled = compilePattern(pattern, { caseInsensitive })
    if (!compiled.ok) continue
    for (const text of [...texts, 'ab/A1'.repeat(20)]) {
      const effort = { steps: granted }
      compiled.match(text, effort)
      const most = (compiled.states + 1) * (Buffer.byteLength(text) + 1)
      assert.ok(granted - effort.steps <= most, `${pattern} on ${JSON.stringify(text)}`)
    }
  }
})
