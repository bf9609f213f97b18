import assert from 'node:assert/strict'
import { test } from 'node:test'
import { understandTarget } from '#lib/applications/target.ts'

const page = 'http://localhost:9000'
const opens = (typed: string) => {
  const target = understandTarget(typed)
  return target.ok ? target.url : target.code
}
const notesOf = (typed: string) => {
  const target = understandTarget(typed)
  return target.ok ? target.notes.map(({ id }) => id) : []
}

test('a Socket.IO address opens its WebSocket transport without polling', () => {
  const typed = 'https://a.example/socket.io/?EIO=4&transport=polling&t=abc&sid=123'
  assert.equal(opens(typed), 'wss://a.example/socket.io/?EIO=4&transport=websocket')
  assert.ok(notesOf(typed).includes('application'))
  assert.equal(opens('localhost:3000/socket.io'), 'ws://localhost:3000/socket.io/?EIO=4&transport=websocket')
  assert.equal(opens('ws://h/socket.io/?EIO=3'), 'ws://h/socket.io/?EIO=3&transport=websocket')
})

test('a SignalR negotiation opens the hub', () => {
  const target = understandTarget('https://a.example/chathub/negotiate?negotiateVersion=1&user=7')
  assert.ok(target.ok)
  assert.equal(target.url, 'wss://a.example/chathub?user=7')
  assert.equal(target.asked, 'wss://a.example/chathub/negotiate?negotiateVersion=1&user=7')
})

test('any other address is opened as it was read', () => {
  const target = understandTarget('ws/health', page)
  assert.ok(target.ok)
  assert.equal(target.asked, undefined)
  assert.deepEqual(
    [target.url, target.label, target.isOwn],
    ['ws://localhost:9000/ws/health', '/ws/health', true],
  )
  assert.equal(opens('ftp://a.example/'), 'scheme')
})

test('credentials stay with the URL that a client opens', () => {
  const target = understandTarget('https://me:p%40ss@a.example/socket.io')
  assert.ok(target.ok)
  assert.equal(target.url, 'wss://a.example/socket.io/?EIO=4&transport=websocket')
  assert.equal(target.socketUrl, 'wss://me:p%40ss@a.example/socket.io/?EIO=4&transport=websocket')
  assert.equal(target.credentials, 'me:p@ss')
})

test('the label is that of what is opened', () => {
  const target = understandTarget('/socket.io', page)
  assert.equal(target.ok && target.label, '/socket.io/?EIO=4&transport=websocket')
})
