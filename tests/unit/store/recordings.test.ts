import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRecordings, newestOf, type Recorded } from '#lib/store/recordings.ts'

const word = (recording: string, at: number, phase: Recorded['phase'] = 'open'): Recorded => ({
  id: `e${at}`,
  at,
  instance: 'i',
  kind: 'recorded',
  recording,
  origin: 'https://app.test',
  url: 'wss://api.test/ws',
  phase,
  started: 0,
  messages_in: 0,
  messages_out: 0,
})

test('of each recording the newest word counts, and who said something last comes first', () => {
  const recordings = createRecordings()
  for (const event of [word('a', 1), word('b', 2), word('a', 3, 'closed')]) recordings.take(event)
  assert.deepEqual(
    recordings.view().map(({ recording, phase }) => [recording, phase]),
    [
      ['a', 'closed'],
      ['b', 'open'],
    ],
  )
})

test('what was fetched and what was heard are one list, whichever came first', () => {
  const heard = [word('a', 5, 'closed')]
  const fetched = [word('a', 4), word('b', 1)]
  for (const list of [newestOf(heard, fetched), newestOf(fetched, heard)])
    assert.deepEqual(
      list.map(({ recording, at }) => [recording, at]),
      [
        ['a', 5],
        ['b', 1],
      ],
    )
})

test('at most fifty are kept, the newest', () => {
  const recordings = createRecordings()
  for (let at = 0; at < 60; at++) recordings.take(word(`r${at}`, at))
  assert.deepEqual([recordings.view().length, recordings.view()[0]?.recording], [50, 'r59'])
})
