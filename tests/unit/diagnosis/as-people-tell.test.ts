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
