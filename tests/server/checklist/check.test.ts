import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, problem } from '#lib/checklist/result.ts'
import { type Check, runChecks } from '#server/checklist/check.ts'

const named = (id: string, run: Check<string>['run']): Check<string> => ({ id, run })
const judgeError = (error: unknown) => problem(String(error))

test('every check is told in the order of the list, one that throws as its runner judges it', async () => {
  const runs = await runChecks(
    [
      named('late', async (subject) => {
        await new Promise(setImmediate)
        return ok(subject, { figure: 1 })
      }),
      named('broken', () => {
        throw new Error('no')
      }),
      named('soon', () => ok('at once')),
    ],
    'a subject',
    { judgeError },
  )
  assert.deepEqual(
    runs.map(({ check, result }) => [check.id, result.outcome, result.says, result.facts]),
    [
      ['late', 'ok', 'a subject', { figure: 1 }],
      ['broken', 'problem', 'Error: no', {}],
      ['soon', 'ok', 'at once', {}],
    ],
  )
  assert.ok(runs.every(({ tookMs }) => tookMs !== null && tookMs >= 0))
})

test('no more run at once than are allowed', async () => {
  let running = 0
  let most = 0
  const busy = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise(setImmediate)
    running -= 1
    return ok('done')
  }
  await runChecks(
    ['a', 'b', 'c', 'd', 'e'].map((id) => named(id, busy)),
    '',
    { atOnce: 2, judgeError },
  )
  assert.equal(most, 2)
})

test('interrupted, what was not finished is unknown and what was stays', async () => {
  const interruption = new AbortController()
  const started: string[] = []
  const runs = await runChecks(
    [
      named('finished', () => ok('done')),
      named('under way', async () => {
        interruption.abort()
        return ok('too late')
      }),
      named('never begun', () => ok('done')),
    ],
    '',
    { atOnce: 1, signal: interruption.signal, onStart: ({ id }) => started.push(id), judgeError },
  )
  assert.deepEqual(started, ['finished', 'under way'])
  assert.deepEqual(
    runs.map(({ result, tookMs }) => [result.outcome, result.says, tookMs === null]),
    [
      ['ok', 'done', false],
      ['unknown', 'interrupted', true],
      ['unknown', 'interrupted', true],
    ],
  )
})
