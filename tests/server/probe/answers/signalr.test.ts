/** SignalR: a hub that wants its greeting, and sessions that a negotiation opens. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asks, type Server } from '#tests/server/probe/answers/support.ts'

const END = '\u001e'
const PATH = '/chathub/negotiate?negotiateVersion=1'
const NEGOTIATED =
  '{"negotiateVersion":1,"connectionId":"8Xm","connectionToken":"tok3n","availableTransports":[]}'

/** Answers the negotiation, and the greeting of whoever opens the hub. */
const hub =
  (heard: string[], takes: (id: string | null) => boolean = () => true): Server =>
  (visit) => {
    if (!visit.isUpgrade) return visit.refuse('200 OK', NEGOTIATED, { 'Content-Type': 'application/json' })
    if (!takes(visit.query.get('id'))) return visit.refuse('404 Not Found', 'No Connection with that ID')
    visit.open(undefined, (message) => {
      heard.push(message)
      if (message.includes('"protocol":"json"')) visit.text(`{}${END}`)
    })
  }

describe('SignalR', { concurrency: true }, () => {
  test('the hub of a negotiation address is greeted', async () => {
    const heard: string[] = []
    await asks(hub(heard), { path: PATH }, { outcome: 'healthy', warns: /handshake request/ })
    assert.equal(heard[0], `{"protocol":"json","version":1}${END}`)
  })

  test('two instances without stickiness know no connection of each other', () =>
    asks(
      hub([], (id) => id === null),
      { path: PATH },
      { outcome: 'fault', first: ['sticky-session-missing'], says: [/No Connection with that ID/] },
    ))

  test('a hub that closes on who does not greet says so', () =>
    asks(
      (visit) => {
        visit.switch()
        visit.text(`{"error":"Handshake was canceled."}${END}`)
        visit.close(1000)
      },
      { path: PATH, watchMs: 20_000, quiet: true, retries: false },
      { outcome: 'open', first: ['first-message-missing'], says: [/handshake/i] },
    ))
})
