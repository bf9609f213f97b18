import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import { programs } from '#lib/words/programs.ts'
import { sampled } from '#tests/sampling.ts'

const BROWSER = {
  chromium: "WebSocket connection to 'ws://app.example/ws' failed: ",
  'chromium, nothing answered':
    "WebSocket connection to 'ws://app.example/ws' failed: Connection closed before receiving a handshake response",
  firefox: 'Firefox can’t establish a connection to the server at ws://app.example/ws.',
}

/** Lines of the other end, or of another client, with the cause that they give. */
const SAID: readonly (readonly [cause: string, line: string])[] = [
  [
    'backend-unreachable',
    '[HPM] Error occurred while proxying request localhost:3000/ws to http://backend:8080/ [ECONNREFUSED] (https://nodejs.org/api/errors.html#errors_common_system_errors)',
  ],
  [
    'upgrade-headers-stripped',
    "websocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header",
  ],
  ['origin-rejected', 'websocket: request origin not allowed by Upgrader.CheckOrigin'],
  ['message-too-big', 'websockets.exceptions.PayloadTooBig: over size limit (2097152 > 1048576 bytes)'],
  ['protocol-error', 'RangeError: Invalid WebSocket frame: RSV1 must be clear'],
  ['backend-dropped', 'panic: concurrent write to websocket connection'],
]

/** Of all phrases, as a share. */
const MOST_LOST = 0.05

const judged = (text: string) => {
  const { report } = readAndJudge({ text })
  return { outcome: report.outcome, first: report.verdicts[0]?.cause }
}

describe('a line of a browser that gives no reason', () => {
  for (const [browser, line] of Object.entries(BROWSER))
    for (const [cause, said] of SAID) {
      it(`${browser}: leaves ${cause} first`, () => {
        assert.equal(judged(said).first, cause)
        assert.equal(judged(`${said}\n${line}`).first, cause)
        assert.equal(judged(`${line}\n${said}`).first, cause)
      })
    }

  it('is not explained by an end in order of another connection', () => {
    const { first } = judged(`${BROWSER.chromium}\nclient 7 disconnected: close code 1001`)
    assert.notEqual(first, 'page-left')
  })

  it('takes the cause away from hardly any phrase', () => {
    const phrases = sampled(
      programs.flatMap(({ id, phrases }) =>
        phrases.map((phrase) => ({ ...phrase, id: `${id}/${phrase.id}` })),
      ),
      40,
    )
    const lost: string[] = []
    let told = 0
    for (const { id, example } of phrases) {
      const { outcome, first } = judged(example)
      if (outcome !== 'fault') continue
      for (const line of [BROWSER.chromium, BROWSER.firefox]) {
        told += 1
        const beside = judged(`${example}\n${line}`).first
        if (beside !== first) lost.push(`${id}: ${first}, then ${beside}`)
      }
    }
    // Some contradict it: what was cut while it was open, a page that was left.
    assert.ok(lost.length <= told * MOST_LOST, `${lost.length} of ${told}: ${lost.join('; ')}`)
  })
})
