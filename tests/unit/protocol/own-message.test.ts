import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import { isAnswer, isAnswered, pingMessageOf, readOwnMessage, sentAtMs } from '#lib/protocol/own-message.ts'

const text = (text: string) => ({ opcode: 'text', text }) as const
const beat = {
  type: 'heartbeat',
  ping_number: 1,
  timestamp: 1_795_165_471.5,
  connection_age_seconds: 1,
  client_id: 'c',
}

describe('a message of our own endpoints', () => {
  it('is read, with the time at which the server wrote it', () => {
    const reading = readOwnMessage('/ws/health', text(JSON.stringify(beat)))
    assert.ok(reading.ok && reading.message)
    assert.equal(sentAtMs(reading.message), 1_795_165_471_500)
  })

  it('that is no JSON throws as JSON.parse does', () => {
    const reading = readOwnMessage('/ws/health', text("{'type': 'heartbeat'}"))
    assert.ok(!reading.ok)
    assert.equal(reading.name, 'SyntaxError')
    assert.match(reading.says, /^Failed to parse message: Expected property name/)
  })

  it('in an envelope that nobody knows is named', () => {
    const reading = readOwnMessage('/ws/health', text(`{"event":"message","data":${JSON.stringify(beat)}}`))
    assert.ok(!reading.ok)
    assert.match(reading.says, /none of the messages of \/ws\/health: \{"event"/)
  })

  it('in a binary frame is unreadable, but for what /ws/echo sends back', () => {
    const bytes = { opcode: 'binary', bytes: new Uint8Array([1]) } as const
    assert.ok(!readOwnMessage('/ws', bytes).ok)
    assert.deepEqual(readOwnMessage('/ws/echo', bytes), { ok: true, message: null })
  })
})

describe('what is answered', () => {
  it('is the ping of each endpoint, and a page ping wherever nobody knows', () => {
    for (const endpoint of ownEndpoints) assert.ok(isAnswered(endpoint, text(pingMessageOf(endpoint)), true))
    assert.ok(isAnswered(null, text('hello'), true))
    assert.ok(!isAnswered(null, text('hello'), false))
  })

  it('is neither a pong that /ws/echo gets, nor what /ws/health does not know, nor bytes on /ws', () => {
    assert.ok(!isAnswered('/ws/echo', text('{"type":"pong"}'), false))
    assert.ok(isAnswered('/ws/echo', text('no JSON'), false))
    assert.ok(!isAnswered('/ws/health', text('no JSON'), false))
    assert.ok(!isAnswered('/ws', { opcode: 'binary', bytes: new Uint8Array([1]) }, false))
  })

  it('is not answered by what the server sends by itself', () => {
    const reading = readOwnMessage('/ws/health', text(JSON.stringify(beat)))
    assert.ok(reading.ok)
    assert.ok(!isAnswer('/ws/health', text(JSON.stringify(beat)), reading.message))
    assert.ok(!isAnswer('/ws', text('hello'), null))
    assert.ok(isAnswer(null, text('hello'), null))
  })
})
