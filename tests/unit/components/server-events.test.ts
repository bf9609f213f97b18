import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventWords } from '#components/live/events/event-words.ts'
import { eventMatcher, isFiltering } from '#components/live/events/use-event-filter.ts'
import type { DiagnosticEvent } from '#lib/protocol/events.ts'
import type { FeedEntry } from '#lib/store/feed/feed-state.ts'

const none = { kinds: [], story: null, service: null, events: '', mine: false }

const entry = (service?: string): FeedEntry & { event: DiagnosticEvent } => ({
  type: 'event',
  key: '1',
  at: 0,
  event: {
    id: '1',
    at: 0,
    instance: 'a',
    kind: 'disconnected',
    client_id: 'c',
    endpoint: '/socket',
    close_code: 1006,
    reason: '',
    duration_ms: 61_000,
    pings: 2,
    pongs: 1,
    initiator: 'network',
    ...(service !== undefined && { service }),
  },
})

test('an event of somebody’s own server is shown with its name, and can be asked for by it', () => {
  const chat = entry('chat')
  assert.deepEqual(eventWords(chat.event).slice(0, 2), ['1006 network', 'chat'])
  assert.ok(!eventWords(entry().event).includes('chat'))
  const only = eventMatcher({ ...none, service: 'chat' }, null)
  assert.deepEqual([chat, entry('other'), entry()].map(only), [true, false, false])
  assert.equal(isFiltering(none), false)
  assert.equal(isFiltering({ ...none, service: 'chat' }), true)
})

test('where several servers write events, each says which did', () => {
  assert.ok(eventWords(entry().event, true).includes('on a'))
  assert.ok(!eventWords(entry().event).includes('on a'))
})
