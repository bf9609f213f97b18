import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBrought } from '#lib/intake/read.ts'

const read = (...lines: string[]) => readBrought([{ file: 'paste', text: lines.join('\n') }]).evidence

describe('the life of a connection, as lines with times tell it', () => {
  it('opened, its last message and its end', () => {
    const { client } = read(
      '12:00:00 ws open',
      '12:00:05 received message {"a":1}',
      '12:01:05 ws close code=1006',
    )
    assert.deepEqual(client?.events, [
      { ms: 0, type: 'open' },
      { ms: 5000, type: 'message' },
      { ms: 65_000, type: 'close', code: 1006 },
    ])
  })

  it('ends with an event that names no code, and the code that a line beside it names is its own', () => {
    const { client } = read('12:00:00 socket connected', '12:01:00 onclose', '12:01:00 closed with code 1011')
    assert.deepEqual(client?.events?.at(-1), { ms: 60_000, type: 'close', code: 1011 })
  })

  it('several lives of one client are peers', () => {
    const { peers } = read('12:00:00 ws open', '12:01:00 ws closed', '12:01:02 ws open', '12:02:02 ws closed')
    assert.deepEqual(
      peers?.map(({ age_ms }) => age_ms),
      [60_000, 60_000],
    )
  })

  it('an id tells the clients of a server apart', () => {
    const { peers } = read(
      '12:00:00 client a1 connected',
      '12:00:10 client b2 connected',
      '12:00:40 client a1 disconnected',
      '12:03:10 client b2 disconnected',
    )
    assert.deepEqual(
      peers?.map(({ age_ms }) => age_ms),
      [40_000, 180_000],
    )
  })

  it('of clients without an id nobody knows which one left', () => {
    const { peers } = read(
      '12:00:00 client connected',
      '12:00:10 client connected',
      '12:00:40 client disconnected',
      '12:00:50 client disconnected',
    )
    assert.ok(peers === undefined || peers.every(({ age_ms }) => age_ms !== 40_000))
  })

  it('a line about an end that names the age tells when the connection opened', () => {
    const { peers } = read(
      '2026-03-09T18:02:11.402Z ws id=k1 closed code=1006 duration=5210s idle=3s',
      '2026-03-09T18:02:11.403Z ws id=k2 closed code=1006 duration_ms=118000',
    )
    assert.deepEqual(
      peers?.map(({ age_ms, opened_ms = 0, last_byte_ms = 0 }) => [age_ms, last_byte_ms - opened_ms]),
      [
        [5_210_000, 5_207_000],
        [118_000, 0],
      ],
    )
  })

  it('without times beside them, ages alone tell that each was open, and for how long', () => {
    const { browser, client, peers } = read(
      'socket closed: code=1006 wasClean=false after 45012ms',
      'socket closed: code=1006 wasClean=false after 45.0 s',
      'socket closed: code=1006 wasClean=false lived=45.02s',
    )
    assert.deepEqual(
      peers?.map(({ age_ms, opened_ms, closed_ms }) => [age_ms, opened_ms, closed_ms]),
      [
        [45_012, undefined, undefined],
        [45_000, undefined, undefined],
        [45_020, undefined, undefined],
      ],
    )
    const events = (browser ?? client)?.events ?? []
    assert.deepEqual(
      events.map(({ type, ms }) => [type, ms]),
      [
        ['open', 0],
        ['close', 45_020],
      ],
    )
  })

  it('a time until the next try is no age', () => {
    const { peers } = read(
      'connection closed: code=1006, reconnecting after 5000ms',
      'connection closed: code=1006, retry after 5000ms',
    )
    assert.ok(peers === undefined || peers.every(({ age_ms }) => age_ms === undefined))
  })

  it('a library’s line without a time and the program’s own with one are one end', () => {
    const { browser } = read(
      '10:00:00 ws open',
      "[Error] WebSocket connection to 'wss://a.example/ws' failed: The network connection was lost.",
      '10:20:00 ws close 1006 ""',
      '10:20:01 ws open',
    )
    assert.deepEqual(
      browser?.events?.map(({ type, ms }) => [type, ms]),
      [
        ['open', 0],
        ['close', 1_200_000],
      ],
    )
  })

  it('a Close frame that a client sent comes back to it', () => {
    const { client } = read(
      'Connected (press CTRL+C to quit)',
      '> /close 1000 bye',
      'Disconnected (code: 1000, reason: "bye")',
    )
    assert.deepEqual(
      client?.events?.map(({ type }) => type),
      ['open', 'close_called', 'close'],
    )
  })

  it('a page’s own event object ends what its script saw open', () => {
    const { browser } = read(
      'ws.onopen fired',
      'CloseEvent {isTrusted: true, wasClean: false, code: 1006, reason: ""}',
    )
    assert.deepEqual(browser?.events, [
      { ms: 0, type: 'open' },
      { ms: 0, type: 'close', code: 1006, reason: '', was_clean: false },
    ])
  })
})
