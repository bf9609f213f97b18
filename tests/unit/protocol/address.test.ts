/** What people type, and what is opened for it: on a page of this server, on its https page, on the command line. */
import assert from 'node:assert/strict'
import { describe, it, test } from 'node:test'
import { describeUrl, readAddress } from '#lib/protocol/address.ts'
import { timed } from '#tests/unit/processor-time.ts'

const page = 'http://localhost:9000'
const securePage = 'https://why1006.example'

function opens(typed: string, pageOrigin?: string) {
  const address = readAddress(typed, pageOrigin)
  return address.ok ? address.url : address.code
}

test('a variable without a value is named, and not opened as it stands', () => {
  for (const typed of ['ws://{{host}}/{{path}}', 'wss://a.example/{{path}}', '{{ host }}:9000/ws']) {
    const address = readAddress(typed, page)
    assert.ok(!address.ok)
    assert.match(address.says, /^\{\{ ?(?:host|path) ?\}\} has no value here\./)
  }
})

function notesOf(typed: string, pageOrigin?: string) {
  const address = readAddress(typed, pageOrigin)
  return address.ok ? address.notes.map(({ id }) => id) : []
}

/** Typed, opened, noted: the same whether there is a page or none. */
const everywhere: readonly [typed: string, opened: string, notes: readonly string[]][] = [
  ['ws://a.example/x', 'ws://a.example/x', []],
  ['WSS://A.example', 'wss://a.example/', []],
  ['WS://EXAMPLE.org/Path', 'ws://example.org/Path', []],
  ['ws://127.0.0.1:8080', 'ws://127.0.0.1:8080/', []],
  ['  wss://example.org/socket  ', 'wss://example.org/socket', []],
  ['http://localhost:3000/ws', 'ws://localhost:3000/ws', ['scheme-changed']],
  ['http://localhost:9000/ws', 'ws://localhost:9000/ws', ['scheme-changed']],
  ['https://example.org/ws?a=1', 'wss://example.org/ws?a=1', ['scheme-changed']],
  ['HTTPS://a.example/ws?b=c', 'wss://a.example/ws?b=c', ['scheme-changed']],
  // A slash or the colon is missing.
  ['ws:/a.example', 'ws://a.example/', []],
  ['wss:a.example/x', 'wss://a.example/x', []],
  ['wss//a.example/x', 'wss://a.example/x', []],
  ['wss:\\\\a.example\\x', 'wss://a.example/x', []],
  // No scheme: public names without a port and the ports of HTTPS speak TLS.
  ['a.example', 'wss://a.example/', ['scheme-assumed']],
  ['example.org/ws', 'wss://example.org/ws', ['scheme-assumed']],
  ['example.org./ws', 'wss://example.org./ws', ['scheme-assumed']],
  ['пример.рф/ws', 'wss://xn--e1afmkfd.xn--p1ai/ws', ['scheme-assumed']],
  ['//example.org/ws', 'wss://example.org/ws', ['scheme-assumed']],
  ['://example.org/ws', 'wss://example.org/ws', ['scheme-assumed']],
  ['example.org:443/ws', 'wss://example.org/ws', ['scheme-assumed']],
  ['example.com:8443', 'wss://example.com:8443/', ['scheme-assumed']],
  ['localhost:8443', 'wss://localhost:8443/', ['scheme-assumed']],
  ['example.org:80/ws', 'ws://example.org/ws', ['scheme-assumed']],
  ['example.org:8080/ws', 'ws://example.org:8080/ws', ['scheme-assumed']],
  ['a.example:8080/x', 'ws://a.example:8080/x', ['scheme-assumed']],
  ['example.com:/ws', 'wss://example.com/ws', ['scheme-assumed']],
  ['localhost:3000/ws', 'ws://localhost:3000/ws', ['scheme-assumed']],
  ['localhost:9000', 'ws://localhost:9000/', ['scheme-assumed']],
  ['printer.local/ws', 'ws://printer.local/ws', ['scheme-assumed']],
  ['backend', 'ws://backend/', ['scheme-assumed']],
  ['ws:9000/x', 'ws://ws:9000/x', ['scheme-assumed']],
  ['user:pw@a.example:9000/x', 'ws://a.example:9000/x', ['scheme-assumed', 'credentials-moved']],
  // No host.
  [':9000/ws', 'ws://localhost:9000/ws', ['host-assumed', 'scheme-assumed']],
  ['9000', 'ws://localhost:9000/', ['host-assumed', 'scheme-assumed']],
  ['9000/ws', 'ws://localhost:9000/ws', ['host-assumed', 'scheme-assumed']],
  // Addresses.
  ['127.0.0.1:80', 'ws://127.0.0.1/', ['scheme-assumed']],
  ['192.168.1.5/ws', 'ws://192.168.1.5/ws', ['scheme-assumed']],
  ['[::1]:9000/a', 'ws://[::1]:9000/a', ['scheme-assumed']],
  ['::1/ws', 'ws://[::1]/ws', ['host-rewritten', 'scheme-assumed']],
  ['fe80::1', 'ws://[fe80::1]/', ['host-rewritten', 'scheme-assumed']],
  ['127.1:9000', 'ws://127.0.0.1:9000/', ['scheme-assumed', 'host-rewritten']],
  ['ws://0x7f000001/', 'ws://127.0.0.1/', ['host-rewritten']],
  ['ws://2130706433:9000/', 'ws://127.0.0.1:9000/', ['host-rewritten']],
  ['ws://010.0.0.1/', 'ws://8.0.0.1/', ['host-rewritten']],
  ['ws://bücher.example/', 'ws://xn--bcher-kva.example/', []],
  // Pasted with what stood around it.
  ['"wss://example.org/"', 'wss://example.org/', []],
  [' "ws://a.example/" ', 'ws://a.example/', []],
  ["'wss://example.org/x',", 'wss://example.org/x', []],
  ['“wss://example.org/x”', 'wss://example.org/x', []],
  ['<ws://a/>', 'ws://a/', []],
  ['wss://example.org/a b', 'wss://example.org/a%20b', []],
  ['ws://a.example/x#y', 'ws://a.example/x', ['fragment-ignored']],
  ['wss://example.org/ws#part', 'wss://example.org/ws', ['fragment-ignored']],
  ['ws://a.example/#', 'ws://a.example/', ['fragment-ignored']],
  ['wss://me:p%40ss@a.example/', 'wss://a.example/', ['credentials-moved']],
]

