import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'

const judged = (text: string) => readAndJudge({ text }).report

/** Words about a failure, in which none happens. */
const OTHERS: readonly string[] = [
  '# if the server is down we get ECONNREFUSED here, retry\nasync def main():\n    async with websockets.connect("wss://x.example/ws") as ws:\n        await ws.send("x")',
  'It was connection refused yesterday because I forgot to start the server. All good now.',
  'For the FAQ: "certificate has expired" is shown when the certificate is old.',
  '/**\n * Errors you may see:\n *   net::ERR_CONNECTION_REFUSED  - server is not started\n */\nexport const open = (u) => new WebSocket(u)',
  '-  // connection refused -> retry\n+  // getaddrinfo ENOTFOUND db.internal -> retry',
  'retry:\n  on:\n    - ECONNREFUSED\n    - ETIMEDOUT',
  "const ws = new WebSocket('wss://a.example/ws')\n// reconnect every 5s if the server drops us (ping timeout was a problem in v1)\nws.onclose = () => setTimeout(connect, 5000)",
  '✓ closes with 1006 after ping timeout (31 ms)\nTests: 2 passed, 2 total',
  "if (code === 1006) throw new Error('socket hang up');",
  'Fixed! It was the load balancer idle timeout. After we set it to 3600 nothing drops any more.',
  'We used to get 1006 every 60 s, but since the upgrade last month there has not been one.',
  'If clients are disconnected with 1006 after 60 seconds, raise proxy_read_timeout.',
  "it('rejects', () => { expect(run).toThrow('Unexpected server response: 401') })",
  'No heartbeat in our client.',
]

describe('words about a failure that is over, may come, is explained or is tested', () => {
  for (const text of OTHERS) {
    it(`are no failure: ${text.slice(0, 60)}`, () => {
      const { outcome, verdicts } = judged(text)
      assert.deepEqual([outcome, verdicts.map(({ cause }) => cause)], ['undetermined', []])
    })
  }

  it('leave what a program printed, also where a comment quotes it', () => {
    const line = 'Error: connect ECONNREFUSED 127.0.0.1:8080'
    for (const text of [line, `// ${line}`])
      assert.equal(judged(text).verdicts[0]?.cause, 'connection-refused')
  })

  it('prove nothing within a sentence of a person', () => {
    const text =
      'When I connect from here it is Error: connect ECONNREFUSED 127.0.0.1:8080 and I do not know why.'
    const [verdict] = judged(text).verdicts
    assert.deepEqual([verdict?.cause, verdict?.certainty], ['connection-refused', 'likely'])
  })
})

describe('what people tell of an end', () => {
  const told: readonly (readonly [text: string, cause: string])[] = [
    ['It closes with 1006 after a minute of silence. nginx, all defaults.', 'idle-timeout'],
    [
      'Behind Cloudflare. No heartbeat. Gets cut after about 100 seconds when nobody is typing.',
      'idle-timeout',
    ],
    [
      'Heartbeat goes every 75 seconds, sockets drop with 1006 after a minute. AWS ALB in front.',
      'idle-timeout',
    ],
    ['All sockets drop at the same moment whenever we reload caddy.', 'proxy-restart'],
  ]
  for (const [text, cause] of told) {
    it(text, () => {
      const { outcome, verdicts } = judged(text)
      assert.deepEqual([outcome, verdicts[0]?.cause], ['fault', cause])
    })
  }
})
