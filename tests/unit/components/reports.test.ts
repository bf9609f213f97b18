import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pairOf, picked } from '#components/reports/pair.ts'
import { isDay, isFiltering, queryOf } from '#components/reports/report-query.ts'

const nothing = { text: '', target: '', outcome: null, cause: null, from: '', to: '' }

describe('what the list of reports is asked for', () => {
  it('is nothing where nothing is chosen', () => {
    assert.deepEqual(queryOf(nothing), {})
    assert.equal(isFiltering(nothing), false)
  })

  it('has each choice, and both days whole in the zone of the reader', () => {
    const filter = {
      ...nothing,
      text: 'nginx 403',
      target: 'app',
      outcome: 'fault',
      cause: 'idle-timeout',
    } as const
    assert.deepEqual(queryOf({ ...filter, from: '2026-11-29', to: '2026-12-31' }), {
      text: 'nginx 403',
      target: 'app',
      outcome: 'fault',
      cause: 'idle-timeout',
      since: new Date(2026, 10, 29).toISOString(),
      until: new Date(2027, 0, 1).toISOString(),
    })
  })

  it('leaves out what is no day, and of a long text what no server takes', () => {
    for (const day of [
      '2026-02-30',
      '2026-99-99',
      '2026-1-1',
      'yesterday',
      '0000-01-01',
      '2026-11-29T00:00',
    ]) {
      assert.equal(isDay(day), false, day)
      assert.deepEqual(queryOf({ ...nothing, from: day, to: day }), {}, day)
    }
    assert.equal(queryOf({ ...nothing, text: 'x'.repeat(900) }).text?.length, 200)
  })
})

describe('which two reports are compared', () => {
  const reports = ['newest', 'middle', 'oldest'].map((id) => ({ id }))
  const named = (before: string | null, after: string | null) => ({ before, after })

  it('are the last two, unless the address names others', () => {
    assert.deepEqual(pairOf(reports, named(null, null)), named('middle', 'newest'))
    assert.deepEqual(pairOf(reports, named('oldest', null)), named('oldest', 'newest'))
    assert.deepEqual(pairOf(reports, named('gone', 'oldest')), named('gone', 'oldest'))
  })

  it('are none where there is one report', () => {
    assert.deepEqual(pairOf(reports.slice(0, 1), named(null, null)), named(null, null))
    assert.deepEqual(pairOf([], named(null, null)), named(null, null))
  })

  it('are compared from the earlier to the later, in whatever order they were picked', () => {
    assert.deepEqual(picked(reports, named('newest', 'oldest')), named('oldest', 'newest'))
    assert.deepEqual(picked(reports, named('oldest', 'newest')), named('oldest', 'newest'))
    assert.deepEqual(picked(reports, named('gone', 'newest')), named('gone', 'newest'))
  })
})
