import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { saysOfAside } from '#lib/intake/asides.ts'
import { readBrought } from '#lib/intake/read.ts'

const isAside = (line: string): boolean => saysOfAside(line, false) !== undefined
const isUneventful = (line: string): boolean => saysOfAside(line, true) !== undefined
const unreadIn = (...lines: string[]): string[] =>
  readBrought([{ file: 'paste', text: lines.join('\n') }]).read.flatMap(({ unread }) =>
    unread.map(({ text }) => text),
  )

describe('lines beside those that tell', () => {
  it('are a person’s words without a word of trouble, in any language', () => {
    assert.ok(isAside('Thanks in advance, this is my first post here.'))
    assert.ok(isAside('我的项目部署在 nginx 后面，使用 tungstenite 作为客户端。'))
  })

  it('are nothing that may be about a failure', () => {
    for (const line of [
      'proxy_read_timeout 60s;',
      'but nothing arrives in the browser',
      'it hangs for a while and then goes on',
      '部署之后就断开了，本地没有这种情况',
      'Http2Exception: Unexpected request from this client',
      'keep_alive failed',
      'socket is gone',
    ]) {
      assert.ok(!isAside(line), line)
    }
  })

  it('are values, tables and headings that name nothing of a connection', () => {
    for (const line of [
      '[feed][open]  - version: 3',
      '  max_items = 12',
      '| cores | 4 | memory | 8 GiB |',
      '#gateway',
      '10.0.0.4:51000 -> 10.0.0.9:7000 [AP] #12',
      '{"jsonrpc":"2.0","id":0,"method":"initialize"}',
      'config',
    ]) {
      assert.ok(isAside(line), line)
    }
    assert.ok(!isAside('[feed]  - idle: closed'))
  })

  it('are source code, as far as no failure is printed in it', () => {
    for (const line of [
      "const socket = require('ws')",
      'import { WebSocketServer } from "ws";',
      'func (s *Server) upgrade(w http.ResponseWriter, r *http.Request) {',
      '@EnableWebSocket',
      'registry.addHandler(socketHandler(), "/live").setAllowedOrigins("*");',
      "ws.on('message', (data) => {",
      'async with websockets.serve(echo, "localhost", 9000):',
      'client.OnMessage += (sender, e) =>',
    ]) {
      assert.ok(isAside(line), line)
    }
    assert.ok(!isAside('SocketException: connection refused;'))
  })

  it('are frames of traces and prompts, of any program', () => {
    assert.deepEqual(
      unreadIn(
        '<WASM UNNAMED> @ wasm-01aa-117:20',
        '    Feed._open @ feed.js:40',
        'E/flutter ( 3110): #0      Feed.open.<anonymous closure> (package:feed/socket.dart:44:9)',
        'SocketTransport.OpenAsync(CancellationToken token)',
        'at: connect_socket (modules/websocket/socket.cpp:81)',
        'iex(3)> {:ok, socket} = Feed.connect("app.example")',
        'PS C:\\work> wsproxy --connect',
        'mira@host:~/chat$ ./connect.sh',
      ),
      [],
    )
  })

  it('are words above what was copied, beside which nothing is healthy where they announce a failure', () => {
    const life = '12:00:00 ws open\n12:00:41 ws closed: code=1000\n'
    const told = readBrought([{ file: 'paste', text: `I get this error in my console:\n${life}` }])
    assert.deepEqual(told.read[0]?.unread, [])
    assert.equal(told.evidence.unread?.length, 1)
  })

  it('are lines of a log at no level of trouble', () => {
    assert.ok(isUneventful('2026-06-15 12:00:00 [chat] next attempt in 812 ms'))
    assert.ok(!isUneventful('06-15 12:00:00.001  10  10 W Feed: odd state of the socket'))
    assert.ok(!isUneventful('2026-06-15 12:00:00 [chat] gave up after 3 attempts: closed'))
  })
})
