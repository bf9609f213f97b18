/** What a sentence alone says of an end: who ended it, how sure that is, and what is behind it. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { readBrought } from '#lib/intake/read.ts'

const judge = (text: string) => diagnose(readBrought([{ file: 'words.txt', text }]).evidence)

describe('words alone', () => {
  it('never prove a cause that finer ones are behind', () => {
    for (const text of [
      'AH01102: error reading status line from remote server 192.0.2.33:8123',
      'upstream prematurely closed connection while reading response header from upstream',
      'disconnected: 3501, bad request',
      'HubException: Unable to complete handshake with the server due to an error: Handshake was canceled.',
    ]) {
      assert.deepEqual(
        judge(text).verdicts.filter(({ certainty }) => certainty === 'proven'),
        [],
        text,
      )
    }
  })

  it('take a request that the client ended for no close by the server', () => {
    const { outcome, verdicts } = judge(
      '2026-11-30T13:58:02Z ERR  error="Incoming request ended abruptly: context canceled" originService=http://localhost:8321',
    )
    assert.equal(outcome, 'undetermined')
    assert.ok(!verdicts.some(({ cause }) => cause === 'normal-closure'))
  })

  it('do not tell which end closed with 1000, unless they say it', () => {
    for (const text of [
      'ws ended, code=1000 clean=true',
      'onclose: code 1000, wasClean true',
      'closed with 1000 cleanly',
    ]) {
      const { outcome, verdicts } = judge(text)
      assert.equal(outcome, 'undetermined', text)
      assert.deepEqual(
        verdicts.map(({ cause }) => cause).toSorted(),
        ['closed-by-page', 'normal-closure'],
        text,
      )
    }
    for (const text of ['closed by the server with code 1000', 'received 1000 (OK); then sent 1000 (OK)'])
      assert.equal(judge(text).verdicts[0]?.cause, 'normal-closure', text)
  })

  it('find no fault of a server where the client says that it closed', () => {
    for (const text of [
      'I closed the feed from my page: feed.close(1000, "done"), and onclose came with code 1000.',
      'socket connected; 12 messages received; closed with code 1000 by the user',
    ]) {
      const { outcome, verdicts } = judge(text)
      assert.deepEqual([outcome, verdicts.length], ['healthy', 0], text)
    }
    const { verdicts } = judge('[gateway] user disconnected code=1000')
    assert.equal(verdicts[0]?.cause, 'closed-by-page')
  })

  it('take the client for who left where a server names it', () => {
    for (const text of [
      '[api] socket closed: code=1001 reason="" (browser navigated away)',
      '{"level":"info","code":1001,"reason":"","msg":"client closed connection"}',
    ])
      assert.equal(judge(text).verdicts[0]?.cause, 'page-left', text)
  })

  it('give the limits of both ends, the server’s first, where both print that a message is too big', () => {
    for (const text of [
      'RangeError: Max payload size exceeded\n    at Receiver.haveLength (/opt/feed/node_modules/ws/lib/receiver.js:391:28)',
      'websocket: read limit exceeded',
      'websockets.exceptions.PayloadTooBig: frame with 2097152 bytes exceeds limit of 1048576 bytes',
    ]) {
      const [first] = judge(text).verdicts
      assert.equal(first?.cause, 'message-too-big', text)
      const ends = first.fix.changes.map(({ where }) => (/client/.test(where) ? 'client' : 'server'))
      assert.deepEqual(ends, ['server', 'client'], text)
    }
  })

  it('keep what a proxy logged of its timer beside a client that gave up over its ping', () => {
    const notice =
      '2026/11/29 17:20:41 [error] 31#31: *1408 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 192.0.2.61, server: , request: "GET /quotes HTTP/1.1", upstream: "http://10.3.0.9:8600/quotes", host: "quotes.example"'
    const gaveUp = 'sent 1011 (internal error) keepalive ping timeout; no close frame received'
    const { verdicts } = judge(`${notice}\n${gaveUp}`)
    assert.deepEqual(
      verdicts.filter(({ certainty }) => certainty === 'likely').map(({ cause }) => cause),
      ['client-ping-timeout', 'idle-timeout'],
    )
  })

  it('make the end of a process the likely reason of a drop', () => {
    for (const line of [
      'web1 kernel: Out of memory: Killed process 4312 (node) total-vm:1234567kB, anon-rss:998877kB',
      'web1 systemd[1]: app.service: Main process exited, code=killed, status=9/KILL',
      'app-1 exited with code 137',
      '  Reason:       OOMKilled',
    ]) {
      const [first] = judge(`${line}\nWebSocket connection closed: 1006`).verdicts
      assert.deepEqual([first?.cause, first?.certainty], ['backend-dropped', 'likely'], line)
    }
  })

  it('have a WebSocket at an address that asks for HTTP requests for a mistake in the address', () => {
    const code = 'using (var ws = new WebSocket("wss://app.example/socket.io/?EIO=4&transport=polling"))'
    const { verdicts } = judge(`${code}\nws.Connect();\nNot a WebSocket handshake response.\n`)
    assert.equal(verdicts[0]?.cause, 'application-protocol-mismatch')
    assert.notEqual(verdicts[0]?.certainty, 'proven')
    assert.match(JSON.stringify(verdicts[0]?.fix), /transport=websocket/)
  })

  it('of a server whose page goes on without a WebSocket exclude what is below HTTP', () => {
    const { verdicts } = judge('Using HTTP tunnel (not WebSocket). Performance may be sub-optimal.')
    const below = ['connection-refused', 'dns-failure', 'tls-untrusted', 'tls-expired', 'connect-timeout']
    assert.deepEqual(
      verdicts.filter(({ cause }) => below.includes(cause)),
      [],
    )
  })

  it('take a client’s own close for no healthy end, where it says that its ping went unanswered', () => {
    for (const lines of [
      ['ws open', 'the server did not answer our ping, closing', 'close frame sent (status=1000)'],
      ['ws open', 'no heartbeat ack for 41 s, the socket is a zombie', 'Closing with code 4100'],
      ['onopen', '2 pongs were missed -> ws.close(1000)', 'onclose 1000 true'],
      ['socket connected', 'keepalive timeout', 'disconnected, code 1000'],
    ]) {
      const { outcome, verdicts } = judge(lines.join('\n'))
      assert.equal(outcome, 'fault', lines.join(' · '))
      assert.deepEqual([verdicts[0]?.cause, verdicts[0]?.certainty], ['client-ping-timeout', 'likely'])
    }
  })

  it('leave an end in order as it is where no ping was missed', () => {
    const lines = ['ws open', 'ping sent', 'pong received', 'close frame sent (status=1000)']
    assert.equal(judge(lines.join('\n')).outcome, 'healthy')
  })

  it('name no list of origins where a handshake was answered, and the status is not printed', () => {
    for (const text of [
      'websocket: bad handshake',
      'HS: ws upgrade response not 101',
      'The WebSocket handshake was declined by the remote peer',
      'my-client: websocket handshake failed',
    ]) {
      const { outcome, verdicts } = judge(text)
      assert.equal(outcome, 'undetermined')
      assert.equal(verdicts[0]?.cause, 'not-a-websocket-endpoint', text)
      assert.ok(verdicts.every(({ certainty }) => certainty === 'possible'))
    }
  })

  it('take the status of a cause over the error that it caused', () => {
    const text =
      'jakarta.websocket.DeploymentException: Handshake error. Caused by: HandshakeException: Response code was not 101: 404.'
    assert.equal(judge(text).verdicts[0]?.cause, 'path-not-found')
  })

  it('hold no timer of an open connection likeliest where only the attempt is told of', () => {
    const text = 'agent: connecting to ws://10.0.0.7:8443\nagent: connection closed with code: 1006'
    const { outcome, verdicts } = judge(text)
    assert.equal(outcome, 'undetermined')
    assert.notEqual(verdicts[0]?.cause, 'idle-timeout')
    const opened = judge('agent: connection opened\nagent: connection closed with code: 1006')
    assert.ok(opened.verdicts.some(({ cause }) => cause === 'idle-timeout'))
  })

  it('take lines of a framework that are stamped as Apache’s for what they say', () => {
    const stamp = '[Tue Mar  4 09:15:02 2025]'
    assert.equal(judge(`${stamp} [debug] Inactivity timeout.`).verdicts[0]?.cause, 'idle-timeout')
  })
})

describe('a Host that a configuration loses', () => {
  const location = (name: string, extra: string) =>
    `location ${name} {\n  proxy_pass http://chat:7000;\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection "upgrade";\n${extra}}\n`
  const refused =
    '[W 2026-05-01 10:00:00.000 ServerApp] Blocking Cross Origin WebSocket Attempt.  Origin: https://app.example, Host: chat:7000\n'

  it('is the cause where a server behind it compares both', () => {
    const server = `server {\n  listen 443 ssl;\n  server_name app.example;\n${location('/', '')}}\n`
    assert.equal(judge(refused + server).verdicts[0]?.cause, 'origin-rewritten')
    const kept = server.replace('  proxy_http', '  proxy_set_header Host $host;\n  proxy_http')
    assert.equal(judge(refused + kept).verdicts[0]?.cause, 'origin-rejected')
  })

  it('is likely where it lacks the port of the page, and 403 is the answer', () => {
    const told =
      "WebSocket connection to 'wss://app.example:8443/live' failed: Error during WebSocket handshake: Unexpected response code: 403\n"
    const server = (host: string) =>
      `server {\n  listen 8443 ssl;\n  server_name app.example;\n${location('/', `  proxy_set_header Host ${host};\n`)}}\n`
    const [first] = judge(told + server('$host')).verdicts
    assert.deepEqual([first?.cause, first?.certainty], ['origin-rewritten', 'likely'])
    assert.notEqual(judge(told + server('$http_host')).verdicts[0]?.certainty, 'likely')
  })
})
