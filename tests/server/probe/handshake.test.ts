/** What the probe records of a handshake: refusals whole, a wrong 101 by its failed check, silence as silence. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  accept,
  answer,
  answerClose,
  headerIn,
  rawServer,
  type Script,
  switching,
} from '#tests/server/probe/support/raw-server.ts'
import { runProbe } from '#tests/server/probe/support/run.ts'

async function seenOf(script: Script, options = {}, server = {}) {
  const peer = await rawServer(script, server)
  try {
    return (await runProbe(peer.url, { watchMs: 30, ...options })).probe ?? {}
  } finally {
    await peer.close()
  }
}

// Most of each test is waiting for a peer, so they wait side by side.
describe('the opening handshake', { concurrency: true }, () => {
  test('keeps status line, every header in order and the body of a refusal', async () => {
    const probe = await seenOf((socket) =>
      socket.end(answer('403 Not For You', ['X-One: 1', 'x-two:2', 'X-One: again'], 'go away')),
    )
    assert.deepEqual(probe.http?.headers, [
      ['Content-Length', '7'],
      ['X-One', '1'],
      ['x-two', '2'],
      ['X-One', 'again'],
    ])
    assert.deepEqual(
      [probe.http?.status, probe.http?.status_text, probe.http?.version, probe.http?.body_start],
      [403, 'Not For You', '1.1', 'go away'],
    )
    assert.equal(probe.end?.kind, 'http_response')
    assert.equal(probe.checks, undefined)
  })

  test('reads the head as browsers do: folded lines, any case, no blank or one too many around the colon', async () => {
    const spellings: Record<string, (head: string) => string> = {
      'folded line': (head) => head.replace('Upgrade: websocket', 'Upgrade:\r\n websocket'),
      'lower case': (head) => head.replace(/^[\w-]+:/gm, (name) => name.toLowerCase()),
      'no blank': (head) => head.replaceAll(': ', ':'),
      'blank before the colon': (head) => head.replace('Upgrade:', 'Upgrade :'),
      'bare line feeds': (head) => head.replaceAll('\r\n', '\n'),
      'a list': (head) => head.replace('Connection: Upgrade', 'Connection: keep-alive, Upgrade'),
    }
    for (const [name, spell] of Object.entries(spellings)) {
      const { checks } = await seenOf((socket, request) => {
        socket.write(spell(switching(request)))
        answerClose(socket)
      })
      assert.deepEqual([checks?.accept, checks?.upgrade, checks?.connection], [true, true, true], name)
    }
  })

  test('reads a chunked body without its framing', async () => {
    const probe = await seenOf((socket) =>
      socket.write(
        'HTTP/1.1 426 Upgrade Required\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nUpgrade\r\n9;x=y\r\n Required\r\n0\r\n\r\n',
      ),
    )
    assert.equal(probe.http?.body_start, 'Upgrade Required')
  })

  test('waits past interim answers for the one that counts', async () => {
    const probe = await seenOf((socket, request) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')
      accept(socket, request)
    })
    assert.equal(probe.http?.status, 101)
    assert.deepEqual(probe.checks, {
      accept: true,
      upgrade: true,
      connection: true,
      subprotocol: null,
      extensions: null,
    })
  })

  test('reads a head that comes in single bytes and with bare line feeds', async () => {
    const probe = await seenOf((socket) => {
      for (const byte of 'HTTP/1.0 404 Nope\nServer: old\n folded\nContent-Length: 0\n\n') socket.write(byte)
    })
    assert.deepEqual([probe.http?.version, probe.http?.status], ['1.0', 404])
    assert.deepEqual(probe.http?.headers?.[0], ['Server', 'old folded'])
  })

  const ACCEPT = /Sec-WebSocket-Accept: .*\r\n/
  const WRONG: [string, (request: string) => string, object, Record<string, boolean | null>][] = [
    [
      'a wrong Accept',
      (r) => switching(r).replace(/Accept: .*/, 'Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA='),
      {},
      { accept: false },
    ],
    ['no Accept', (r) => switching(r).replace(/Sec-WebSocket-Accept: .*\r\n/, ''), {}, { accept: false }],
    [
      'another Upgrade',
      (r) => switching(r).replace('Upgrade: websocket', 'Upgrade: h2c'),
      {},
      { upgrade: false },
    ],
    ['no Connection', (r) => switching(r).replace('Connection: Upgrade\r\n', ''), {}, { connection: false }],
    [
      'a subprotocol nobody asked for',
      (r) => switching(r, 'Sec-WebSocket-Protocol: chat'),
      {},
      { subprotocol: false },
    ],
    [
      'another subprotocol than asked for',
      (r) => switching(r, 'Sec-WebSocket-Protocol: c'),
      { subprotocols: ['a', 'b'] },
      { subprotocol: false },
    ],
    ['no subprotocol although asked', (r) => switching(r), { subprotocols: ['a'] }, { subprotocol: false }],
    [
      'an extension nobody asked for',
      (r) => switching(r, 'Sec-WebSocket-Extensions: x-foo'),
      {},
      { extensions: false },
    ],
    ['the right Accept twice', (r) => switching(r).replace(ACCEPT, '$&$&'), {}, { accept: false }],
    ['Upgrade twice', (r) => switching(r, 'Upgrade: websocket'), {}, { upgrade: false }],
    [
      'the subprotocol that was asked for twice',
      (r) => switching(r, 'Sec-WebSocket-Protocol: a', 'Sec-WebSocket-Protocol: a'),
      { subprotocols: ['a'] },
      { subprotocol: false },
    ],
    [
      'two subprotocols in one header',
      (r) => switching(r, 'Sec-WebSocket-Protocol: a, b'),
      { subprotocols: ['a', 'b'] },
      { subprotocol: false },
    ],
  ]

  for (const [name, response, options, failed] of WRONG) {
    test(`names the failed check of a 101 with ${name}, and stops there`, async () => {
      const began = performance.now()
      const probe = await seenOf((socket, request) => socket.write(response(request)), options)
      const failures = Object.entries(probe.checks ?? {}).filter(([, passed]) => passed === false)
      assert.deepEqual(Object.fromEntries(failures), failed)
      assert.equal(probe.end?.kind, 'open')
      assert.ok(performance.now() - began < 2000, 'neither the watch nor a close is waited for')
    })
  }

  test('passes a subprotocol that was asked for', async () => {
    const probe = await seenOf((socket, request) => accept(socket, request, 'Sec-WebSocket-Protocol: b'), {
      subprotocols: ['a', 'b'],
    })
    assert.equal(probe.checks?.subprotocol, true)
  })

  test('keeps the first bytes of a peer that speaks something else', async () => {
    const probe = await seenOf(
      (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1 Debian\r\n'),
      {},
      { onConnect: true },
    )
    assert.equal(probe.http?.not_http, true)
    assert.equal(probe.http?.body_start, 'SSH-2.0-OpenSSH_9.2p1 Debian\r\n')
    assert.equal(probe.end?.kind, 'no_answer')
  })

  test('tells a FIN before the answer from a reset before it', async () => {
    const fin = await seenOf((socket) => socket.end())
    assert.deepEqual([fin.http, fin.end?.kind], [undefined, 'fin'])
    const rst = await seenOf((socket) => socket.resetAndDestroy())
    assert.deepEqual([rst.http, rst.end?.kind], [undefined, 'rst'])
  })

  test('calls half an answer what it is: no status, its first bytes, and the FIN', async () => {
    const probe = await seenOf((socket) => socket.end('HTTP/1.1 101 Switching Proto'))
    assert.deepEqual(
      [probe.http?.status, probe.http?.body_start],
      [undefined, 'HTTP/1.1 101 Switching Proto'],
    )
    assert.equal(probe.end?.kind, 'fin')
  })

  test('waits no longer than a stage for an answer that never comes', async () => {
    const probe = await seenOf(() => {}, { budget: { stageMs: 800, runMs: 4000 } })
    assert.equal(probe.tcp?.outcome, 'connected')
    assert.equal(probe.end?.kind, 'no_answer')
  })

  test('sends what was asked for and nothing that it was not', async () => {
    let request = ''
    const probe = await seenOf(
      (socket, head) => {
        request = head
        accept(socket, head, 'Sec-WebSocket-Protocol: chat')
      },
      { origin: 'https://app.example', subprotocols: ['chat', 'v2'], headers: [['Cookie', 'a=1; b=2']] },
    )
    assert.equal(probe.http?.status, 101)
    assert.match(request, /^GET \/ws HTTP\/1\.1\r\n/)
    assert.equal(headerIn(request, 'Origin'), 'https://app.example')
    assert.equal(headerIn(request, 'Sec-WebSocket-Protocol'), 'chat, v2')
    assert.equal(headerIn(request, 'Cookie'), 'a=1; b=2')
    assert.equal(headerIn(request, 'Sec-WebSocket-Version'), '13')
    assert.equal(Buffer.from(headerIn(request, 'Sec-WebSocket-Key') ?? '', 'base64').length, 16)
    assert.equal(headerIn(request, 'Sec-WebSocket-Extensions'), undefined)
  })

  test('sends no Origin when told so', async () => {
    let request = ''
    await seenOf(
      (socket, head) => {
        request = head
        socket.end(answer('404 Not Found'))
      },
      { origin: null },
    )
    assert.equal(headerIn(request, 'Origin'), undefined)
  })

  test('nothing listening is refused, a name that does not exist is ENOTFOUND', async () => {
    const peer = await rawServer(() => {})
    await peer.close()
    const { probe: refused } = await runProbe(peer.url)
    assert.deepEqual([refused?.tcp?.outcome, refused?.end?.code], ['refused', 'ECONNREFUSED'])
    const { probe: unknown } = await runProbe('ws://no-such-host.invalid/ws')
    assert.match(unknown?.dns?.code ?? '', /^(ENOTFOUND|EAI_AGAIN)$/)
    assert.equal(unknown?.tcp, undefined)
  })
})
