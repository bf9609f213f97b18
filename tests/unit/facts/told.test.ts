import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { readFacts } from '#lib/facts/facts.ts'

const factsOf = (evidence: object) => readFacts(parseEvidence(evidence as Evidence))
const endingOf = (evidence: object) => factsOf(evidence).ending
const ofClient = (...lines: string[]) => ({ client: { lines: lines.map((text) => ({ text })) } })

describe('what was said', () => {
  it('is understood wherever it stands, and names its place', () => {
    const { told } = factsOf({
      target: { url: 'wss://app.example/ws' },
      browser: {
        console: [
          'some other line',
          "WebSocket connection to 'wss://app.example/ws' failed: Error during WebSocket handshake: Unexpected response code: 403",
        ],
      },
      client: { lines: [{ text: 'Error: Unexpected server response: 502' }] },
    })
    assert.deepEqual(
      told.client.map(({ means, status, from, program }) => ({ means, status, from, program })),
      [
        { means: 'status', status: 403, from: 'browser.console[1]', program: 'chromium' },
        { means: 'status', status: 502, from: 'client.lines[0]', program: 'ws' },
      ],
    )
  })

  it('of another socket is not this one’s', () => {
    const console = [
      "WebSocket connection to 'wss://other.example/ws' failed: Error during WebSocket handshake: Unexpected response code: 403",
    ]
    const { told } = factsOf({ target: { url: 'wss://app.example/ws' }, browser: { console } })
    assert.deepEqual(told.client, [])
  })

  it('in a server’s log is no watch of the backend', () => {
    const { backend } = factsOf({ server: [{ type: 'log', text: 'Server listening on port 3000' }] })
    assert.deepEqual([backend.watched, backend.arrived], [false, false])
    assert.equal(factsOf({ server: [] }).backend.watched, true)
  })
})

describe('an ending by words', () => {
  it('is an answer with the status that the client prints', () => {
    const { kind, because } = endingOf(ofClient('Error: Unexpected server response: 403'))
    assert.equal(kind, 'answered')
    assert.equal(because[0]?.from, 'client.lines[0]')
  })

  it('is lost for a lone 1006, which a failure and a drop report alike', () => {
    assert.equal(endingOf(ofClient('WebSocket closed with code 1006')).kind, 'lost')
    assert.equal(endingOf({ browser: { events: [{ ms: 5, type: 'close', code: 1006 }] } }).kind, 'lost')
    assert.equal(
      endingOf({ client: { events: [{ type: 'open' }, { type: 'close', code: 1006 }] } }).kind,
      'dropped',
    )
  })

  it('is the peer’s Close frame where a code came, and the client’s where it was sent', () => {
    const received = endingOf(ofClient('received 1008 (policy violation) bad token; then sent 1008'))
    assert.ok(received.kind === 'closed' && received.by === 'peer' && received.code === 1008)
    const sent = endingOf(ofClient('sent 1009 (message too big) over limit; no close frame received'))
    assert.ok(sent.kind === 'closed' && sent.by === 'page' && sent.code === 1009)
  })

  it('is given up where the client closed over a pong that did not come', () => {
    const line = 'sent 1011 (internal error) keepalive ping timeout; no close frame received'
    assert.equal(endingOf(ofClient(line)).kind, 'given-up')
    const events = [
      { ms: 20, type: 'open' },
      { ms: 40_000, type: 'close_called' },
      { ms: 40_000, type: 'close', code: 1011, reason: 'keepalive ping timeout' },
    ]
    assert.equal(endingOf({ client: { events } }).kind, 'given-up')
  })

  it('is none where the script used the socket too early, or the reason is printed elsewhere', () => {
    const line =
      "Uncaught InvalidStateError: Failed to execute 'send' on 'WebSocket': Still in CONNECTING state."
    assert.equal(endingOf({ browser: { console: [line] } }).kind, 'unseen')
  })
})

describe('the events of a client outside of a browser', () => {
  const events = [
    { ms: 10, type: 'open' },
    { ms: 60_010, type: 'close', code: 1006 },
  ]

  it('are read as a page’s are', () => {
    const { cuts, page, ending } = factsOf({ client: { events } })
    assert.deepEqual([page.by, ending.seenBy, ending.kind], ['client', 'client', 'dropped'])
    assert.deepEqual(cuts.page, { ageMs: 60_000, silenceMs: 60_000, from: 'client.events[1]' })
  })

  it('give no age where nobody had a clock', () => {
    const untimed = events.map(({ ms: _, ...event }) => event)
    assert.equal(factsOf({ client: { events: untimed } }).cuts.page, undefined)
  })
})