/** Where a page makes a difference: a path alone, this server's endpoints, and what an https page may open. */
const byPage: readonly [typed: string, onPage: string, onSecurePage: string, onCommandLine: string][] = [
  ['/ws', 'ws://localhost:9000/ws', 'wss://why1006.example/ws', 'ws://localhost/ws'],
  [
    '/ws/health',
    'ws://localhost:9000/ws/health',
    'wss://why1006.example/ws/health',
    'ws://localhost/ws/health',
  ],
  ['ws', 'ws://localhost:9000/ws', 'wss://why1006.example/ws', 'ws://ws/'],
  ['ws/health', 'ws://localhost:9000/ws/health', 'wss://why1006.example/ws/health', 'ws://ws/health'],
  [
    'ws/echo?ping_interval=2',
    'ws://localhost:9000/ws/echo?ping_interval=2',
    'wss://why1006.example/ws/echo?ping_interval=2',
    'ws://ws/echo?ping_interval=2',
  ],
  ['//ws/health', 'ws://ws/health', 'wss://ws/health', 'ws://ws/health'],
  ['a.example:8080', 'ws://a.example:8080/', 'wss://a.example:8080/', 'ws://a.example:8080/'],
  ['192.168.1.5:8080', 'ws://192.168.1.5:8080/', 'ws://192.168.1.5:8080/', 'ws://192.168.1.5:8080/'],
  ['localhost:8080', 'ws://localhost:8080/', 'ws://localhost:8080/', 'ws://localhost:8080/'],
]

