import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBrought } from '#lib/intake/read.ts'
import { toldLifeIn } from '#lib/intake/told-life.ts'

const eventsOf = (text: string) => readBrought([{ file: 'paste', text }]).evidence.client?.events

describe('how long a connection lives, as a person tells it', () => {
  const told: [string, number, boolean?][] = [
    ['The websocket connection drops after exactly 60 seconds.', 60_000],
    ['Every 5 minutes the connection is closed by the load balancer', 300_000],
    ['my socket gets closed after about a minute', 60_000],
    ['the connection dies after 100s of inactivity', 100_000],
    ['Our WebSockets are closed every hour, even though messages flow.', 3_600_000, true],
    ['After 30 seconds the client is disconnected', 30_000],
    ['prints after about 60 seconds every time:', 60_000],
    ['this happens every 10 minutes', 600_000],
  ]
  for (const [line, ms, isBusy = false] of told) {
    it(line, () => assert.deepEqual(toldLifeIn(line), { ms, isBusy }))
  }

  const others = [
    'The connection should not be closed after 60 seconds',
    'It no longer drops after 60 seconds',
    'proxy_read_timeout 60s;',
    'Retrying in 5 seconds',
    'I set the timeout to 60 seconds',
    'ERROR: connection closed after 3 s',
    'The build ends after 40 seconds and 3 files were closed',
  ]
  for (const line of others) {
    it(`is not: ${line}`, () => assert.equal(toldLifeIn(line), undefined))
  }

  it('may stand in a comment of the code, as may the code that it ended with', () => {
    const code = [
      "const socket = new WebSocket('wss://app.example/ws')",
      'socket.onclose = (event) => console.log(event.code, event.reason, event.wasClean)',
      '// prints after about 60 seconds every time:',
      "// 1006 '' false",
    ]
    assert.deepEqual(
      eventsOf(code.join('\n'))?.map(({ ms, type, code }) => [ms, type, code]),
      [
        [0, 'open', undefined],
        [60_000, 'close', 1006],
      ],
    )
  })

  it('is the life of a connection whose lines have no times', () => {
    const events = eventsOf("onclose 1006 ''\nThe connection is closed every 60 seconds.\n")
    assert.deepEqual(
      events?.map(({ ms, type, code }) => [ms, type, code]),
      [
        [0, 'open', undefined],
        [60_000, 'close', 1006],
      ],
    )
  })

  it('steps back behind times that lines have', () => {
    const text =
      '10:00:00 websocket opened\n10:00:10 websocket closed with code 1006\nThe connection drops after 60 seconds.\n'
    assert.deepEqual(
      eventsOf(text)?.map(({ ms, type }) => [ms, type]),
      [
        [0, 'open'],
        [10_000, 'close'],
      ],
    )
  })

  it('is none of a connection that did not open', () => {
    const text = 'WebSocketException: server returned 403\nThe connection drops after 60 seconds.\n'
    assert.equal(eventsOf(text)?.some(({ type }) => type === 'open') ?? false, false)
  })
})
