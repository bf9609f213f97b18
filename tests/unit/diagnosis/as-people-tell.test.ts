import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

const first = (text: string) => {
  const { outcome, verdicts } = readAndJudge({ text }).report
  const [verdict] = verdicts
  return [outcome, verdict?.cause, verdict?.certainty]
}

describe('what a person tells beside the line', () => {
  it('where the page is: its socket goes to the visitor’s own machine', () => {
    const line = "WebSocket connection to 'wss://localhost:8080/app/key' failed: "
    assert.equal(first(line)[0], 'undetermined')
    const told = `Getting this error in the console of https://app.example/chat:\n\n${line}`
    assert.deepEqual(first(told), ['fault', 'wrong-address', 'likely'])
  })

  it('that it runs on a phone, where localhost is the phone', () => {
    const line = '{"isTrusted": false, "message": "Failed to connect to localhost/127.0.0.1:3000"}'
    assert.equal(first(line)[0], 'undetermined')
    assert.deepEqual(first(`React Native app on an Android emulator\n${line}`), [
      'fault',
      'wrong-address',
      'likely',
    ])
  })

  it('which server their own code adds to one with hot reload', () => {
    const line =
      "WebSocket connection to 'ws://localhost:8081/_next/webpack-hmr' failed: Invalid frame header"
    assert.equal(first(line)[1], 'protocol-error')
    const code = [
      "import { WebSocketServer } from 'ws'",
      "const wss = new WebSocketServer({ server, path: '/chat' })",
    ]
    assert.deepEqual(first(`${line}\n\n${code.join('\n')}`), ['fault', 'upgrade-handled-twice', 'likely'])
  })

  it('which edge is on the way, whose limit is none of the configuration that is there', () => {
    const told = 'Through Cloudflare the connections die after exactly 1 minute and 40 seconds, code 1006.'
    const config =
      'location /ws {\n  proxy_pass http://127.0.0.1:9000;\n  proxy_http_version 1.1;\n  proxy_set_header Upgrade $http_upgrade;\n  proxy_set_header Connection "upgrade";\n  proxy_read_timeout 300s;\n}'
    assert.deepEqual(first(`${told}\n\n${config}`), ['fault', 'idle-timeout', 'likely'])
  })
})

describe('lines that are of something else', () => {
  it('are not the socket’s: what an extension and DevTools say of their own', () => {
    const noise = [
      'Unchecked runtime.lastError: The message port closed before a response was received.',
      'DevTools failed to load source map: Could not load content for chrome-extension://abc/lockdown.js.map: HTTP error: status code 404, net::ERR_UNKNOWN_URL_SCHEME',
    ]
    assert.deepEqual(readAndJudge({ text: noise.join('\n') }).report.verdicts, [])
  })

  it('are a name that reads like a part of a path: a host that is called backend', () => {
    assert.deepEqual(first('dial tcp: lookup backend on 127.0.0.11:53: no such host').slice(1), [
      'dns-failure',
      'proven',
    ])
  })

  it('leave open what a page told of sent as its Origin', () => {
    const told = 'The browser is on https://www.app.example and gets:'
    const line =
      "WebSocket connection to 'wss://api.app.example/ws/' failed: Error during WebSocket handshake: Unexpected response code: 403"
    const log = ['WebSocket HANDSHAKING /ws/ [172.20.0.1:51624]', 'WebSocket REJECT /ws/ [172.20.0.1:51624]']
    const { verdicts } = readAndJudge({ text: [told, line, ...log].join('\n') }).report
    assert.ok(
      verdicts.every(({ certainty }) => certainty !== 'proven'),
      JSON.stringify(verdicts[0]),
    )
  })
})

describe('which end a line is of', () => {
  it('Go: the end that listens has the low port', () => {
    assert.equal(first('read tcp 10.0.0.4:8080->10.0.0.9:55992: i/o timeout')[1], 'pong-timeout')
    assert.equal(first('read tcp 10.0.0.9:55992->10.0.0.4:8080: i/o timeout')[1], 'client-ping-timeout')
  })

  it('is not told by a process that ends', () => {
    const bot = 'error="discord, could not open session: websocket: close 4014: Disallowed intent(s)."'
    assert.equal(
      first(`bot_1 | time="2024-11-25T14:54:35Z" level=fatal ${bot}\nbot_1 exited with code 1`)[1],
      'application-close',
    )
  })
})

describe('words of programs that leave less open than they seem', () => {
  it('curl: a connection that fails after milliseconds was refused', () => {
    const after = (ms: number) =>
      `cURL error 7: Failed to connect to localhost port 8080 after ${ms} ms: Couldn't connect to server`
    assert.deepEqual(first(after(0)), ['fault', 'connection-refused', 'likely'])
    assert.equal(first(after(130_000))[0], 'undetermined')
  })

  it('Caddy: the address of an upstream has a fix of its own', () => {
    const line =
      "Error: adapting config using caddyfile: parsing caddyfile tokens for 'reverse_proxy': parsing upstream 'ws://localhost:5555': the scheme ws:// is only supported in browsers; use http:// instead, at Caddyfile:71"
    const [verdict] = readAndJudge({ text: line }).report.verdicts
    assert.equal(verdict?.cause, 'proxy-misconfigured')
    assert.match(verdict?.fix.summary ?? '', /http:\/\//)
  })
})
