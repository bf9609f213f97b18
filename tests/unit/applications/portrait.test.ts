import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBareHost } from '#lib/applications/bare-host.ts'
import { portraitOf } from '#lib/applications/portrait.ts'

const told = (portrait: ReturnType<typeof portraitOf>) => portrait?.timers.join(' ') ?? ''

test('Socket.IO is known by its address, and its timers by the open packet', () => {
  const url = new URL('wss://a.example/socket.io/?EIO=4&transport=websocket')
  const before = portraitOf({ url })
  assert.deepEqual([before?.name, before?.version, before?.isSpeakable], ['Socket.IO', 'Engine.IO 4', true])
  assert.doesNotMatch(told(before), /pings every/)
  const messages = ['0{"sid":"a","pingInterval":10000,"pingTimeout":5000}']
  assert.match(told(portraitOf({ url, messages })), /pings every 10 s .* not answered 5 s later/)
  const older = new URL('wss://a.example/socket.io/?EIO=3&transport=websocket')
  const three = portraitOf({ url: older, messages })
  assert.match(told(three), /drops a client that has not pinged for 15 s/)
  assert.match(told(three), /client sends a heartbeat every 10 s/)
})

test('an open packet whose timers are no numbers tells none', () => {
  const url = new URL('wss://a.example/socket.io/?EIO=4&transport=websocket')
  const messages = ['0{"sid":"a","pingInterval":"x","pingTimeout":-1}']
  assert.doesNotMatch(told(portraitOf({ url, messages })), /pings every|NaN|undefined/)
})

test('what the client must say first, and how often it beats', () => {
  assert.match(portraitOf({ picked: 'graphql-transport-ws' })?.waits ?? '', /waits 3 s for connection_init/)
  const hub = portraitOf({ url: new URL('wss://a/chat?negotiateVersion=1') })
  assert.match(told(hub), /pings every 15 s/)
})

test('a habit shows nothing', () => {
  assert.equal(portraitOf({ url: new URL('wss://a.example/ws'), messages: ['{"hello":1}'] }), null)
})

test('a bare host has neither path nor query', () => {
  const bare = ['ws://a.example', 'wss://a.example:8443/']
  const named = ['ws://a.example/ws', 'ws://a.example/?token=x']
  assert.deepEqual(
    [...bare, ...named].map((url) => isBareHost(new URL(url))),
    [true, true, false, false],
  )
})
