/** Logs that a tool printed as JSON over several lines: each record is read as the line that it was. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBrought } from '#lib/intake/read.ts'

const entry = (second: number) => ({
  httpRequest: {
    latency: '30.001s',
    requestMethod: 'GET',
    requestUrl: 'https://chat.example/ws',
    status: 101,
    remoteIp: '203.0.113.9',
  },
  jsonPayload: { statusDetails: 'websocket_closed' },
  timestamp: `2026-11-20T09:00:${second}.000Z`,
})
const ENTRIES = [entry(10), entry(41), entry(52)]
const shown = (value: unknown): string => JSON.stringify(value, null, 2)

/** Where log records were read, and what nobody understood. */
function piecesOf(text: string) {
  const [reading] = readBrought([{ file: 'export.json', text }]).read
  const read = reading?.pieces.filter(({ kind }) => kind === 'access-log') ?? []
  return {
    count: read.reduce((sum, { count = 1 }) => sum + count, 0),
    first: read[0]?.lines[0],
    unread: reading?.unread_count,
  }
}

describe('JSON over several lines', () => {
  const length = shown(ENTRIES[0]).split('\n').length
  it('is a list of records', () => {
    assert.deepEqual(piecesOf(shown(ENTRIES)), { count: 3, first: 2, unread: 0 })
  })
  it('is one record after the other', () => {
    assert.deepEqual(piecesOf(ENTRIES.map(shown).join('\n')), { count: 3, first: 1, unread: 0 })
  })
  it('wraps a list of records', () => {
    assert.deepEqual(piecesOf(shown({ searched: [], entries: ENTRIES })), { count: 3, first: 4, unread: 0 })
  })
  it('stands between words', () => {
    const text = `this is what it logged\n\n${shown(ENTRIES)}\n\nand the page says 1006\n`
    assert.deepEqual(piecesOf(text).count, 3)
  })
  it('is a list on one line', () => {
    assert.deepEqual(piecesOf(JSON.stringify(ENTRIES)), { count: 3, first: 1, unread: 0 })
  })
  it('carries the lines of a program', () => {
    const message = '203.0.113.9 - - [20/Nov/2026:09:00:00 +0000] "GET /ws HTTP/1.1" 502 157 "-" "x"'
    const text = shown({ events: [{ logStreamName: 'web/1', timestamp: 1_795_165_200_000, message }] })
    assert.equal(piecesOf(text).count, 1)
  })
  it('is cut off, and its whole records count', () => {
    const lines = shown(ENTRIES).split('\n')
    assert.deepEqual(piecesOf(lines.slice(0, 2 * length + 1).join('\n')).count, 2)
    assert.deepEqual(piecesOf(lines.slice(1, length + 1).join('\n')).count, 1)
    assert.deepEqual(piecesOf(lines.slice(0, length).join('\n')).count, 0)
  })
  it('is none where it is a close event', () => {
    assert.equal(piecesOf(shown({ code: 1006, reason: '', wasClean: false })).count, 0)
  })
})
