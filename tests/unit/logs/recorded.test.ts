import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finished } from '#lib/logs/summary.ts'
import { logFixtures, readFixture } from '#tests/unit/logs/fixtures.ts'

for (const fixture of logFixtures) {
  test(`${fixture.id}: lines, connections and codes are counted as recorded`, () => {
    const summary = readFixture(fixture)
    assert.equal(summary.lines, fixture.lines)
    assert.ok(summary.understood >= fixture.understood_min, `${summary.understood} lines understood`)
    assert.ok(summary.understood <= fixture.understood_max, `${summary.understood} lines understood`)
    if (fixture.connections !== null) assert.equal(finished(summary).length, fixture.connections)
    if (fixture.closes !== null) assert.deepEqual(Object.fromEntries(summary.codes), numbered(fixture.closes))
  })
}

function numbered(closes: Record<string, number>): Record<number, number> {
  return Object.fromEntries(Object.entries(closes).map(([code, count]) => [Number(code), count]))
}
