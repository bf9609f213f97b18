/** What people type, and what is opened for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { understandTarget } from '#lib/protocol/typed-target.ts'

const opens = (typed: string) => {
  const target = understandTarget(typed)
  return target.ok ? target.url : target.code
}
const notesOf = (typed: string) => {
  const target = understandTarget(typed)
  return target.ok ? target.notes.map(({ id }) => id) : []
}

const READINGS: [string, string, string[]][] = [
  ['ws://a.example/x', 'ws://a.example/x', []],
  ['WSS://A.example', 'wss://a.example/', []],
  ['https://a.example/ws?b=c', 'wss://a.example/ws?b=c', ['scheme-changed']],
  ['http://localhost:9000/ws', 'ws://localhost:9000/ws', ['scheme-changed']],
  ['localhost:9000/ws', 'ws://localhost:9000/ws', ['scheme-assumed']],
  ['localhost:9000', 'ws://localhost:9000/', ['scheme-assumed']],
  ['127.0.0.1:80', 'ws://127.0.0.1/', ['scheme-assumed']],
  ['[::1]:9000/a', 'ws://[::1]:9000/a', ['scheme-assumed']],
  ['a.example', 'wss://a.example/', ['scheme-assumed']],
  ['a.example:8080/x', 'ws://a.example:8080/x', ['scheme-assumed']],
  ['a.example:443', 'wss://a.example/', ['scheme-assumed']],
  ['printer.local/ws', 'ws://printer.local/ws', ['scheme-assumed']],
  ['//a.example/x', 'wss://a.example/x', ['scheme-assumed']],
  [':9000/ws', 'ws://localhost:9000/ws', ['host-assumed', 'scheme-assumed']],
  ['9000', 'ws://localhost:9000/', ['host-assumed', 'scheme-assumed']],
  ['/ws', 'ws://localhost/ws', ['host-assumed', 'scheme-assumed']],
  [' "ws://a.example/" ', 'ws://a.example/', []],
  ['ws:/a.example', 'ws://a.example/', []],
  ['ws://bücher.example/', 'ws://xn--bcher-kva.example/', []],
  ['ws://a.example/x#y', 'ws://a.example/x', ['fragment-ignored']],
]

for (const [typed, url, notes] of READINGS) {
  test(`${typed} opens ${url}`, () => {
    assert.equal(opens(typed), url)
    assert.deepEqual(notesOf(typed), notes)
  })
}

test('a Socket.IO address opens its WebSocket transport without polling', () => {
  const typed = 'https://a.example/socket.io/?EIO=4&transport=polling&t=abc&sid=123'
  assert.equal(opens(typed), 'wss://a.example/socket.io/?EIO=4&transport=websocket')
  assert.ok(notesOf(typed).includes('socket-io'))
  assert.equal(opens('localhost:3000/socket.io'), 'ws://localhost:3000/socket.io/?EIO=4&transport=websocket')
  assert.equal(opens('ws://h/socket.io/?EIO=3'), 'ws://h/socket.io/?EIO=3&transport=websocket')
})

test('a SignalR negotiation opens the hub and greets it', () => {
  const target = understandTarget('https://a.example/chathub/negotiate?negotiateVersion=1&user=7')
  assert.ok(target.ok)
  assert.equal(target.url, 'wss://a.example/chathub?user=7')
  assert.equal(target.firstMessage, '{"protocol":"json","version":1}\u001e')
  assert.equal(target.dialect, 'signalr')
})

test('credentials leave the URL', () => {
  const target = understandTarget('wss://me:p%40ss@a.example/')
  assert.ok(target.ok)
  assert.equal(target.url, 'wss://a.example/')
  assert.equal(target.credentials, 'me:p@ss')
})

const REFUSED: [string, string][] = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['ftp://a.example/', 'scheme'],
  ['mailto:x@y.example', 'scheme'],
  ['ws+unix:/tmp/s', 'scheme'],
  ['ws://', 'unreadable'],
  ['ws://a b/', 'unreadable'],
  ['ws://a:99999/', 'unreadable'],
  [`ws://a/${'x'.repeat(9000)}`, 'too-long'],
]

for (const [typed, code] of REFUSED) {
  test(`“${typed.slice(0, 30)}” is refused as ${code}`, () => {
    const target = understandTarget(typed)
    assert.equal(target.ok ? 'ok' : target.code, code)
    assert.ok(target.ok || target.says.length > 10)
  })
}
