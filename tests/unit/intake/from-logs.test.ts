import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { parseEvidence } from '#lib/evidence/schema.ts'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import { createLogReader } from '#lib/logs/summary.ts'
import { logFixtures, readFixture } from '#tests/unit/logs/fixtures.ts'

for (const fixture of logFixtures) {
  test(`${fixture.id}: the verdict is one of the accepted answers`, () => {
    const { outcome, verdicts, failed_checks } = diagnose(evidenceFromLogs(readFixture(fixture)))
    const outcomes = [fixture.outcome, ...fixture.or_outcomes]
    assert.ok(outcomes.includes(outcome), `${outcome}, not ${outcomes.join(' or ')}`)
    const [first] = verdicts
    if (first !== undefined) assert.ok(fixture.causes.includes(first.cause), first.cause)
    else assert.notEqual(outcome, 'fault')
    for (const { cause, certainty } of verdicts) {
      // Where undetermined is defensible, the lines leave more than one cause open.
      const mayBeProven = fixture.causes.includes(cause) && !fixture.or_outcomes.includes('undetermined')
      assert.ok(certainty !== 'proven' || mayBeProven, `${cause} is called proven`)
    }
    assert.deepEqual(failed_checks, [])
  })
}

test('what comes of logs is an evidence document', () => {
  for (const fixture of logFixtures) {
    const evidence = evidenceFromLogs(readFixture(fixture))
    assert.deepEqual(
      parseEvidence(JSON.parse(JSON.stringify(evidence))),
      JSON.parse(JSON.stringify(evidence)),
    )
  }
})

test('one connection that ended in order is healthy, one that was lost is not', () => {
  const judgeOne = (close_code: number, initiator: string) => {
    const reader = createLogReader()
    const own = { id: 'x', at: 1_795_165_500, instance: 'i', client_id: 'c1', endpoint: '/ws' }
    reader.read(JSON.stringify({ ...own, kind: 'accepted' }))
    reader.read(
      JSON.stringify({
        ...own,
        kind: 'disconnected',
        close_code,
        reason: '',
        duration_ms: 9000,
        initiator,
        pings: 0,
        pongs: 0,
      }),
    )
    return judgeLogs(reader.summary()).report.outcome
  }
  assert.equal(judgeOne(1000, 'client'), 'healthy')
  assert.equal(judgeOne(1006, 'network'), 'undetermined')
})

test('a timer that only some connections meet is found among the others', () => {
  const reader = createLogReader()
  for (let index = 0; index < 40; index++) {
    const seconds = index % 5 === 0 ? 60.02 : 31 + index * 3.7
    const minute = String(index).padStart(2, '0')
    reader.read(
      `203.0.113.${index} - - [20/Nov/2026:09:${minute}:00 +0000] "GET /ws HTTP/1.1" 101 37 "-" "ua" rt=${seconds.toFixed(3)} us=101 cs=OK up=websocket`,
    )
  }
  const [trouble] = judgeLogs(reader.summary()).troubles
  assert.equal(trouble?.pattern.kind, 'idle')
  assert.ok(trouble?.known_timers.includes('nginx'))
})

test('with no such timer the same connections are no trouble', () => {
  const reader = createLogReader()
  for (let index = 0; index < 40; index++) {
    const minute = String(index).padStart(2, '0')
    reader.read(
      `203.0.113.${index} - - [20/Nov/2026:09:${minute}:00 +0000] "GET /ws HTTP/1.1" 101 37 "-" "ua" rt=${(31 + index * 3.7).toFixed(3)} us=101 cs=OK up=websocket`,
    )
  }
  assert.deepEqual(judgeLogs(reader.summary()).troubles, [])
})