const refused: readonly [typed: string, code: string][] = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['""', 'empty'],
  ['ftp://a.example/', 'scheme'],
  ['ftp://example.org/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['mailto:x@y.example', 'scheme'],
  ['ws+unix:/tmp/s', 'scheme'],
  ['ws://', 'unreadable'],
  ['ws://a b/', 'unreadable'],
  ['not a url', 'unreadable'],
  ['ws://a:99999/', 'unreadable'],
  ['ws://host:99999/', 'unreadable'],
  ['a.example:123456/ws', 'unreadable'],
  ['123456', 'unreadable'],
  ['localhost:port/ws', 'unreadable'],
  ['wss://a.example/x\nwss://b.example/y', 'unreadable'],
  ['ws://a.ex\tample/', 'unreadable'],
  [`ws://a/${'x'.repeat(9000)}`, 'too-long'],
]

describe('address', () => {
  for (const [typed, opened, notes] of everywhere) {
    it(`${typed} opens ${opened}`, () => {
      for (const origin of [undefined, page]) {
        assert.equal(opens(typed, origin), opened)
        assert.deepEqual(notesOf(typed, origin), notes)
      }
    })
  }

  for (const [typed, onPage, onSecurePage, onCommandLine] of byPage) {
    it(`${typed} depends on where it was typed`, () => {
      assert.deepEqual(
        [page, securePage, undefined, 'null', 'chrome-extension://abc'].map((origin) => opens(typed, origin)),
        [onPage, onSecurePage, onCommandLine, onCommandLine, onCommandLine],
      )
    })
  }

  for (const [typed, code] of refused) {
    it(`“${typed.slice(0, 30)}” is refused as ${code}`, () => {
      for (const origin of [undefined, page]) {
        const address = readAddress(typed, origin)
        assert.equal(address.ok ? 'ok' : address.code, code)
        assert.ok(address.ok || address.says.length > 10)
      }
    })
  }

  it('says why a path alone leads where it leads', () => {
    assert.deepEqual(notesOf('/ws', page), ['host-assumed'])
    assert.deepEqual(notesOf('ws/health', page), ['host-assumed'])
    assert.deepEqual(notesOf('/ws'), ['host-assumed', 'scheme-assumed'])
  })

  it('warns of what the browser will refuse, and not of what it allows', () => {
    for (const mixed of ['ws://example.org/', 'ws://8.8.8.8/']) {
      assert.deepEqual(notesOf(mixed, securePage), ['mixed-content'])
      assert.deepEqual(notesOf(mixed, page), [])
      assert.deepEqual(notesOf(mixed), [])
    }
    for (const allowed of [
      'ws://localhost:1/',
      'ws://127.0.0.1/',
      'ws://192.168.0.1/',
      'wss://example.org/',
    ]) {
      assert.deepEqual(notesOf(allowed, securePage), [])
    }
  })

  it('takes credentials out of the URL, and has them for the client', () => {
    const address = readAddress('wss://me:p%40ss@a.example/')
    assert.ok(address.ok)
    assert.equal(address.url, 'wss://a.example/')
    assert.equal(address.credentials, 'me:p@ss')
    assert.equal(address.socketUrl, 'wss://me:p%40ss@a.example/')
    assert.equal(address.shown, 'wss://***@a.example/')
  })

  for (const [typed, shown] of [
    ['user:secret@a.example:9000/x', '***@a.example:9000/x'],
    ['https://ws:secret@a.example/', 'https://***@a.example/'],
    ['wss://s@ecret@a.example/?at=@', 'wss://***@a.example/?at=@'],
    ['"ws://secret@ws/"', 'ws://***@ws/'],
  ] as const) {
    it(`shows ${shown} for what was typed with a password`, () => {
      const address = readAddress(typed)
      assert.equal(address.ok && address.shown, shown)
      assert.ok(!(address.ok && address.url.includes('ecret')))
    })
  }

  it('knows this server by any name of loopback, and its endpoints behind a lab fault', () => {
    const of = (url: string) => {
      const { isOwn, endpoint, label } = describeUrl(url, page)
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
    assert.equal(describeUrl('ws://localhost:9000/ws').isOwn, false)
  })

  it('reads long nonsense in time proportional to its length', () => {
    const { tookMs } = timed(() => {
      for (const unit of ['a:', '::', '//', 'a.', '@', '"', ':9', '[', '<“']) {
        for (const count of [4_000, 500_000]) readAddress(unit.repeat(count), page)
      }
    })
    assert.ok(tookMs < 2000)
  })
})
