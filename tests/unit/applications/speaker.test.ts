import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Utterance } from '#lib/applications/application.ts'
import { createSpeaker, speechOf, textOf, withoutFirst } from '#lib/applications/speaker.ts'

const at = (url: string, picked?: string) =>
  createSpeaker({ url: new URL(url), subprotocols: picked === undefined ? [] : [picked], picked })
const said = (utterances: readonly Utterance[]) => utterances.map(({ payload }) => textOf(payload))
const text = (text: string) => ({ opcode: 'text', text }) as const

const OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'

test('Socket.IO joins once it is open, and answers pings', () => {
  const speaker = at('ws://a.example/socket.io/?EIO=4&transport=websocket')
  assert.deepEqual(said(speaker.opening), [])
  assert.deepEqual(said(speaker.hear(text(OPEN))), ['40'])
  assert.deepEqual(said(speaker.hear(text('40{"sid":"b"}'))), [])
  assert.deepEqual(said(speaker.hear(text('2'))), ['3'])
  assert.equal(speaker.beat(), undefined)
})

test('a client of Engine.IO 3 pings by itself, as often as the server says', () => {
  const speaker = at('ws://a.example/socket.io/?EIO=3&transport=websocket')
  assert.deepEqual(said(speaker.hear(text(OPEN))), [])
  const beat = speaker.beat()
  assert.deepEqual(beat && [beat.everyMs, textOf(beat.says.payload)], [25_000, '2'])
})

test('Engine.IO alone joins nothing', () => {
  assert.deepEqual(said(at('ws://a.example/engine.io/?EIO=4').hear(text(OPEN))), [])
})

test('SignalR greets at once and pings', () => {
  const speaker = at('ws://a.example/hub?negotiateVersion=1')
  assert.deepEqual(said(speaker.opening), ['{"protocol":"json","version":1}\u001e'])
  assert.equal(speaker.beat()?.everyMs, 15_000)
})

test('a protocol that shows only in what the server says is spoken from then on', () => {
  const speaker = at('ws://a.example/ws')
  assert.deepEqual(said(speaker.opening), [])
  assert.deepEqual(said(speaker.hear(text('hello'))), [])
  assert.deepEqual(said(speaker.hear(text(OPEN))), [])
  // Whoever names no version gets the older one, whose client pings.
  assert.equal(speaker.beat()?.everyMs, 25_000)
  assert.equal(speaker.recognized()?.application.id, 'socket.io')
})

test('to a server that shows none, nothing is ever said', () => {
  const speaker = at('ws://a.example/echo')
  assert.deepEqual(said(speaker.opening), [])
  for (const message of ['hello', '2', 'o', '{}']) assert.deepEqual(said(speaker.hear(text(message))), [])
  assert.equal(speaker.beat(), undefined)
})

test('whoever gives the first message keeps the answers', () => {
  const speaker = withoutFirst(at('ws://a.example/socket.io/?EIO=4&transport=websocket'))
  assert.deepEqual(said(speaker.hear(text(OPEN))), [])
  assert.deepEqual(said(speaker.hear(text('2'))), ['3'])
  const page = speechOf({ url: 'ws://a/hub?negotiateVersion=1', subprotocols: [], picked: '', isBegun: true })
  assert.deepEqual(said(page.opening), [])
})
