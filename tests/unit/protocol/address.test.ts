import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeUrl, normaliseAddress } from '#lib/protocol/address.ts'

const ORIGIN = 'http://localhost:9000'

function read(typed: string, origin = ORIGIN) {
  const address = normaliseAddress(typed, origin)
  return address.ok ? address.url : address.code
}

function notes(typed: string, origin = ORIGIN) {
  const address = normaliseAddress(typed, origin)
  return address.ok ? address.notes.join(' ') : address.says
}

describe('address', () => {
  it('reads what people type', () => {
    const table: Record<string, string> = {
      '/ws/health': 'ws://localhost:9000/ws/health',
      'ws/echo?ping_interval=2': 'ws://localhost:9000/ws/echo?ping_interval=2',
      ws: 'ws://localhost:9000/ws',
      'ws://127.0.0.1:8080': 'ws://127.0.0.1:8080/',
      '  wss://example.org/socket  ': 'wss://example.org/socket',
      'http://localhost:3000/ws': 'ws://localhost:3000/ws',
      'https://example.org/ws?a=1': 'wss://example.org/ws?a=1',
      'localhost:8080/ws': 'ws://localhost:8080/ws',
      ':8080/ws': 'ws://localhost:8080/ws',
      'example.org/ws': 'wss://example.org/ws',
      'example.org:8080/ws': 'ws://example.org:8080/ws',
      'example.org:443/ws': 'wss://example.org/ws',
      '192.168.1.5/ws': 'ws://192.168.1.5/ws',
      '[::1]:8080/ws': 'ws://[::1]:8080/ws',
      '//example.org/ws': 'ws://example.org/ws',
      '"wss://example.org/"': 'wss://example.org/',
      '<ws://a/>': 'ws://a/',
      'wss://example.org/ws#part': 'wss://example.org/ws',
      'WS://EXAMPLE.org/Path': 'ws://example.org/Path',
    }
    assert.deepEqual(Object.fromEntries(Object.keys(table).map((typed) => [typed, read(typed)])), table)
  })

  it('says why it cannot read the rest', () => {
    assert.deepEqual(
      ['', '  ', '""'].map((typed) => read(typed)),
      ['empty', 'empty', 'empty'],
    )
    assert.deepEqual(
      ['ftp://example.org/', 'file:///etc/passwd'].map((typed) => read(typed)),
      ['scheme', 'not-a-url'],
    )
    assert.deepEqual(
      ['ws://', 'ws://a b/', 'ws://host:99999/', 'javascript:alert(1)'].map((typed) => read(typed)),
      ['not-a-url', 'not-a-url', 'not-a-url', 'not-a-url'],
    )
  })

  it('explains every change', () => {
    assert.match(notes('http://a/'), /http:\/\/ was read as ws:\/\//)
    assert.match(notes('localhost:1'), /No scheme was given: ws:\/\//)
    assert.match(notes('/ws'), /this server/)
    assert.match(notes('ws://a/#b'), /no fragment: #b was left out/)
    assert.equal(notes('ws://a/'), '')
  })

  it('warns of what the browser will refuse, and not of what it allows', () => {
    const secure = 'https://why1006.example'
    assert.match(notes('ws://example.org/', secure), /mixed content/)
    for (const allowed of [
      'ws://localhost:1/',
      'ws://127.0.0.1/',
      'ws://192.168.0.1/',
      'wss://example.org/',
    ]) {
      assert.doesNotMatch(notes(allowed, secure), /mixed content/)
    }
    assert.match(notes('ws://8.8.8.8/', secure), /mixed content/)
    assert.match(notes('wss://user:pw@example.org/'), /credentials/)
  })

  it('knows this server by any name of loopback, and its endpoints behind a lab fault', () => {
    const of = (url: string) => {
      const { isOwn, endpoint, label } = describeUrl(url, ORIGIN)
      return [isOwn, endpoint, label]
    }
    assert.deepEqual(of('ws://localhost:9000/ws/health?a=1'), [true, '/ws/health', '/ws/health?a=1'])
    assert.deepEqual(of('ws://127.0.0.1:9000/ws'), [true, '/ws', '/ws'])
    assert.deepEqual(of('ws://[::1]:9000/lab/half-open/ws/echo?after=2'), [
      true,
      '/ws/echo',
      '/lab/half-open/ws/echo?after=2',
    ])
    assert.deepEqual(of('ws://localhost:9000/nothing'), [true, null, '/nothing'])
    assert.deepEqual(of('ws://localhost:9001/ws'), [false, null, 'localhost:9001/ws'])
    assert.deepEqual(of('wss://app.example.com/ws'), [false, null, 'wss://app.example.com/ws'])
    assert.deepEqual(of('no url'), [false, null, 'no url'])
  })
})
