import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchesChanged } from '#components/shell/alerts.ts'
import type { EventOf } from '#lib/protocol/events.ts'
import { createWatched } from '#lib/store/watched.ts'

const word = (watch: string, at: number, state: EventOf<'watch'>['state']): [EventOf<'watch'>, number] => [
  { id: `e${at}`, at, instance: 'i', kind: 'watch', watch, url: 'wss://api.test/ws', state },
  at * 1000,
]

function watchedBy(...words: ReturnType<typeof word>[]) {
  const watched = createWatched()
  for (const each of words) watched.take(...each)
  return { watched: watched.view() }
}

test('of each watch the newest word counts, and who said something last comes first', () => {
  const { watched } = watchedBy(word('a', 1, 'up'), word('b', 2, 'up'), word('a', 3, 'lost'))
  assert.deepEqual(
    watched.map(({ event: { watch, state } }) => [watch, state]),
    [
      ['a', 'lost'],
      ['b', 'up'],
    ],
  )
})

test('at most a hundred are kept', () => {
  assert.equal(
    watchedBy(...Array.from({ length: 120 }, (_, at) => word(`w${at}`, at, 'up'))).watched.length,
    100,
  )
})

test('a change is told once: down, and up again; the first opening is none, and neither is what was before', () => {
  let states: Parameters<typeof watchesChanged>[1] = new Map()
  const told = (...words: ReturnType<typeof word>[]) => {
    const { changed, now } = watchesChanged(watchedBy(...words), states, 10_000)
    states = now
    return changed.map(({ event: { watch, state } }) => `${watch} ${state}`)
  }
  assert.deepEqual(told(word('old', 5, 'lost'), word('a', 11, 'started')), [])
  assert.deepEqual(told(word('a', 12, 'up')), [])
  assert.deepEqual(told(word('a', 13, 'lost')), ['a lost'])
  assert.deepEqual(told(word('a', 14, 'refused')), [])
  assert.deepEqual(told(word('a', 15, 'up'), word('old', 15, 'up')), ['old up', 'a up'])
  assert.deepEqual(told(word('a', 16, 'stopped')), [])
})
